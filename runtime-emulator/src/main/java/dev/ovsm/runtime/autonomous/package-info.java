/**
 * The autonomous runtime: registrations, triggers, the waves of a slot, and the system calls
 * through which programs use them.
 */
@NullMarked
package dev.ovsm.runtime.autonomous;

import org.jspecify.annotations.NullMarked;

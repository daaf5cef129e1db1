/** Files that hold the state of a simulation: written whole or not at all, and never trusted. */
@NullMarked
package dev.ovsm.runtime.snapshot;

import org.jspecify.annotations.NullMarked;

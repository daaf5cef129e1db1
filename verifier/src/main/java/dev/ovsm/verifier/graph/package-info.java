/**
 * The form that every analysis works on: functions in SSA form over 64-bit words, whatever they
 * were made from.
 */
@NullMarked
package dev.ovsm.verifier.graph;

import org.jspecify.annotations.NullMarked;

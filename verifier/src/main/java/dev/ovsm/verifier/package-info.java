/**
 * The static verifier: proves bounds, cost, determinism and protocol of IR and bytecode, or says
 * why not.
 */
@NullMarked
package dev.ovsm.verifier;

import org.jspecify.annotations.NullMarked;

/** The abstract words that stand for sets of 64-bit values, and arithmetic on them. */
@NullMarked
package dev.ovsm.verifier.domain;

import org.jspecify.annotations.NullMarked;

package dev.ovsm.runtime.crypto;

/** {@code c0 + c1·v + c2·v²} where the cube of {@code v} is in the field of the coefficients. */
record Cubic<E>(E c0, E c1, E c2) {}

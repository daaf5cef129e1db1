package dev.ovsm.runtime.crypto;

/** {@code c0 + c1·s} where the square of {@code s} is in the field of the coefficients. */
record Quadratic<E>(E c0, E c1) {}

package dev.ovsm.runtime.crypto;

/** A point of edwards25519 in extended coordinates: {@code (x/z, y/z)} with {@code t = xy/z}. */
record EdwardsPoint(int[] x, int[] y, int[] z, int[] t) {}

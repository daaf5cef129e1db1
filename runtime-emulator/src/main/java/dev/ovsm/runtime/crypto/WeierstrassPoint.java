package dev.ovsm.runtime.crypto;

/** A point in Jacobian coordinates: {@code (x/z², y/z³)}, or the point at infinity when z is 0. */
record WeierstrassPoint<E>(E x, E y, E z) {}

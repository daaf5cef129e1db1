package dev.ovsm.verifier.analysis;

/**
 * A resource as one function sees it: by a value and the distance at which it lies from it.
 *
 * @param anchor the node of the value
 */
record Handle(Resource resource, int anchor, long distance) {
  /** The bytes of a handle. */
  private static final long BYTES = 16;

  /** Whether the two lie apart, whatever the value is. */
  boolean isApart(Handle other) {
    return anchor == other.anchor && Math.abs(distance - other.distance) >= BYTES;
  }
}

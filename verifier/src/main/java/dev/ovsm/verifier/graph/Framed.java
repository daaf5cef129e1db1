package dev.ovsm.verifier.graph;

/** So far at least, and so far at most, an address lies above its function's frame pointer. */
public record Framed(long low, long high) {
  /** Either of both. */
  public Framed join(Framed other) {
    return new Framed(Math.min(low, other.low), Math.max(high, other.high));
  }
}

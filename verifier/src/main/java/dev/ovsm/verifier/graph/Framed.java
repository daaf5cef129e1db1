package dev.ovsm.verifier.graph;

import java.util.HashMap;
import java.util.Map;

/**
 * So far at least, and so far at most, an address lies above its function's frame pointer, or above
 * an argument that its function began with.
 *
 * @param argument the argument's index from 0, or {@link #FRAME}
 */
public record Framed(int argument, long low, long high) {
  /** Stands for the frame pointer among arguments. */
  public static final int FRAME = -1;

  /** Either of both, which count from the same. */
  public Framed join(Framed other) {
    return new Framed(argument, Math.min(low, other.low), Math.max(high, other.high));
  }

  /** Whether whatever lies as another says also lies as this says. */
  public boolean includes(Framed other) {
    return argument == other.argument && low <= other.low && high >= other.high;
  }

  /** What is known of addresses if all of two sets of facts holds. */
  public static Map<Operand, Framed> both(Map<Operand, Framed> one, Map<Operand, Framed> other) {
    Map<Operand, Framed> all = new HashMap<>(one);
    other.forEach((operand, framed) -> all.merge(operand, framed, Framed::meet));
    return all;
  }

  private Framed meet(Framed other) {
    long least = Math.max(low, other.low);
    long most = Math.min(high, other.high);
    return argument == other.argument && least <= most ? new Framed(argument, least, most) : this;
  }
}

package dev.ovsm.verifier.graph;

/**
 * An operation in a block, and the value that it defines; nodes name each other by their ids, which
 * are their indices in the graph.
 */
public record Node(int id, int block, Op op, int[] inputs, Place place) {
  /** The input of this index. */
  public int input(int index) {
    return inputs[index];
  }
}

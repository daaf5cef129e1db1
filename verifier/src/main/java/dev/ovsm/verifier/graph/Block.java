package dev.ovsm.verifier.graph;

import java.util.List;

/**
 * A straight run of nodes, phis first.
 *
 * <p>A block with facts has exactly one predecessor, and the facts hold on entry. A block with
 * several predecessors is the only successor of each of them.
 *
 * @param exit how it ends
 * @param operand the value that decides or is returned, or -1
 * @param cost compute units of the instructions in it, calls excepted
 */
public record Block(
    int id,
    int[] nodes,
    int[] successors,
    int[] predecessors,
    List<Fact> facts,
    Exit exit,
    int operand,
    long cost,
    Place place) {
  public Block {
    facts = List.copyOf(facts);
  }

  /** How control leaves a block. */
  public enum Exit {
    /** To its only successor. */
    JUMP,
    /** To the successor that the operand selects. */
    BRANCH,
    /** To the caller, with the operand as result. */
    RETURN,
    /** Out of the whole program, with the operand as result. */
    FAIL,
    /** Never: control does not reach the end. */
    NONE
  }
}

package dev.ovsm.ir.flow;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Terminator;
import java.util.Arrays;
import java.util.List;

/**
 * The control flow graph of a function: edges and the order of its reachable blocks.
 *
 * <p>Block 0 is the entry. Edges are listed once per target of a terminator, so a block may be its
 * successor's predecessor twice. Edges out of unreachable blocks do not count.
 */
public final class Cfg {
  private static final int[] NONE = {};

  private final int[][] successors;
  private final int[][] predecessors;
  private final int[] order;
  private final int[] position;

  private Cfg(int[][] successors) {
    this.successors = successors;
    this.order = reversePostorder(successors);
    this.position = new int[successors.length];
    Arrays.fill(position, -1);
    for (int i = 0; i < order.length; i++) {
      position[order[i]] = i;
    }
    this.predecessors = invert();
  }

  /** The graph of a function. */
  public static Cfg of(Function function) {
    return new Cfg(successors(function));
  }

  /** The {@link #order()} of a function's graph, for those who need nothing else of it. */
  public static int[] order(Function function) {
    return reversePostorder(successors(function));
  }

  private static int[][] successors(Function function) {
    List<Block> blocks = function.blocks();
    int[][] successors = new int[blocks.size()][];
    for (int i = 0; i < successors.length; i++) {
      successors[i] = successors(blocks.get(i).terminator());
    }
    return successors;
  }

  /** The graph of blocks that end so; block {@code i} ends with terminator {@code i}. */
  public static Cfg of(List<Terminator> terminators) {
    int[][] successors = new int[terminators.size()][];
    for (int i = 0; i < successors.length; i++) {
      successors[i] = successors(terminators.get(i));
    }
    return new Cfg(successors);
  }

  private static int[] successors(Terminator end) {
    if (end instanceof Terminator.Jump jump) {
      return new int[] {jump.target().block()};
    }
    if (end instanceof Terminator.Branch branch) {
      return new int[] {branch.then().block(), branch.otherwise().block()};
    }
    List<Terminator.Target> targets = end.targets();
    int[] successors = targets.isEmpty() ? NONE : new int[targets.size()];
    for (int i = 0; i < successors.length; i++) {
      successors[i] = targets.get(i).block();
    }
    return successors;
  }

  /** The graph of {@code successors.length} blocks with these edges; the array is kept. */
  public static Cfg of(int[][] successors) {
    return new Cfg(successors);
  }

  /** The number of blocks, reachable or not. */
  public int size() {
    return successors.length;
  }

  /** The targets of the block's terminator; the array is not to be changed. */
  public int[] successors(int block) {
    return successors[block];
  }

  /** The reachable blocks that go to {@code block}, ascending; the array is not to be changed. */
  public int[] predecessors(int block) {
    return predecessors[block];
  }

  /**
   * The reachable blocks in reverse postorder, entry first: without back edges every block follows
   * its predecessors, and the first target of a terminator follows closely. Not to be changed.
   */
  public int[] order() {
    return order;
  }

  /** The index of a block in {@link #order()}, or -1 if it is unreachable. */
  public int position(int block) {
    return position[block];
  }

  public boolean isReachable(int block) {
    return position[block] >= 0;
  }

  private int[][] invert() {
    int[] counts = new int[successors.length];
    for (int block : order) {
      for (int successor : successors[block]) {
        counts[successor]++;
      }
    }
    int[][] inverse = new int[successors.length][];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = counts[i] == 0 ? NONE : new int[counts[i]];
    }
    Arrays.fill(counts, 0);
    for (int block = 0; block < successors.length; block++) {
      if (isReachable(block)) {
        for (int successor : successors[block]) {
          inverse[successor][counts[successor]++] = block;
        }
      }
    }
    return inverse;
  }

  /** An explicit stack: functions may be deeper than the Java stack. */
  private static int[] reversePostorder(int[][] successors) {
    int count = successors.length;
    int[] order = new int[count];
    int[] stack = new int[count];
    int[] next = new int[count];
    boolean[] seen = new boolean[count];
    int free = count;
    int depth = 0;
    stack[depth++] = 0;
    seen[0] = true;
    while (depth > 0) {
      int block = stack[depth - 1];
      int[] targets = successors[block];
      if (next[block] == targets.length) {
        order[--free] = block;
        depth--;
        continue;
      }
      // Last target first, so that the first one comes right after the block.
      int target = targets[targets.length - 1 - next[block]++];
      if (!seen[target]) {
        seen[target] = true;
        stack[depth++] = target;
      }
    }
    return Arrays.copyOfRange(order, free, count);
  }
}

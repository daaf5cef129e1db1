package dev.ovsm.verifier.graph;

import dev.ovsm.ir.flow.Cfg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The loops of a graph, nested, by Havlak's algorithm: near-linear and without recursion.
 *
 * <p>A loop is named by its header. An irreducible loop is one that can also be entered elsewhere.
 */
public final class LoopForest {
  private final int[] header;
  private final boolean[] isHeader;
  private final boolean[] irreducible;
  private final List<Integer> innermostFirst;

  /** Loops are numbered such that those inside one have the numbers after its own. */
  private final int[] number;

  /** How many loops there are in each, itself included. */
  private final int[] loops;

  private LoopForest(int size) {
    this.header = new int[size];
    this.isHeader = new boolean[size];
    this.irreducible = new boolean[size];
    this.innermostFirst = new ArrayList<>();
    this.number = new int[size];
    this.loops = new int[size];
    Arrays.fill(header, -1);
  }

  /** Finds the loops of a graph's reachable blocks. */
  public static LoopForest of(Cfg cfg) {
    LoopForest forest = new LoopForest(cfg.size());
    new Search(cfg, forest).run();
    forest.number();
    return forest;
  }

  private void number() {
    for (int loop : innermostFirst) {
      loops[loop]++;
      if (header[loop] >= 0) {
        loops[header[loop]] += loops[loop];
      }
    }
    int[] next = new int[number.length];
    int outside = 0;
    for (int i = innermostFirst.size() - 1; i >= 0; i--) {
      int loop = innermostFirst.get(i);
      int outer = header[loop];
      number[loop] = outer < 0 ? outside : next[outer];
      if (outer < 0) {
        outside += loops[loop];
      } else {
        next[outer] += loops[loop];
      }
      next[loop] = number[loop] + 1;
    }
  }

  /** Whether the block is the header of a loop. */
  public boolean isHeader(int block) {
    return isHeader[block];
  }

  /** Whether the loop with this header has another entry. */
  public boolean isIrreducible(int loop) {
    return irreducible[loop];
  }

  /** The header of the innermost loop around a block that is not the block itself, or -1. */
  public int outer(int block) {
    return header[block];
  }

  /** The header of the innermost loop that has the block, itself included, or -1. */
  public int innermost(int block) {
    return isHeader[block] ? block : header[block];
  }

  /** Whether a loop has a block; {@code loop} may be -1 for the whole function. */
  public boolean contains(int loop, int block) {
    if (loop < 0) {
      return true;
    }
    int inner = innermost(block);
    return inner >= 0
        && number[inner] >= number[loop]
        && number[inner] < number[loop] + loops[loop];
  }

  /** The headers of all loops, each after those inside it. */
  public List<Integer> innermostFirst() {
    return innermostFirst;
  }

  /** One run of the algorithm; vertices are numbered in depth-first preorder. */
  private static final class Search {
    private final Cfg cfg;
    private final LoopForest forest;
    private final int[] blocks;
    private final int[] numbers;
    private final int[] last;
    private final int[] union;
    private final int[] collectedBy;
    private final List<List<Integer>> entering = new ArrayList<>();
    private int room;

    Search(Cfg cfg, LoopForest forest) {
      int count = cfg.order().length;
      this.cfg = cfg;
      this.forest = forest;
      this.blocks = new int[count];
      this.numbers = new int[cfg.size()];
      this.last = new int[count];
      this.union = new int[count];
      this.collectedBy = new int[count];
      this.room = 4 * count;
      Arrays.fill(collectedBy, -1);
      depthFirst();
    }

    void run() {
      List<List<Integer>> latches = new ArrayList<>();
      for (int w = 0; w < blocks.length; w++) {
        union[w] = w;
        List<Integer> ahead = new ArrayList<>();
        List<Integer> back = new ArrayList<>();
        for (int predecessor : cfg.predecessors(blocks[w])) {
          int v = numbers[predecessor];
          (isBelow(v, w) ? back : ahead).add(v);
        }
        entering.add(ahead);
        latches.add(back);
      }
      for (int w = blocks.length - 1; w >= 0; w--) {
        if (!latches.get(w).isEmpty()) {
          collect(w, latches.get(w));
        }
      }
    }

    /** Whether {@code v} is {@code w} or was first reached from it. */
    private boolean isBelow(int v, int w) {
      return w <= v && v <= last[w];
    }

    /** Gathers the body of the loop with header {@code w} backwards from its latches. */
    private void collect(int w, List<Integer> latches) {
      forest.isHeader[blocks[w]] = true;
      collectedBy[w] = w;
      List<Integer> body = new ArrayList<>();
      latches.forEach(latch -> add(body, find(latch), w));
      for (int i = 0; i < body.size(); i++) {
        for (int predecessor : entering.get(body.get(i))) {
          int y = find(predecessor);
          if (isBelow(y, w)) {
            add(body, y, w);
          } else {
            forest.irreducible[blocks[w]] = true;
            enterLoop(w, y);
          }
        }
      }
      for (int x : body) {
        forest.header[blocks[x]] = blocks[w];
        union[x] = w;
      }
      forest.innermostFirst.add(blocks[w]);
    }

    /**
     * The other way into an irreducible loop is a way into its header for the loops around it. Past
     * a linear number of them the nesting no longer matters, since such a graph is refused.
     */
    private void enterLoop(int w, int from) {
      if (room-- > 0) {
        entering.get(w).add(from);
      }
    }

    private void add(List<Integer> body, int x, int w) {
      if (collectedBy[x] != w) {
        collectedBy[x] = w;
        body.add(x);
      }
    }

    /** The outermost loop found so far that has {@code v}, compressing the path to it. */
    private int find(int v) {
      int root = v;
      while (union[root] != root) {
        root = union[root];
      }
      int at = v;
      while (union[at] != root) {
        int next = union[at];
        union[at] = root;
        at = next;
      }
      return root;
    }

    private void depthFirst() {
      int[] stack = new int[blocks.length];
      int[] next = new int[cfg.size()];
      Arrays.fill(numbers, -1);
      int depth = 0;
      int count = 0;
      stack[depth++] = 0;
      numbers[0] = 0;
      blocks[count++] = 0;
      while (depth > 0) {
        int block = stack[depth - 1];
        int[] successors = cfg.successors(block);
        if (next[block] == successors.length) {
          last[numbers[block]] = count - 1;
          depth--;
          continue;
        }
        int successor = successors[next[block]++];
        if (numbers[successor] < 0) {
          numbers[successor] = count;
          blocks[count++] = successor;
          stack[depth++] = successor;
        }
      }
    }
  }
}

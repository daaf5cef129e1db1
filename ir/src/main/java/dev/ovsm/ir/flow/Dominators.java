package dev.ovsm.ir.flow;

import java.util.Arrays;

/**
 * The dominator tree of the reachable blocks, found by the Semi-NCA algorithm of Georgiadis and
 * Tarjan; near-linear in practice and without recursion.
 */
public final class Dominators {
  private final int[] parent;
  private final int[][] children;
  private final int[] enter;
  private final int[] leave;
  private final int[] preorder;

  /** Finds the dominators of a graph. */
  public Dominators(Cfg cfg) {
    this.parent = new SemiNca(cfg).immediate();
    this.children = children(cfg, parent);
    this.enter = new int[cfg.size()];
    this.leave = new int[cfg.size()];
    this.preorder = new int[cfg.order().length];
    number();
  }

  /** The immediate dominator, or -1 for the entry and for unreachable blocks. */
  public int parent(int block) {
    return parent[block];
  }

  /** The blocks whose immediate dominator this is, in reverse postorder; not to be changed. */
  public int[] children(int block) {
    return children[block];
  }

  /** Whether every path from the entry to {@code block} passes {@code candidate}; a block does. */
  public boolean dominates(int candidate, int block) {
    return enter[candidate] <= enter[block] && leave[block] <= leave[candidate];
  }

  /**
   * Where a reachable block stands among those: each after its parent, its descendants behind it.
   */
  public int position(int block) {
    return enter[block];
  }

  /** The reachable blocks, each after its parent and followed by its descendants. */
  public int[] preorder() {
    return preorder;
  }

  private static int[][] children(Cfg cfg, int[] parent) {
    int[] counts = new int[parent.length];
    for (int block : cfg.order()) {
      if (parent[block] >= 0) {
        counts[parent[block]]++;
      }
    }
    int[][] children = new int[parent.length][];
    for (int i = 0; i < children.length; i++) {
      children[i] = new int[counts[i]];
    }
    Arrays.fill(counts, 0);
    for (int block : cfg.order()) {
      int above = parent[block];
      if (above >= 0) {
        children[above][counts[above]++] = block;
      }
    }
    return children;
  }

  /** A block's descendants are those whose interval of numbers lies within the block's. */
  private void number() {
    int[] stack = new int[preorder.length];
    int[] next = new int[parent.length];
    int depth = 0;
    int count = 0;
    stack[depth++] = 0;
    enter[0] = count;
    preorder[count++] = 0;
    while (depth > 0) {
      int block = stack[depth - 1];
      if (next[block] == children[block].length) {
        leave[block] = count;
        depth--;
        continue;
      }
      int child = children[block][next[block]++];
      enter[child] = count;
      preorder[count++] = child;
      stack[depth++] = child;
    }
  }

  /** The algorithm's working state; vertices are numbered in depth-first preorder. */
  private static final class SemiNca {
    private final Cfg cfg;
    private final int[] blocks;
    private final int[] numbers;
    private final int[] tree;
    private final int[] ancestor;
    private final int[] semi;
    private final int[] label;
    private final int[] path;

    SemiNca(Cfg cfg) {
      int count = cfg.order().length;
      this.cfg = cfg;
      this.blocks = new int[count];
      this.numbers = new int[cfg.size()];
      this.tree = new int[count];
      this.ancestor = new int[count];
      this.semi = new int[count];
      this.label = new int[count];
      this.path = new int[count];
      depthFirst();
    }

    int[] immediate() {
      int count = blocks.length;
      Arrays.fill(ancestor, -1);
      for (int v = 0; v < count; v++) {
        semi[v] = v;
        label[v] = v;
      }
      for (int v = count - 1; v > 0; v--) {
        semi[v] = tree[v];
        for (int predecessor : cfg.predecessors(blocks[v])) {
          semi[v] = Math.min(semi[v], semi[lowest(numbers[predecessor])]);
        }
        ancestor[v] = tree[v];
      }
      int[] idom = tree;
      int[] parent = new int[cfg.size()];
      Arrays.fill(parent, -1);
      for (int v = 1; v < count; v++) {
        while (idom[v] > semi[v]) {
          idom[v] = idom[idom[v]];
        }
        parent[blocks[v]] = blocks[idom[v]];
      }
      return parent;
    }

    /**
     * The vertex with the least semidominator on the linked path above {@code v}, compressing it.
     */
    private int lowest(int v) {
      if (ancestor[v] < 0) {
        return v;
      }
      int depth = 0;
      for (int at = v; ancestor[ancestor[at]] >= 0; at = ancestor[at]) {
        path[depth++] = at;
      }
      while (depth > 0) {
        int at = path[--depth];
        int above = ancestor[at];
        if (semi[label[above]] < semi[label[at]]) {
          label[at] = label[above];
        }
        ancestor[at] = ancestor[above];
      }
      return label[v];
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
          depth--;
          continue;
        }
        int successor = successors[next[block]++];
        if (numbers[successor] < 0) {
          numbers[successor] = count;
          tree[count] = numbers[block];
          blocks[count++] = successor;
          stack[depth++] = successor;
        }
      }
    }
  }
}

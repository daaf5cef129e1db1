package dev.ovsm.backend.layout;

import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.Opcodes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Orders the reachable blocks so that few jumps are executed: blocks are joined into chains along
 * the edges whose jump would cost most, ways to failures come last; in a function so long that
 * jumps cannot pass over all of it, they come behind the stretch that leads to them.
 *
 * <p>A jump costs one unit whether it is taken or not, so a conditional one needs either of its
 * targets behind it, and a loop is best entered at its test.
 */
final class BlockOrder {
  private final List<MachineBlock> blocks;
  private final int[] next;
  private final int[] previous;
  private final int[] chain;

  private BlockOrder(MachineFunction function) {
    this.blocks = function.blocks();
    this.next = new int[blocks.size()];
    this.previous = new int[blocks.size()];
    this.chain = new int[blocks.size()];
    Arrays.fill(next, -1);
    Arrays.fill(previous, -1);
    Arrays.setAll(chain, i -> i);
  }

  private record Edge(int from, int to, long gain, long frequency) {}

  /** The ids of the reachable blocks, the entry first. */
  static int[] of(MachineFunction function) {
    BlockOrder order = new BlockOrder(function);
    boolean[] reachable = order.reachable();
    order.join(order.edges(reachable));
    return order.lineUp(reachable);
  }

  private boolean[] reachable() {
    boolean[] reachable = new boolean[blocks.size()];
    Deque<Integer> work = new ArrayDeque<>();
    work.add(0);
    reachable[0] = true;
    while (!work.isEmpty()) {
      for (int successor : blocks.get(work.remove()).successors()) {
        if (!reachable[successor]) {
          reachable[successor] = true;
          work.add(successor);
        }
      }
    }
    return reachable;
  }

  private List<Edge> edges(boolean[] reachable) {
    List<Edge> edges = new ArrayList<>();
    for (MachineBlock block : blocks) {
      if (!reachable[block.id()]) {
        continue;
      }
      List<Integer> successors = behind(block);
      long gain = Long.MAX_VALUE;
      for (int successor : successors) {
        gain = Math.min(gain, frequency(block, successor));
      }
      for (int successor : successors) {
        edges.add(new Edge(block.id(), successor, gain, frequency(block, successor)));
      }
    }
    edges.sort(Comparator.comparingLong(Edge::gain).thenComparingLong(Edge::frequency).reversed());
    return edges;
  }

  /** The blocks that save a jump behind this one. */
  private static List<Integer> behind(MachineBlock block) {
    List<Integer> successors = block.successors();
    boolean turns =
        successors.size() < 2
            || !(block.insts().get(block.end()) instanceof MachineInst.Code jump)
            || Opcodes.hasOpposite(jump.op());
    return turns ? successors : successors.subList(1, 2);
  }

  private long frequency(MachineBlock block, int successor) {
    return Math.min(block.frequency(), blocks.get(successor).frequency());
  }

  private void join(List<Edge> edges) {
    for (Edge edge : edges) {
      boolean free = next[edge.from] < 0 && previous[edge.to] < 0 && edge.to != 0;
      if (free && find(edge.from) != find(edge.to)) {
        next[edge.from] = edge.to;
        previous[edge.to] = edge.from;
        chain[find(edge.to)] = find(edge.from);
      }
    }
  }

  private int find(int block) {
    int at = block;
    while (chain[at] != at) {
      chain[at] = chain[chain[at]];
      at = chain[at];
    }
    return at;
  }

  private int[] lineUp(boolean[] reachable) {
    List<Integer> heads = new ArrayList<>();
    List<Integer> cold = new ArrayList<>();
    for (MachineBlock block : blocks) {
      if (reachable[block.id()] && previous[block.id()] < 0) {
        // In their order: the entry's chain stays first among those that run at all.
        (block.id() != 0 && isCold(block.id()) ? cold : heads).add(block.id());
      }
    }
    List<Integer> order = new ArrayList<>();
    heads.forEach(head -> follow(head, order));
    boolean isLong = IntStream.range(0, next.length).mapToLong(this::slots).sum() > LongJumps.SHORT;
    if (isLong) {
      return new Stretches(new HashSet<>(cold)).lineUp(order);
    }
    cold.forEach(head -> follow(head, order));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private void follow(int head, List<Integer> order) {
    for (int at = head; at >= 0; at = next[at]) {
      order.add(at);
    }
  }

  private boolean isCold(int head) {
    return blocks.get(head).frequency() == 1;
  }

  private long slots(int block) {
    long slots = 0;
    for (MachineInst inst : blocks.get(block).insts()) {
      slots += inst instanceof MachineInst.Code code ? code.op().slots() : 0;
    }
    return slots;
  }

  /** Lines up a long function by stretches, each with the ways to failures that it leads to. */
  private final class Stretches {
    private static final long LEAST = 4_000;
    private static final long MOST = 5_000;

    /** Heads of cold chains that no stretch has led to yet. */
    private final Set<Integer> waiting;

    private final List<Integer> order = new ArrayList<>();

    Stretches(Set<Integer> cold) {
      this.waiting = cold;
    }

    int[] lineUp(List<Integer> hot) {
      long slots = 0;
      int flushed = 0;
      for (int block : hot) {
        boolean startsChain = previous[block] < 0;
        if (slots >= MOST || (slots >= LEAST && startsChain)) {
          flush(flushed);
          flushed = order.size();
          slots = 0;
        }
        order.add(block);
        slots += slots(block);
      }
      flush(flushed);
      return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Adds the waiting chains that those since an index lead to, and those that these lead to. */
    private void flush(int from) {
      for (int i = from; i < order.size(); i++) {
        for (int successor : blocks.get(order.get(i)).successors()) {
          if (waiting.remove(successor)) {
            follow(successor, order);
          }
        }
      }
    }
  }
}

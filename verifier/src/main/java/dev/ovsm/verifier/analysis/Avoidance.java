package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Away;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether addresses lead to no frame, though they were loaded from the heap: by what all stores of
 * some roots put there.
 *
 * <p>All is taken to hold until some step of an execution breaks it; so it holds if none does.
 */
final class Avoidance extends Origins<Base> {
  private static final long HEAP_LIMIT = MemoryMap.HEAP + MemoryMap.MAX_HEAP_BYTES;

  /** Frames end here, with the gaps between them; up to the heap there is nothing. */
  private static final long FRAMES_LIMIT = MemoryMap.STACK + 2L * MemoryMap.STACK_BYTES;

  private static final long FARTHEST = 1L << 62;
  private static final long SMALL = 1L << 32;
  private static final int ROUNDS = 12;
  private static final int MOST_CELLS = 256;

  /** So many merges are looked through to show one address. */
  private static final int MOST_MERGES = 16;

  private final Collection<Instance> instances;
  private final HeapCells cells;

  /**
   * Follows what lies in the heap.
   *
   * @param instances all that run; none of them calls itself
   */
  Avoidance(Collection<Instance> instances) {
    super(instances);
    this.instances = instances;
    List<HeapCells.Cell> loaded = new ArrayList<>();
    for (Instance instance : instances) {
      for (Node node : instance.running()) {
        if (node.op() instanceof Op.Load load && load.bytes() == Long.BYTES) {
          Word address = instance.ranges().in(node.input(0), node.block());
          if (isIn(address, MemoryMap.HEAP, HEAP_LIMIT - Long.BYTES)) {
            loaded.add(new HeapCells.Cell(address.umin(), address.umax() + Long.BYTES));
          }
        }
      }
    }
    this.cells = HeapCells.of(loaded, MOST_CELLS);
    settle();
  }

  private static boolean isIn(Word word, long first, long last) {
    return !word.isEmpty()
        && Long.compareUnsigned(word.umin(), first) >= 0
        && Long.compareUnsigned(word.umax(), last) <= 0;
  }

  /** Whether what is to be shown holds wherever it runs. */
  boolean shows(Away away) {
    for (Instance instance : instances) {
      Graph graph = instance.graph();
      if (instance.function() == away.function()) {
        Node node = graph.node(away.node());
        if (away.input() >= node.inputs().length) {
          return false;
        }
        if (runs(instance, node) && !isAway(instance, node, away)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether what is to be shown is wrong somewhere: an address that leads to a frame. */
  boolean refutes(Away away) {
    for (Instance instance : instances) {
      if (instance.function() == away.function()) {
        Node node = instance.graph().node(away.node());
        boolean used = away.input() < node.inputs().length && runs(instance, node);
        Base base = used ? of(instance, node, away.input()) : null;
        if (base != null && base.leadsToFrame()) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isAway(Instance instance, Node node, Away away) {
    Step bytes = new Step(away.from(), away.to());
    return isAwayEachWay(instance, new Reached(node.input(away.input()), node.block(), bytes));
  }

  /** Bytes counted from a node's value while control is in a block, the last one not included. */
  private record Reached(int node, int block, Step bytes) {}

  private boolean isAway(Instance instance, Reached reached) {
    Word word = Outcomes.in(instance, reached.node, reached.block);
    long to = reached.bytes.high();
    boolean above = isIn(word, FRAMES_LIMIT, FARTHEST);
    boolean below = to < SMALL && isIn(word, 0, MemoryMap.STACK - to);
    if (reached.bytes.low() >= 0 && (above || below)) {
      return true;
    }
    Base base = of(instance, reached.node, reached.block);
    return base != null && base.isAway(reached.bytes.low(), to);
  }

  /** Whether it holds of a value, or of whatever a merge is made of, each by itself. */
  private boolean isAwayEachWay(Instance instance, Reached whole) {
    Map<Integer, Step> seen = new HashMap<>();
    Deque<Reached> open = new ArrayDeque<>(List.of(whole));
    while (!open.isEmpty()) {
      Reached one = open.pop();
      if (isAway(instance, one)) {
        continue;
      }
      int anchor = instance.anchors().anchor(one.node, one.block);
      Step bytes = one.bytes.add(instance.anchors().distance(one.node, one.block));
      boolean merges = instance.graph().node(anchor).op() instanceof Op.Phi;
      if (bytes == null || !merges || seen.size() > MOST_MERGES) {
        return false;
      }
      Step before = seen.putIfAbsent(anchor, bytes);
      if (before == null) {
        ways(instance, anchor, bytes, open);
      } else if (!before.equals(bytes)) {
        // Each round would add to it.
        return false;
      }
    }
    return true;
  }

  /** What comes into a merge, each value where it comes from. */
  private static void ways(Instance instance, int merge, Step bytes, Deque<Reached> open) {
    Node phi = instance.graph().node(merge);
    int[] predecessors = instance.graph().block(phi.block()).predecessors();
    for (int i = 0; i < predecessors.length; i++) {
      int from = predecessors[i];
      if (instance.graph().cfg().isReachable(from) && instance.ranges().passes(from)) {
        open.push(new Reached(phi.input(i), from, bytes));
      }
    }
  }

  /** Takes back what some store does not keep, until all do. */
  private void settle() {
    for (int i = 0; i < ROUNDS; i++) {
      boolean changed = false;
      for (Instance instance : instances) {
        for (Node node : instance.running()) {
          changed |= write(instance, node);
        }
      }
      if (!changed) {
        return;
      }
    }
    cells.clear();
  }

  private boolean write(Instance instance, Node node) {
    Op op = node.op();
    if (op instanceof Op.Store store) {
      Base target = of(instance, node, 0);
      if (target != null && target.isOffHeap(0, store.bytes())) {
        return false;
      }
      Word address = Outcomes.in(instance, node.input(0), node.block());
      Base value = store.bytes() == Long.BYTES ? of(instance, node, 1) : null;
      return cells.store(address, store.bytes(), value);
    }
    if (op instanceof Op.Syscall call) {
      return syscall(instance, node, Syscall.of(call.hash()));
    }
    boolean unknown =
        op instanceof Op.CallIndirect || op instanceof Op.Copy || op instanceof Op.Zero;
    return unknown && cells.clear();
  }

  private boolean syscall(Instance instance, Node node, Optional<Syscall> syscall) {
    if (syscall.isEmpty()) {
      return cells.clear();
    }
    boolean changed = false;
    List<Argument> arguments = syscall.get().arguments();
    if (syscall.get().effects().contains(Effect.INVOKES)) {
      // It writes by addresses that follow its arguments, or it is not known by which.
      boolean off = node.inputs().length > arguments.size();
      for (int i = arguments.size(); off && i < node.inputs().length; i++) {
        Base target = of(instance, node, i);
        off = target != null && target.isOffHeap(-Long.BYTES, 1);
      }
      return !off && cells.clear();
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).kind().writes()) {
        Base target = i < node.inputs().length ? of(instance, node, i) : null;
        // All that one argument leads to lies in the region where it begins.
        boolean off = target != null && target.isOffHeap(0, 1);
        changed |= !off && reach(instance, node, i, arguments.get(i).extent());
      }
    }
    return changed;
  }

  /** A syscall writes to what one of its arguments leads to. */
  private boolean reach(Instance instance, Node node, int input, Argument.@Nullable Extent extent) {
    if (input >= node.inputs().length) {
      return cells.clear();
    }
    Word address = Outcomes.in(instance, node.input(input), node.block());
    return cells.store(address, Writing.bytes(instance, node, extent), null);
  }

  @Override
  @Nullable Base plain(Instance instance, int node, int block) {
    Word word = Outcomes.in(instance, node, block);
    if (word.isEmpty() || isIn(word, MemoryMap.INPUT, FARTHEST)) {
      return Base.of(Base.Kind.INPUT);
    }
    return isIn(word, 0, SMALL - 1) ? Base.of(Base.Kind.INPUT_OR_SMALL) : null;
  }

  @Override
  @Nullable Base origin(Instance instance, Node node) {
    if (node.op() instanceof Op.Address address) {
      return address.memory() == Op.Memory.FRAME ? Base.of(Base.Kind.FRAME) : null;
    }
    boolean word = node.op() instanceof Op.Load load && load.bytes() == Long.BYTES;
    return word ? cells.held(instance.ranges().in(node.input(0), node.block())) : null;
  }

  @Override
  @Nullable Base moved(Base from, Step by) {
    return from.plus(by);
  }

  @Override
  @Nullable Base either(Base one, Base other) {
    return one.join(other);
  }
}

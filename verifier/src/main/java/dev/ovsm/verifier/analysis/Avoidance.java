package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Away;
import dev.ovsm.verifier.graph.Block;
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
final class Avoidance {
  private static final long HEAP_LIMIT = MemoryMap.HEAP + MemoryMap.MAX_HEAP_BYTES;
  private static final long FARTHEST = 1L << 62;
  private static final long SMALL = 1L << 32;
  private static final int ROUNDS = 12;
  private static final int DEEPEST = 24;
  private static final int MOST_CELLS = 256;

  /** So many nodes are looked at to find what one address counts from. */
  private static final int MOST_LOOKS = 400;

  private final Collection<Instance> instances;
  private final Map<Instance, List<Caller>> callers = new HashMap<>();
  private final HeapCells cells;
  private int looks;

  private record Caller(Instance instance, Node call) {}

  /**
   * Follows what lies in the heap.
   *
   * @param instances all that run; none of them calls itself
   */
  Avoidance(Collection<Instance> instances) {
    this.instances = instances;
    List<HeapCells.Cell> loaded = new ArrayList<>();
    for (Instance instance : instances) {
      for (Map.Entry<Integer, Instance> call : instance.calls().entrySet()) {
        Caller caller = new Caller(instance, instance.graph().node(call.getKey()));
        callers.computeIfAbsent(call.getValue(), one -> new ArrayList<>()).add(caller);
      }
      for (Node node : instance.graph().nodes()) {
        boolean word = node.op() instanceof Op.Load load && load.bytes() == Long.BYTES;
        if (word && runs(instance, node)) {
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

  private static boolean runs(Instance instance, Node node) {
    return instance.graph().cfg().isReachable(node.block())
        && instance.ranges().reaches(node.block());
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

  private boolean isAway(Instance instance, Node node, Away away) {
    Word word = instance.ranges().in(node.input(away.input()), node.block());
    boolean above = isIn(word, MemoryMap.HEAP, FARTHEST);
    boolean below = away.to() < SMALL && isIn(word, 0, MemoryMap.STACK - away.to());
    if (away.from() >= 0 && (above || below)) {
      return true;
    }
    Base base = base(instance, node, away.input());
    return base != null && base.isAway(away.from(), away.to());
  }

  /** Takes back what some store does not keep, until all do. */
  private void settle() {
    for (int i = 0; i < ROUNDS; i++) {
      boolean changed = false;
      for (Instance instance : instances) {
        for (Node node : instance.graph().nodes()) {
          changed |= runs(instance, node) && write(instance, node);
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
      Base target = base(instance, node, 0);
      if (target != null && target.isOffHeap(0, store.bytes())) {
        return false;
      }
      Word address = instance.ranges().in(node.input(0), node.block());
      Base value = store.bytes() == Long.BYTES ? base(instance, node, 1) : null;
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
    if (syscall.isEmpty() || syscall.get().effects().contains(Effect.INVOKES)) {
      return cells.clear();
    }
    boolean changed = false;
    List<Argument> arguments = syscall.get().arguments();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).kind().writes()) {
        Base target = i < node.inputs().length ? base(instance, node, i) : null;
        // All that one argument leads to lies in the region where it begins.
        boolean off = target != null && target.isOffHeap(0, 1);
        changed |= !off && cells.clear();
      }
    }
    return changed;
  }

  private @Nullable Base base(Instance instance, Node user, int input) {
    looks = MOST_LOOKS;
    return base(instance, user.input(input), user.block(), DEEPEST);
  }

  /** A value at the end of a block, so far below the one that is looked for. */
  private record Goal(int node, int block, Step below) {}

  /** What a value counts from, or null if that is not known. */
  private @Nullable Base base(Instance instance, int node, int block, int depth) {
    Deque<Goal> open = new ArrayDeque<>();
    Map<Integer, Step> merges = new HashMap<>();
    Base all = null;
    open.push(new Goal(node, block, Step.NONE));
    while (!open.isEmpty()) {
      Goal goal = open.pop();
      int anchor = instance.anchors().anchor(goal.node);
      Step below = goal.below.add(instance.anchors().distance(goal.node));
      Base one = plain(instance.ranges().in(goal.node, goal.block));
      if (one != null) {
        one = one.plus(goal.below);
      } else if (depth == 0 || looks-- <= 0 || below == null) {
        return null;
      } else if (instance.graph().node(anchor).op() instanceof Op.Phi) {
        Step before = merges.putIfAbsent(anchor, below);
        if (before == null) {
          follow(instance, anchor, below, open);
        } else if (!before.equals(below)) {
          // Each round would add to it.
          return null;
        }
        continue;
      } else {
        Base from = from(instance, instance.graph().node(anchor), depth - 1);
        one = from == null ? null : from.plus(below);
      }
      all = one == null || all == null ? one : all.join(one);
      if (all == null) {
        return null;
      }
    }
    return all;
  }

  /** What is plain from the value alone, or null. */
  private static @Nullable Base plain(Word word) {
    if (word.isEmpty() || isIn(word, MemoryMap.INPUT, FARTHEST)) {
      return Base.of(Base.Kind.INPUT);
    }
    return isIn(word, 0, SMALL - 1) ? Base.of(Base.Kind.INPUT_OR_SMALL) : null;
  }

  private static void follow(Instance instance, int phi, Step below, Deque<Goal> open) {
    Node node = instance.graph().node(phi);
    int[] predecessors = instance.graph().block(node.block()).predecessors();
    for (int i = 0; i < predecessors.length; i++) {
      int from = predecessors[i];
      if (instance.graph().cfg().isReachable(from) && instance.ranges().passes(from)) {
        open.push(new Goal(node.input(i), from, below));
      }
    }
  }

  private @Nullable Base from(Instance instance, Node anchor, int depth) {
    Op op = anchor.op();
    if (op instanceof Op.Address address) {
      return address.memory() == Op.Memory.FRAME ? Base.of(Base.Kind.FRAME) : null;
    }
    if (op instanceof Op.Load load && load.bytes() == Long.BYTES) {
      return cells.held(instance.ranges().in(anchor.input(0), anchor.block()));
    }
    if (op instanceof Op.Parameter parameter) {
      return passed(instance, parameter.index(), depth);
    }
    Instance callee = instance.calls().get(anchor.id());
    return callee == null ? null : returned(callee, depth);
  }

  private @Nullable Base passed(Instance instance, int argument, int depth) {
    Base all = null;
    for (Caller caller : callers.getOrDefault(instance, List.of())) {
      Node call = caller.call;
      Base one =
          argument < call.inputs().length
              ? base(caller.instance, call.input(argument), call.block(), depth)
              : null;
      all = one == null || all == null ? one : all.join(one);
      if (all == null) {
        return null;
      }
    }
    return all;
  }

  private @Nullable Base returned(Instance callee, int depth) {
    Base all = null;
    for (Block block : callee.graph().blocks()) {
      boolean returns = block.exit() == Block.Exit.RETURN && callee.ranges().passes(block.id());
      if (returns && callee.graph().cfg().isReachable(block.id())) {
        Base one = block.operand() < 0 ? null : base(callee, block.operand(), block.id(), depth);
        all = one == null || all == null ? one : all.join(one);
        if (all == null) {
          return null;
        }
      }
    }
    return all;
  }
}

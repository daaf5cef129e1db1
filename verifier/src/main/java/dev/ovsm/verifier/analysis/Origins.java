package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What values count from, followed through sums, merges, arguments and results of functions, none
 * of which calls itself. The time that one question takes is bounded.
 *
 * @param <T> what is known of where a value comes from
 */
abstract class Origins<T> {
  private static final int DEEPEST = 24;

  /** So many nodes are looked at to find what one value counts from. */
  private static final int MOST_LOOKS = 400;

  private final Map<Instance, List<Caller>> callers = new HashMap<>();
  private int looks;

  /** Follows values through functions that run; {@code instances} are all of them. */
  Origins(Collection<Instance> instances) {
    for (Instance instance : instances) {
      for (Map.Entry<Integer, Instance> call : instance.calls().entrySet()) {
        Caller caller = new Caller(instance, instance.graph().node(call.getKey()));
        callers.computeIfAbsent(call.getValue(), one -> new ArrayList<>()).add(caller);
      }
    }
  }

  /** A call of a function. */
  record Caller(Instance instance, Node call) {}

  /** The calls of a function. */
  List<Caller> callers(Instance instance) {
    return callers.getOrDefault(instance, List.of());
  }

  /** Whether control can come to a node. */
  static boolean runs(Instance instance, Node node) {
    return instance.graph().cfg().isReachable(node.block())
        && instance.ranges().reaches(node.block());
  }

  /** What is plain from a value's range alone, or null. */
  abstract @Nullable T plain(Instance instance, int node, int block);

  /** What is known of a value that is no sum, merge, argument or result, or null. */
  abstract @Nullable T origin(Instance instance, Node node);

  /** The same so much farther, or null if too little is known then. */
  abstract @Nullable T moved(T from, Step by);

  /** Either of both, or null if too little is known then. */
  abstract @Nullable T either(T one, T other);

  /** What an input of a node counts from, or null if that is not known. */
  @Nullable T of(Instance instance, Node user, int input) {
    return of(instance, user.input(input), user.block());
  }

  /** What a node counts from while control is in a block, or null if that is not known. */
  @Nullable T of(Instance instance, int node, int block) {
    looks = MOST_LOOKS;
    return of(instance, node, block, DEEPEST);
  }

  /** A value at the end of a block, so far below the one that is looked for. */
  private record Goal(int node, int block, Step below) {}

  private @Nullable T of(Instance instance, int node, int block, int depth) {
    Deque<Goal> open = new ArrayDeque<>();
    Map<Integer, Step> merges = new HashMap<>();
    T all = null;
    open.push(new Goal(node, block, Step.NONE));
    while (!open.isEmpty()) {
      Goal goal = open.pop();
      int anchor = instance.anchors().anchor(goal.node, goal.block);
      Step below = goal.below.add(instance.anchors().distance(goal.node, goal.block));
      T one = plain(instance, goal.node, goal.block);
      if (one != null) {
        one = moved(one, goal.below);
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
        T plain = plain(instance, anchor, goal.block);
        T from = plain == null ? from(instance, anchor, goal.block, depth - 1) : plain;
        one = from == null ? null : moved(from, below);
      }
      all = one == null || all == null ? one : either(all, one);
      if (all == null) {
        return null;
      }
    }
    return all;
  }

  private static void follow(Instance instance, int phi, Step below, Deque<Goal> open) {
    Node node = instance.graph().node(phi);
    int[] predecessors = instance.graph().block(node.block()).predecessors();
    for (int i = 0; i < predecessors.length; i++) {
      int from = predecessors[i];
      if (instance.graph().cfg().isReachable(from) && instance.ranges().passes(from)) {
        // What is near comes first: one value of which nothing is known settles it.
        open.add(new Goal(node.input(i), from, below));
      }
    }
  }

  private @Nullable T from(Instance instance, int node, int block, int depth) {
    Node anchor = instance.graph().node(node);
    if (anchor.op() instanceof Op.Parameter parameter) {
      return passed(instance, parameter.index(), depth);
    }
    if (instance.calls().containsKey(anchor.id())) {
      return returned(instance, anchor, block, null, depth);
    }
    T left = anchor.op() instanceof Op.Load ? left(instance, anchor, block, depth) : null;
    return left == null ? origin(instance, anchor) : left;
  }

  /** What a function left in the place that is loaded, if it is known that one did, or null. */
  private @Nullable T left(Instance instance, Node load, int block, int depth) {
    Node told = load.inputs().length > 1 ? instance.graph().node(load.input(1)) : load;
    return told.op() instanceof Op.LeftOf left
        ? returned(instance, instance.graph().node(told.input(0)), block, left.place(), depth)
        : null;
  }

  private @Nullable T passed(Instance instance, int argument, int depth) {
    T all = null;
    for (Caller caller : callers(instance)) {
      Node call = caller.call;
      T one =
          argument < call.inputs().length
              ? of(caller.instance, call.input(argument), call.block(), depth)
              : null;
      all = one == null || all == null ? one : either(all, one);
      if (all == null) {
        return null;
      }
    }
    return all;
  }

  /**
   * What a function returned, or left at a place; of one that may have failed only what goes with
   * the results that it can have had in {@code block}, which comes after the call.
   */
  private @Nullable T returned(
      Instance instance, Node call, int block, Op.@Nullable Left place, int depth) {
    Instance callee = instance.calls().get(call.id());
    if (callee == null) {
      return null;
    }
    T all = null;
    for (Return way : Return.of(callee, instance, call, block)) {
      int node = place == null ? way.result() : way.left(callee, place);
      T one = node < 0 ? null : of(callee, node, way.block(), depth);
      all = one == null || all == null ? one : either(all, one);
      if (all == null) {
        return null;
      }
    }
    return all;
  }
}

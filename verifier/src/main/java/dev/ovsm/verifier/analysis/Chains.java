package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Executions one after the other, each entered from the one before by a tail call. */
final class Chains {
  /** So many tail calls an execution can make. */
  private static final int MOST_CALLS = 33;

  private final Map<Root, Set<Root>> targets;

  /** By the number of tail calls still to be made: the most from each root on. */
  private final List<Map<Root, Long>> most = new ArrayList<>();

  private Chains(Map<Root, Set<Root>> targets) {
    this.targets = targets;
  }

  /**
   * The chains of some roots.
   *
   * @param targets where each root can go on
   * @param own what each root counts for by itself
   */
  static Chains of(Map<Root, Set<Root>> targets, ToLongFunction<Root> own) {
    Chains chains = new Chains(targets);
    Map<Root, Long> alone = new HashMap<>();
    targets.keySet().forEach(one -> alone.put(one, own.applyAsLong(one)));
    chains.most.add(alone);
    boolean grows = true;
    for (int call = 0; call < MOST_CALLS && grows; call++) {
      Map<Root, Long> shorter = chains.most.get(call);
      Map<Root, Long> longer = new HashMap<>();
      targets.forEach(
          (one, next) -> {
            long further =
                next.stream().mapToLong(to -> shorter.getOrDefault(to, 0L)).max().orElse(0);
            longer.put(one, Saturated.sum(alone.getOrDefault(one, 0L), further));
          });
      grows = !longer.equals(shorter);
      chains.most.add(longer);
    }
    return chains;
  }

  /** The most that a chain from a root on comes to. */
  long longest(Root root) {
    return most.get(most.size() - 1).getOrDefault(root, Saturated.UNBOUNDED);
  }

  /** A chain that comes to that, from the root on. */
  List<Root> way(Root root) {
    List<Root> way = new ArrayList<>(List.of(root));
    for (int calls = most.size() - 2; calls >= 0; calls--) {
      Map<Root, Long> left = most.get(calls);
      Root best = null;
      for (Root next : targets.getOrDefault(way.get(way.size() - 1), Set.of())) {
        boolean more = best == null || left.getOrDefault(next, 0L) > left.getOrDefault(best, 0L);
        best = more ? next : best;
      }
      if (best == null) {
        break;
      }
      way.add(best);
    }
    return way;
  }
}

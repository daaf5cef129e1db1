package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Splits the worst case of instances, with all that they call, among the blocks that run in it.
 *
 * <p>Nothing is lost: the shares come to what the instances take.
 */
final class Shares {
  private final Costs units;
  private final Map<Instance, Long> times = new HashMap<>();
  private final List<Split.Share> all = new ArrayList<>();
  private final SortedMap<Integer, Long> calls = new TreeMap<>();

  private Shares(Costs units) {
    this.units = units;
  }

  /** Splits what bounded instances take one after the other; {@code units} knows their totals. */
  static Split of(List<Instance> roots, Costs units) {
    Shares shares = new Shares(units);
    for (Instance root : roots) {
      shares.times.clear();
      shares.times.put(root, 1L);
      callersFirst(root).forEach(shares::split);
    }
    return new Split(shares.all, shares.calls);
  }

  private static List<Instance> callersFirst(Instance root) {
    List<Instance> order = new ArrayList<>(root.calleesFirst());
    Collections.reverse(order);
    return order;
  }

  private void split(Instance instance) {
    long entered = times.getOrDefault(instance, 0L);
    if (entered == 0) {
      return;
    }
    calls.merge(instance.function(), entered, Saturated::sum);
    long[] counts = units.counts(instance);
    for (Block block : instance.graph().blocks()) {
      long runs = Saturated.product(entered, counts[block.id()]);
      if (runs > 0) {
        share(instance, block, runs);
      }
    }
  }

  private void share(Instance instance, Block block, long runs) {
    if (block.cost() > 0) {
      long taken = Saturated.product(runs, block.cost());
      all.add(new Split.Share(instance.function(), block.place(), block.cost(), runs, taken));
    }
    for (int id : block.nodes()) {
      Node node = instance.graph().node(id);
      if (node.op() instanceof Op.Call) {
        Instance callee = instance.calls().get(id);
        if (callee != null) {
          times.merge(callee, runs, Saturated::sum);
        }
      } else if (node.op() instanceof Op.Syscall) {
        long taken = Saturated.product(runs, units.of(instance, node));
        all.add(new Split.Share(instance.function(), node.place(), 0, runs, taken));
      }
    }
  }
}

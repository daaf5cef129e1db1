package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Root;
import dev.ovsm.verifier.graph.Subject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The calls of the runtime that roots make, and which roots go on in which others by tail calls.
 */
final class TailCalls {
  private final Subject subject;
  private final Map<Root, Set<Instance>> reached;

  /**
   * Tail calls of a subject.
   *
   * @param reached all that each root runs
   */
  TailCalls(Subject subject, Map<Root, Set<Instance>> reached) {
    this.subject = subject;
    this.reached = reached;
  }

  /** The roots that a root can go on in, each with those that it can go on in. */
  Map<Root, Set<Root>> from(Root root) {
    Map<Root, Set<Root>> targets = new LinkedHashMap<>();
    Deque<Root> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      Root from = open.pop();
      if (!targets.containsKey(from)) {
        Set<Root> next = new LinkedHashSet<>();
        for (CallSite site : sites(from)) {
          if (site.syscall().equals(Optional.of(Syscall.SOL_TAIL_CALL))) {
            next.addAll(targets(site));
          }
        }
        targets.put(from, next);
        open.addAll(next);
      }
    }
    return targets;
  }

  private List<Root> targets(CallSite site) {
    Word array = site.argument(1);
    List<Integer> elements = array.isConstant() ? subject.arrays().get((int) array.umin()) : null;
    List<Root> all = new ArrayList<>();
    if (elements == null) {
      subject.arrays().values().forEach(list -> list.forEach(i -> all.add(subject.roots().get(i))));
      return all;
    }
    for (int i = 0; i < elements.size(); i++) {
      if (site.argument(2).contains(i)) {
        all.add(subject.roots().get(elements.get(i)));
      }
    }
    return all;
  }

  /** The calls of the runtime that a root can make. */
  List<CallSite> sites(Root root) {
    List<CallSite> sites = new ArrayList<>();
    for (Instance instance : reached.getOrDefault(root, Set.of())) {
      Graph graph = instance.graph();
      for (Node node : graph.nodes()) {
        if (node.op() instanceof Op.Syscall call
            && graph.cfg().isReachable(node.block())
            && instance.ranges().reaches(node.block())) {
          sites.add(CallSite.of(instance, node, call.hash(), subject.symbols()));
        }
      }
    }
    return sites;
  }

  /**
   * A root, and all whose executions may follow it or may hand their heap to it or to those, by
   * tail calls.
   */
  List<Integer> linked(int index) {
    Set<Root> after = from(subject.roots().get(index)).keySet();
    return IntStream.range(0, subject.roots().size())
        .filter(i -> from(subject.roots().get(i)).keySet().stream().anyMatch(after::contains))
        .boxed()
        .toList();
  }
}

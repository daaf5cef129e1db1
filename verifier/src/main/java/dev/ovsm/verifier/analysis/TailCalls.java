package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Root;
import dev.ovsm.verifier.graph.Subject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of the runtime that roots make, and which roots go on in which others by tail calls.
 *
 * <p>All of it is found once, for checks ask for it root by root.
 */
final class TailCalls {
  private final Subject subject;
  private final Map<Root, Integer> indices = new HashMap<>();
  private final Map<Root, List<CallSite>> sites = new HashMap<>();
  private final Map<Root, Map<Root, Set<Root>>> from = new HashMap<>();

  /** Of every root by index, those that it can go on in, itself among them. */
  private final List<BitSet> after = new ArrayList<>();

  /** Of every root by index, those that can go on in it, itself among them. */
  private final List<BitSet> before = new ArrayList<>();

  /**
   * Tail calls of a subject.
   *
   * @param reached all that each root runs
   */
  TailCalls(Subject subject, Map<Root, Set<Instance>> reached) {
    this.subject = subject;
    Map<Instance, List<CallSite>> made = new HashMap<>();
    Map<Root, Set<Root>> next = new HashMap<>();
    for (Root root : subject.roots()) {
      List<CallSite> all = new ArrayList<>();
      for (Instance instance : reached.getOrDefault(root, Set.of())) {
        all.addAll(made.computeIfAbsent(instance, this::made));
      }
      sites.put(root, List.copyOf(all));
      next.put(root, targets(all));
      indices.putIfAbsent(root, before.size());
      before.add(new BitSet());
    }
    for (Root root : subject.roots()) {
      Map<Root, Set<Root>> targets = closure(root, next);
      from.put(root, targets);
      BitSet set = new BitSet();
      targets.keySet().forEach(target -> set.set(index(target)));
      set.stream().forEach(target -> before.get(target).set(after.size()));
      after.add(set);
    }
  }

  /** The index of a root of the subject. */
  int index(Root root) {
    Integer index = indices.get(root);
    if (index == null) {
      throw new IllegalArgumentException(root.name() + " is no root of this subject");
    }
    return index;
  }

  private List<CallSite> made(Instance instance) {
    List<CallSite> made = new ArrayList<>();
    for (Node node : instance.running()) {
      if (node.op() instanceof Op.Syscall call) {
        made.add(CallSite.of(instance, node, call.hash(), subject.symbols()));
      }
    }
    return made;
  }

  private Set<Root> targets(List<CallSite> made) {
    Set<Root> targets = new LinkedHashSet<>();
    for (CallSite site : made) {
      if (site.syscall().equals(Optional.of(Syscall.SOL_TAIL_CALL))) {
        targets.addAll(targets(site));
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

  private static Map<Root, Set<Root>> closure(Root root, Map<Root, Set<Root>> next) {
    Map<Root, Set<Root>> targets = new LinkedHashMap<>();
    Deque<Root> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      Root one = open.pop();
      if (!targets.containsKey(one)) {
        Set<Root> ahead = next.getOrDefault(one, Set.of());
        targets.put(one, ahead);
        open.addAll(ahead);
      }
    }
    return targets;
  }

  /** The roots that a root can go on in, each with those that it can go on in. */
  Map<Root, Set<Root>> from(Root root) {
    return from.getOrDefault(root, Map.of());
  }

  /** The calls of the runtime that a root can make. */
  List<CallSite> sites(Root root) {
    return sites.getOrDefault(root, List.of());
  }

  /**
   * A root, and all whose executions may follow it or may hand their heap to it or to those, by
   * tail calls.
   */
  List<Integer> linked(int index) {
    BitSet linked = new BitSet();
    after.get(index).stream().forEach(target -> linked.or(before.get(target)));
    return linked.stream().boxed().toList();
  }
}

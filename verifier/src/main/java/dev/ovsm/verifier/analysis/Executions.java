package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.analysis.Examination.FunctionLoops;
import dev.ovsm.verifier.analysis.Examination.Unknown;
import dev.ovsm.verifier.graph.CallGraph;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import dev.ovsm.verifier.graph.Subject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What executions of a subject run: the instances of functions that each root leads to. */
final class Executions {
  private final Subject subject;
  private final CallGraph calls;
  private final Instances instances;
  private final @Nullable Instance dispatcher;
  private final Map<Root, Instance> roots = new LinkedHashMap<>();
  private final Map<Root, Set<Instance>> reached = new HashMap<>();
  private final Map<Integer, List<Instance>> byFunction = new HashMap<>();

  /** Analyses all functions of a subject as its roots lead to them. */
  Executions(Subject subject, CallGraph calls) {
    this.subject = subject;
    this.calls = calls;
    this.instances = new Instances(subject.graphs(), calls, subject.roots());
    List<Instance> entered = instances.roots(subject.roots());
    for (int i = 0; i < entered.size(); i++) {
      roots.put(subject.roots().get(i), entered.get(i));
    }
    this.dispatcher = subject.dispatcher() < 0 ? null : instances.root(subject.dispatcher());
    instances.follow();
    roots.forEach((root, instance) -> reached.put(root, from(instance)));
  }

  /** The function through which the runtime reaches every root, if there is one. */
  @Nullable Instance dispatcher() {
    return dispatcher;
  }

  /** The instances that each root leads to. */
  Map<Root, Set<Instance>> reached() {
    return reached;
  }

  /** How often operations were evaluated on sets of values. */
  long evaluations() {
    return instances.evaluations();
  }

  /** How many steps the analyses took. */
  long work() {
    return instances.work();
  }

  /** The functions of a root with what is known of each whoever calls it. */
  Scope scope(Root root) {
    return new Scope(instances, calls, entered(root), reached(root));
  }

  private static Set<Instance> from(Instance root) {
    Set<Instance> all = new LinkedHashSet<>();
    Deque<Instance> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      Instance instance = open.pop();
      if (all.add(instance)) {
        open.addAll(instance.calls().values());
      }
    }
    return all;
  }

  /** The instances that a root leads to. */
  Set<Instance> reached(Root root) {
    return reached.getOrDefault(root, Set.of());
  }

  /** The instance that the runtime enters for a root. */
  Instance entered(Root root) {
    Instance instance = roots.get(root);
    if (instance == null) {
      throw new IllegalArgumentException(root.name() + " is no root of this subject");
    }
    return instance;
  }

  /** The loops that a root runs, each once with its greatest bound. */
  List<Loop> loops(Root root) {
    Map<Place, Loop> loops = new LinkedHashMap<>();
    for (Instance instance : reached(root)) {
      for (Loop loop : instance.loops()) {
        loops.merge(loop.place(), loop, (a, b) -> a.times() >= b.times() ? a : b);
      }
    }
    return List.copyOf(loops.values());
  }

  /** The loops of every function of machine code, whoever calls it with whatever arguments. */
  List<FunctionLoops> functionLoops() {
    List<FunctionLoops> all = new ArrayList<>();
    for (int function = 0; function < subject.graphs().size(); function++) {
      Graph graph = subject.graphs().get(function);
      // Code has a block before its first; one alone stands for what was not looked into.
      boolean known = graph.blocks().size() > 1;
      List<Loop> loops = instances.loops(function);
      List<Integer> callees = Arrays.stream(calls.callees(function)).boxed().toList();
      boolean anything = graph.nodes().stream().anyMatch(n -> n.op() instanceof Op.CallIndirect);
      all.add(
          new FunctionLoops(
              graph.name(),
              graph.place(),
              known,
              loops,
              callees,
              calls.isRecursive(function),
              anything));
    }
    return all;
  }

  /** The instances of a function that some root leads to. */
  List<Instance> of(int function) {
    return byFunction.computeIfAbsent(
        function,
        f ->
            reached.values().stream()
                .flatMap(Set::stream)
                .filter(one -> one.function() == f)
                .distinct()
                .toList());
  }

  /** The calls by which functions that a root runs come to call themselves. */
  List<Place> recursion(Root root) {
    Set<Place> places = new LinkedHashSet<>();
    for (Instance instance : reached(root)) {
      int caller = instance.function();
      for (Node node : instance.running()) {
        if (node.op() instanceof Op.Call call
            && calls.isRecursive(call.callee())
            && calls.areMutual(caller, call.callee())) {
          places.add(node.place());
        }
      }
    }
    return List.copyOf(places);
  }

  /** Whether a root can call a function that is not known, or too tangled to be looked into. */
  Optional<Unknown> unknownCall(Root root) {
    for (Instance instance : reached(root)) {
      for (Node node : instance.running()) {
        if (node.op() instanceof Op.CallIndirect call) {
          return Optional.of(new Unknown(node.place(), name(root, instance), call.callee()));
        }
      }
    }
    return Optional.empty();
  }

  private String name(Root root, Instance instance) {
    return instance == entered(root) ? root.name() : instance.graph().name();
  }
}

package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.analysis.Costs.Measure;
import dev.ovsm.verifier.analysis.Examination.FunctionUnits;
import dev.ovsm.verifier.analysis.Examination.Use;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import dev.ovsm.verifier.graph.Subject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What executions take at most: compute units, emissions, calls of others, frames and heap. */
final class WorstCase {
  private final Subject subject;
  private final Executions executions;
  private final TailCalls tailCalls;
  private final Costs units = new Costs(Measure.UNITS, Set.of());
  private final Costs emissions = new Costs(Measure.EMISSIONS, Set.of());
  private final Costs invocations = new Costs(Measure.INVOCATIONS, Set.of());
  private final Costs dispatch;
  private final Costs heap = new Costs(Measure.HEAP, Set.of());
  private final Costs scheduled = new Costs(Measure.SCHEDULED, Set.of());
  private final FrameUse frames = new FrameUse();

  /** The worst cases of a subject. */
  WorstCase(Subject subject, Executions executions, TailCalls tailCalls) {
    this.subject = subject;
    this.executions = executions;
    this.tailCalls = tailCalls;
    this.dispatch =
        new Costs(
            Measure.UNITS,
            subject.roots().stream().map(Root::function).collect(Collectors.toSet()));
  }

  private Instance instance(Root root) {
    return executions.entered(root);
  }

  /**
   * The most compute units of an execution that enters at a root, {@link Saturated#UNBOUNDED} if
   * there is no bound; of IR an estimate. What calls of other programs take is not in it.
   */
  long units(Root root) {
    return withTailCalls(root, one -> Saturated.sum(dispatch(one), units.of(instance(one))));
  }

  /** The most emissions of an execution that enters at a root. */
  long emissions(Root root) {
    return withTailCalls(root, one -> emissions.of(instance(one)));
  }

  /** The most calls of other programs in an execution that enters at a root. */
  long invocations(Root root) {
    return withTailCalls(root, one -> invocations.of(instance(one)));
  }

  /** What the worst case of a root of machine code is made of; nothing if it has no bound. */
  Split split(Root root) {
    boolean bounded = units(root) != Saturated.UNBOUNDED;
    List<Root> chain =
        bounded
            ? Chains.of(tailCalls.from(root), one -> units.of(instance(one))).way(root)
            : List.of();
    return Shares.of(chain.stream().map(this::instance).toList(), units);
  }

  /** The most compute units of a call of each function that a root runs. */
  List<FunctionUnits> functions(Root root) {
    Set<Integer> all = new LinkedHashSet<>();
    executions.reached(root).forEach(instance -> all.add(instance.function()));
    Costs alone = new Costs(Measure.UNITS, all);
    Map<Integer, FunctionUnits> most = new LinkedHashMap<>();
    for (Instance instance : executions.reached(root)) {
      String name = instance.graph().name();
      long own = alone.of(instance);
      long total = units.of(instance);
      int index = instance.function();
      Place place = instance.graph().place();
      most.merge(
          index,
          new FunctionUnits(index, name, place, own, total),
          (a, b) ->
              new FunctionUnits(
                  index, name, place, Math.max(a.own(), b.own()), Math.max(a.total(), b.total())));
    }
    return List.copyOf(most.values());
  }

  /** What an execution that enters at a root takes of the machine's memory, where it is bounded. */
  Use use(Root root) {
    boolean dispatched = subject.dispatcher() >= 0 && subject.dispatcher() != root.function();
    Instance entered = instance(root);
    return new Use(
        frames.frames(entered) + (dispatched ? 1 : 0),
        frames.deepest(entered).stream().map(Node::place).toList(),
        subject.untyped() ? FrameUse.bytes(executions.reached(root)) : 0,
        heap.of(entered));
  }

  /** The most compute units, all budgets together, that an execution asks to be set aside. */
  long scheduled(Root root) {
    return withTailCalls(root, one -> scheduled.of(instance(one)));
  }

  /** What it takes to get from the entrypoint to a root. */
  private long dispatch(Root root) {
    Instance dispatcher = executions.dispatcher();
    return dispatcher == null || subject.dispatcher() == root.function()
        ? 0
        : dispatch.of(dispatcher);
  }

  /** The most of a chain of executions, each entered from the one before by a tail call. */
  private long withTailCalls(Root root, ToLongFunction<Root> own) {
    return Chains.of(tailCalls.from(root), own).longest(root);
  }
}

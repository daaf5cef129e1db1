package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Effect;
import dev.ovsm.verifier.analysis.Access.Grade;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Area;
import dev.ovsm.verifier.graph.Away;
import dev.ovsm.verifier.graph.CallGraph;
import dev.ovsm.verifier.graph.Exact;
import dev.ovsm.verifier.graph.Framed;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Operand;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import dev.ovsm.verifier.graph.Subject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All that the analyses find of a subject, asked for root by root. */
public final class Examination {
  private final Subject subject;
  private final CallGraph calls;
  private final Executions executions;
  private final TailCalls tailCalls;
  private final WorstCase worst;
  private final Map<Integer, List<Exact>> claims;

  private Examination(Subject subject) {
    this.subject = subject;
    this.calls = CallGraph.of(subject.graphs());
    this.executions = new Executions(subject, calls);
    this.tailCalls = new TailCalls(subject, executions.reached());
    this.worst = new WorstCase(subject, executions, tailCalls);
    this.claims = subject.exact().stream().collect(Collectors.groupingBy(Exact::function));
  }

  /** Analyses a subject. */
  public static Examination of(Subject subject) {
    return new Examination(subject);
  }

  /** How many functions there are. */
  public int size() {
    return subject.graphs().size();
  }

  /**
   * How many steps the analyses took: operations evaluated on sets of values, facts and sums looked
   * at. It is the same on every machine, and the time grows with it.
   */
  public long work() {
    return executions.work();
  }

  /** How often operations were evaluated on sets of values. */
  long evaluations() {
    return executions.evaluations();
  }

  /** Where the result of a root lies, if it ends well. */
  public Word result(Root root) {
    return executions.entered(root).result();
  }

  /** The loops that a root runs, each once with its greatest bound. */
  public List<Loop> loops(Root root) {
    return executions.loops(root);
  }

  /**
   * The loops of a function of machine code.
   *
   * @param isKnown whether it was looked into
   * @param callees the functions that it calls, by their places in the list of all
   * @param callsItself whether it can come to call itself
   * @param callsAnything whether it calls addresses, where any function may be
   */
  public record FunctionLoops(
      String function,
      Place place,
      boolean isKnown,
      List<Loop> loops,
      List<Integer> callees,
      boolean callsItself,
      boolean callsAnything) {}

  /** The loops of every function of machine code, whoever calls it with whatever arguments. */
  public List<FunctionLoops> functionLoops() {
    return executions.functionLoops();
  }

  /** Whether some root can come to a block of a function. */
  public boolean reaches(int function, int block) {
    return executions.of(function).stream().anyMatch(one -> one.ranges().reaches(block));
  }

  /** What a node can be in a block of a function, whichever root leads there; -1 is anything. */
  public Word values(int function, int node, int block) {
    if (node < 0) {
      return Word.any();
    }
    Word all = Word.empty(64);
    for (Instance one : executions.of(function)) {
      all = one.ranges().reaches(block) ? all.join(one.ranges().in(node, block)) : all;
    }
    return all;
  }

  /** The calls by which functions that a root runs come to call themselves. */
  public List<Place> recursion(Root root) {
    return executions.recursion(root);
  }

  /**
   * The most compute units of an execution that enters at a root, {@link Saturated#UNBOUNDED} if
   * there is no bound; of IR an estimate. What calls of other programs take is not in it.
   */
  public long units(Root root) {
    return worst.units(root);
  }

  /** The most emissions of an execution that enters at a root. */
  public long emissions(Root root) {
    return worst.emissions(root);
  }

  /** The most calls of other programs in an execution that enters at a root. */
  public long invocations(Root root) {
    return worst.invocations(root);
  }

  /** The most compute units, all budgets together, that an execution asks to be set aside. */
  public long scheduled(Root root) {
    return worst.scheduled(root);
  }

  /**
   * What one call of a function takes at most.
   *
   * @param own without the functions that it calls
   */
  public record FunctionUnits(int index, String function, Place place, long own, long total) {}

  /** What the worst case of a root of machine code is made of; nothing if it has no bound. */
  public Split split(Root root) {
    return worst.split(root);
  }

  /** The most compute units of a call of each function that a root runs. */
  public List<FunctionUnits> functions(Root root) {
    return worst.functions(root);
  }

  /**
   * What an execution takes of the machine's memory, calls of other programs and tail calls apart.
   *
   * @param frames the most frames at once
   * @param calls the calls on the way to the deepest of them
   * @param frameBytes how much of a frame is used at most; 0 if there is no machine code
   * @param heapBytes what is counted as taken from the heap
   */
  public record Use(long frames, List<Place> calls, long frameBytes, long heapBytes) {
    public Use {
      calls = List.copyOf(calls);
    }
  }

  /** What an execution that enters at a root takes of the machine's memory, where it is bounded. */
  public Use use(Root root) {
    return worst.use(root);
  }

  /**
   * How a root handles what must be handled in an order.
   *
   * @param counts how many resources of each kind
   * @param missteps what is wrong, or cannot be followed
   * @param isCut whether the steps did not suffice; then nothing of it is certain
   */
  public record Handling(Map<Resource, Integer> counts, List<Misstep> missteps, boolean isCut) {
    public Handling {
      missteps = List.copyOf(missteps);
    }
  }

  /** How a root handles what must be handled in an order, as far as so many steps tell. */
  public Handling handling(Root root, long steps) {
    Conducts conducts = new Conducts(executions.entered(root), steps);
    return new Handling(conducts.counts(), conducts.missteps(), conducts.isCut());
  }

  /**
   * The accesses to memory that a root leads to.
   *
   * @param isOwn whether the program says of itself what our compiler says
   */
  public record Touched(Map<Grade, List<Access>> accesses, boolean isOwn) {
    /** The accesses of a grade. */
    public List<Access> of(Grade grade) {
      return accesses.getOrDefault(grade, List.of());
    }

    /** How many accesses have a grade. */
    public long count(Grade grade) {
      return of(grade).size();
    }
  }

  /** The accesses to memory that a root leads to. */
  public Touched touched(Root root) {
    Area area = subject.area();
    return new Touched(new Accesses(area, executions.entered(root)).byGrade(), area.isOwn());
  }

  /**
   * What a root may change of accounts.
   *
   * @param isSure whether what was found of them holds in every execution
   */
  public record Changed(List<AccountWrite> writes, boolean isSure) {
    public Changed {
      writes = List.copyOf(writes);
    }

    /** Those of which it is not shown that they may be. */
    public List<AccountWrite> open() {
      return writes.stream()
          .filter(write -> !isSure || write.standing() != AccountWrite.Standing.CHECKED)
          .toList();
    }

    /** How many of those have no known place, if more would be shown of all of them with one. */
    public long lost() {
      boolean hopeless =
          open().stream()
              .anyMatch(
                  write -> !write.isLost() && write.standing() != AccountWrite.Standing.CHECKED);
      return hopeless ? 0 : open().stream().filter(AccountWrite::isLost).count();
    }
  }

  /** What a root may change of accounts. */
  public Changed changed(Root root) {
    Set<Instance> running = new LinkedHashSet<>();
    roots(linked(tailCalls.index(root))).forEach(one -> running.addAll(executions.reached(one)));
    boolean recursive = running.stream().anyMatch(one -> calls.isRecursive(one.function()));
    Writing writing = new Writing(running, recursive, subject.untyped());
    return new Changed(writing.writes(executions.reached(root), root), writing.isIntact());
  }

  /** The subject's roots of these indices. */
  public List<Root> roots(List<Integer> indices) {
    return indices.stream().map(index -> subject.roots().get(index)).toList();
  }

  /**
   * What the subject rests on and cannot be shown of some roots and all that they lead to; if some
   * of it is known to be wrong, only that, because more can be shown without it.
   */
  public List<Away> unshown(Collection<Root> some) {
    Set<Instance> running = new LinkedHashSet<>();
    some.forEach(root -> running.addAll(executions.reached(root)));
    boolean recursive = running.stream().anyMatch(one -> calls.isRecursive(one.function()));
    Avoidance avoidance = new Avoidance(recursive ? Set.of() : running);
    List<Away> unshown =
        subject.away().stream().filter(away -> recursive || !avoidance.shows(away)).toList();
    List<Away> wrong = unshown.stream().filter(avoidance::refutes).toList();
    return wrong.isEmpty() ? unshown : wrong;
  }

  /** How far from frame pointers addresses lie that some roots and all that they lead to use. */
  public Map<Operand, Framed> framed(Collection<Root> some) {
    return Framing.of(instances(some));
  }

  /** Those operands that are used otherwise than supposed, or of which that cannot be shown. */
  public Set<Operand> unframed(Collection<Root> some, Map<Operand, Framed> supposed) {
    return Framing.unframed(instances(some), supposed);
  }

  private List<Instance> instances(Collection<Root> some) {
    return some.stream().flatMap(root -> executions.reached(root).stream()).distinct().toList();
  }

  /** The place of something that was supposed. */
  public Place place(Away away) {
    return subject.graphs().get(away.function()).node(away.node()).place();
  }

  /** The calls that a root can make to watch, to subscribe or to schedule. */
  public List<Request> requests(Root root) {
    return Requests.of(executions.reached(root), subject.area());
  }

  /** The roots that a root can go on in, each with those that it can go on in. */
  public Map<Root, Set<Root>> tailCalls(Root root) {
    return tailCalls.from(root);
  }

  /**
   * A root, and all whose executions may follow it or may hand their heap to it or to those, by
   * tail calls.
   */
  public List<Integer> linked(int index) {
    return tailCalls.linked(index);
  }

  /** The calls of the runtime that a root can make. */
  public List<CallSite> callSites(Root root) {
    return tailCalls.sites(root);
  }

  /** A call of which it is not known what is called. */
  public record Unknown(Place place, String function, Op.CallIndirect.Callee callee) {}

  /** Whether a root can call a function that is not known, or too tangled to be looked into. */
  public Optional<Unknown> unknownCall(Root root) {
    return executions.unknownCall(root);
  }

  /** The ways on which a root lets values from doubtful sources decide anything. */
  public List<Flow> flows(Root root) {
    Scope scope = executions.scope(root);
    return new Taint(scope, subject.untyped()).flows();
  }

  /** The claims of exactness that do not hold or cannot be shown, of the functions of a root. */
  public List<Place> inexact(Root root) {
    Set<Place> places = new LinkedHashSet<>();
    for (Instance instance : executions.reached(root)) {
      for (Exact claim : claims.getOrDefault(instance.function(), List.of())) {
        if (!Exactness.holds(instance, claim)) {
          places.add(instance.graph().node(claim.node()).place());
        }
      }
    }
    return List.copyOf(places);
  }

  /** Whether a call of the runtime, as far as is known of it, has an effect. */
  public static boolean has(CallSite site, Effect effect) {
    return site.syscall().map(syscall -> syscall.effects().contains(effect)).orElse(true);
  }
}

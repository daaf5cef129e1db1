package dev.ovsm.verifier;

import dev.ovsm.diag.Span;
import dev.ovsm.elf.Manifest;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.work.Workers;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Examination.FunctionLoops;
import dev.ovsm.verifier.analysis.Examination.Touched;
import dev.ovsm.verifier.analysis.Examination.Use;
import dev.ovsm.verifier.analysis.Loop;
import dev.ovsm.verifier.front.ModuleFront;
import dev.ovsm.verifier.graph.Root;
import dev.ovsm.verifier.graph.Subject;
import dev.ovsm.verifier.lift.ProgramFront;
import dev.ovsm.verifier.lift.Snapshot;
import dev.ovsm.verifier.lift.Supposed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * The extended verifier: it proves that every execution ends in bounded time, within its budget,
 * emits little and is the same everywhere, or says why not.
 *
 * <p>What it calls safe holds in every execution; what it cannot decide it calls unknown.
 */
public final class Verifier {
  /** With more functions than these, roots are judged at once. */
  private static final int MANY_FUNCTIONS = 50;

  private Verifier() {}

  /** Verifies a module that {@code IrChecker} accepts; compute units are estimated. */
  public static Report verify(Module module, Policy policy) {
    Subject subject = ModuleFront.lift(module, policy::budget);
    Examination examination = Examination.of(subject);
    List<Finding> findings = judge(Refined.plain(subject.roots(), examination), policy, true);
    boolean unsafe = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.UNSAFE);
    return new Report(findings, unsafe ? Optional.empty() : Optional.of(new Verified(module)));
  }

  /**
   * Verifies machine code that {@code sbpf.Validator} accepts, whoever made it.
   *
   * <p>Of the manifest only this is believed: that an execution in which the entrypoint finds a
   * loaded word to be an entry's discriminator is one of that entry. What it does for no entry is
   * looked at too, and told if it is not safe.
   *
   * @param manifest its entries; without entries the program has one, its first instruction
   * @param spans the place in the source that a slot stands for, if any
   */
  public static List<Finding> verify(
      Program program, Manifest manifest, IntFunction<Span> spans, Policy policy) {
    return judge(Refined.all(program, manifest, spans, policy), policy, false);
  }

  /** What the entries of such machine code take in the worst case, in the order of the manifest. */
  public static List<Cost> cost(
      Program program, Manifest manifest, IntFunction<Span> spans, Policy policy) {
    return Refined.all(program, manifest, spans, policy).stream()
        .filter(one -> !one.root().isOthers())
        .map(one -> new Costing(program, one.examination()).of(one.root()))
        .toList();
  }

  /**
   * The loops of every function of machine code that its first instruction leads to, whatever a
   * function is called with and whatever its callees take.
   */
  public static List<FunctionLoops> loops(Program program, Manifest manifest) {
    Policy policy = Policy.standard();
    IntFunction<Span> nowhere = pc -> Span.none();
    Subject subject =
        ProgramFront.lift(program, manifest, nowhere, policy::budget, Supposed.NOTHING);
    return Examination.of(subject).functionLoops();
  }

  /**
   * Everything that is believed of executions of a program, so that they can be held to it.
   *
   * @param cost what its first entry takes
   * @param events how many it emits at most
   * @param loops the loops that this entry runs
   * @param states what the machine may hold before each instruction that an execution can come to;
   *     nothing if there is no bound
   * @param touched its accesses to memory
   * @param use what it takes of the machine's memory
   * @param isSupposed whether it rests on addresses that were supposed to lead to no frame before
   *     it was shown
   */
  public record Believed(
      Cost cost,
      long events,
      List<Loop> loops,
      Map<Integer, State> states,
      Touched touched,
      Use use,
      boolean isSupposed) {}

  /** What is believed of executions of machine code. */
  public static Believed believed(Program program, Manifest manifest) {
    Policy policy = Policy.standard();
    List<Snapshot> snapshots = new ArrayList<>();
    Subject plain =
        ProgramFront.watch(program, manifest, policy::budget, snapshots::add, Supposed.NOTHING);
    Refined refined = Refined.all(plain, program, manifest, pc -> Span.none(), policy).get(0);
    if (refined.supposed().isAny()) {
      snapshots.clear();
      ProgramFront.watch(program, manifest, policy::budget, snapshots::add, refined.supposed());
    }
    Examination examination = refined.examination();
    Root first = refined.root();
    Cost cost = new Costing(program, examination).of(first);
    Map<Integer, State> states = new TreeMap<>();
    for (Snapshot at : cost.units() == Cost.UNBOUNDED ? List.<Snapshot>of() : snapshots) {
      if (examination.reaches(at.function(), at.block())) {
        states.merge(at.pc(), State.of(at, examination), State::join);
      }
    }
    return new Believed(
        cost,
        examination.emissions(first),
        examination.loops(first),
        states,
        examination.touched(first),
        examination.use(first),
        refined.supposed().isAny());
  }

  /**
   * What is found of machine code, with what it rests on.
   *
   * @param entry the first entry, which the examination knows
   */
  public record Examined(List<Finding> findings, Examination examination, Root entry) {
    public Examined {
      findings = List.copyOf(findings);
    }
  }

  /** The findings on machine code, with what they rest on. */
  public static Examined examine(Program program, Manifest manifest, Policy policy) {
    List<Refined> all = Refined.all(program, manifest, pc -> Span.none(), policy);
    Refined first = all.get(0);
    return new Examined(judge(all, policy, false), first.examination(), first.root());
  }

  private static List<Finding> judge(List<Refined> all, Policy policy, boolean estimated) {
    List<Check> checks =
        List.of(
            new TerminationCheck(),
            new ComputeCheck(estimated),
            new BudgetCheck(estimated),
            new EventCheck(),
            new TailCallCheck(),
            new RegistrationCheck(),
            new DeterminismCheck(),
            new StackCheck(estimated),
            new MemoryCheck(estimated),
            new WriteCheck(estimated),
            new ProtocolCheck(),
            new ArithmeticCheck());
    boolean isMuch = all.stream().anyMatch(one -> one.examination().size() > MANY_FUNCTIONS);
    List<List<Finding>> findings =
        Workers.each(
            all,
            isMuch,
            one -> {
              List<Finding> found = new ArrayList<>();
              checks.forEach(
                  check -> found.addAll(check.of(one.root(), one.examination(), policy)));
              return one.root().isOthers() ? problems(found) : found;
            });
    return findings.stream().flatMap(List::stream).toList();
  }

  /** What is worth telling of an entry that nobody knows of. */
  private static List<Finding> problems(List<Finding> findings) {
    return findings.stream().filter(one -> !one.verdict().passes()).toList();
  }
}

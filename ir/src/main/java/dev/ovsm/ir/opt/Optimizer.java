package dev.ovsm.ir.opt;

import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.flow.CallGraph;
import dev.ovsm.ir.work.Workers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes a module's code cheaper without changing what it means: results, failures, stores and calls
 * and their order stay. Nothing is concluded from what a program had better not do.
 *
 * <p>The order of the passes is fixed, and each is run on the result of the one before; claims that
 * arithmetic is exact come last, so that the verifier can find their reasons in what it is given.
 */
public final class Optimizer {
  /** Level 0: only functions that nothing calls go. */
  public static final int NONE = 0;

  /** Level 1: cheap clean-up of each function. */
  public static final int CLEAN = 1;

  /** Level 2: everything. */
  public static final int ALL = 2;

  private Optimizer() {}

  /**
   * Optimises a well-formed module.
   *
   * @param level {@link #NONE}, {@link #CLEAN} or {@link #ALL}
   */
  public static Module optimize(Module module, int level) {
    return optimize(module, level, UnaryOperator.identity());
  }

  /** With every pass put through {@code watch} before it is used, so that tests can look on. */
  static Module optimize(Module module, int level, UnaryOperator<Pass> watch) {
    if (level < NONE || level > ALL) {
      throw new IllegalArgumentException("level " + level);
    }
    Module reachable = reachable(module);
    if (level == NONE) {
      return reachable;
    }
    List<Pass> cleaning = cleaning(module);
    Settled settled = new Settled();
    Pass clean = new Schedule(cleaning, watch, settled);
    Module cleaned = eachFunction(reachable, clean);
    if (level < ALL) {
      return eachFunction(cleaned, Rebuild::numbered);
    }
    Module inlined = reachable(Inliner.run(cleaned, clean));
    return eachFunction(inlined, new Schedule(everything(cleaning), watch, settled));
  }

  private static List<Pass> cleaning(Module module) {
    Pass controlFlow = new ControlFlow();
    Pass simplify = new Simplify(module);
    return List.of(
        controlFlow,
        simplify,
        new JumpThreading(),
        controlFlow,
        new CommonSubexpressions(),
        simplify,
        new DeadCode(),
        controlFlow);
  }

  private static List<Pass> everything(List<Pass> cleaning) {
    Pass checkRemoval = new CheckRemoval();
    List<Pass> passes = new ArrayList<>(cleaning);
    passes.add(new ScalarReplacement());
    passes.addAll(cleaning);
    passes.add(new LoadForwarding());
    passes.add(new LoopInvariants());
    passes.addAll(cleaning);
    passes.add(checkRemoval);
    passes.addAll(cleaning);
    passes.add(checkRemoval);
    passes.add(new TailMerging());
    passes.addAll(cleaning.subList(cleaning.size() - 3, cleaning.size()));
    passes.add(Rebuild::numbered);
    return passes;
  }

  private static Module eachFunction(Module module, Pass pass) {
    return module.withFunctions(Workers.eachFunction(module.functions(), pass::run));
  }

  /** Without the functions that neither the entrypoint nor an entry reaches. */
  private static Module reachable(Module module) {
    CallGraph graph = new CallGraph(module);
    Set<String> reached = new LinkedHashSet<>();
    graph.reachable(Module.ENTRYPOINT).forEach(function -> reached.add(function.name()));
    for (Entry entry : module.entries()) {
      graph.reachable(entry.function()).forEach(function -> reached.add(function.name()));
    }
    boolean isProgram =
        module.functions().stream().anyMatch(f -> f.name().equals(Module.ENTRYPOINT));
    return isProgram
        ? module.withFunctions(
            module.functions().stream().filter(f -> reached.contains(f.name())).toList())
        : module;
  }
}

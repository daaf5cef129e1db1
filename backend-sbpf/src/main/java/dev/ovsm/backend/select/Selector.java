package dev.ovsm.backend.select;

import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.flow.CallGraph;
import dev.ovsm.ir.work.Workers;
import dev.ovsm.sbpf.Version;
import java.util.List;
import java.util.Set;

/**
 * Selects machine instructions for the functions that the entrypoint reaches.
 *
 * <p>Failures leave a function with a code in r0 and 1 in r1; a function that can fail returns 0 in
 * r1, and its callers look at r1 right after the call.
 */
public final class Selector {
  private Selector() {}

  /** The reachable functions of a module in expanded form, the entrypoint first. */
  public static List<MachineFunction> select(Module module, Version version) {
    CallGraph graph = new CallGraph(module);
    Set<String> failing = Failing.of(graph);
    Retention retention = new Retention(module);
    boolean showsData = PresenceCheck.isPossible(module);
    List<Function> functions = graph.reachable(Module.ENTRYPOINT);
    return Workers.eachFunction(
        functions,
        function -> new FunctionSelector(function, failing, retention, showsData, version).run());
  }
}

package dev.ovsm.ir.flow;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.work.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which function calls which. */
public final class CallGraph {
  private final Map<String, Function> functions = new LinkedHashMap<>();
  private final Map<String, Set<String>> callees = new LinkedHashMap<>();
  private final Map<String, List<String>> callers = new LinkedHashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();

  public CallGraph(Module module) {
    for (Function function : module.functions()) {
      functions.put(function.name(), function);
      callees.put(function.name(), new LinkedHashSet<>());
      callers.put(function.name(), new ArrayList<>());
    }
    List<Map<String, Integer>> made = Workers.eachFunction(module.functions(), CallGraph::calls);
    for (int i = 0; i < made.size(); i++) {
      String caller = module.functions().get(i).name();
      Set<String> called = callees.getOrDefault(caller, Set.of());
      made.get(i)
          .forEach(
              (callee, times) -> {
                calls.merge(callee, times, Integer::sum);
                if (functions.containsKey(callee)) {
                  called.add(callee);
                  callers.getOrDefault(callee, List.of()).add(caller);
                }
              });
    }
  }

  /** How often a function calls which, in the order of the first calls. */
  private static Map<String, Integer> calls(Function function) {
    Map<String, Integer> calls = new LinkedHashMap<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Call call) {
          calls.merge(call.function(), 1, Integer::sum);
        }
      }
    }
    return calls;
  }

  /** How many calls of a function there are. */
  public int calls(String function) {
    return calls.getOrDefault(function, 0);
  }

  /** The functions that a function calls, in the order of the first calls. */
  public Set<String> callees(String function) {
    return callees.getOrDefault(function, Set.of());
  }

  /** The functions that may call themselves, directly or through others. */
  public Set<String> recursive() {
    return new Cycles(callees).members();
  }

  /** The functions reachable from a root, it first, each after one of its callers. */
  public List<Function> reachable(String root) {
    List<Function> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Deque<String> work = new ArrayDeque<>();
    work.add(root);
    seen.add(root);
    while (!work.isEmpty()) {
      String name = work.remove();
      Function function = functions.get(name);
      if (function != null) {
        found.add(function);
      }
      for (String callee : callees(name)) {
        if (seen.add(callee)) {
          work.add(callee);
        }
      }
    }
    return found;
  }

  /** The functions for which a property holds, and all that call one of them at any remove. */
  public Set<String> callersOf(Predicate<Function> property) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> work = new ArrayDeque<>();
    for (Function function : functions.values()) {
      if (property.test(function)) {
        found.add(function.name());
        work.add(function.name());
      }
    }
    while (!work.isEmpty()) {
      for (String caller : callers.getOrDefault(work.remove(), List.of())) {
        if (found.add(caller)) {
          work.add(caller);
        }
      }
    }
    return found;
  }
}

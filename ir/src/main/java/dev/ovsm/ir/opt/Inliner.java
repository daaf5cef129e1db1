package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.flow.CallGraph;
import dev.ovsm.ir.work.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles functions into their callers, callees before callers: small ones everywhere, others
 * where the only call of them is. A recursive function stays, and so does what would make a frame
 * too large.
 */
final class Inliner {
  /** A call costs about as much as so many instructions save by knowing their arguments. */
  private static final int SMALL = 24;

  private static final int LARGEST_CALLER = 4_000;

  /** Leaves room for numbers that do not fit the registers, and for slots that cannot share. */
  private static final long LARGEST_FRAME = 2_560;

  private final Module module;
  private final CallGraph graph;
  private final Set<String> recursive;
  private final Map<String, Function> functions = new LinkedHashMap<>();
  private final Map<String, Integer> sizes = new HashMap<>();
  private final Map<String, Long> frames = new HashMap<>();
  private final Pass cleaning;

  private Inliner(Module module, Pass cleaning) {
    this.module = module;
    this.cleaning = cleaning;
    this.graph = new CallGraph(module);
    this.recursive = graph.recursive();
    for (Function function : module.functions()) {
      functions.put(function.name(), function);
    }
  }

  /** Inlines throughout a module; {@code cleaning} is run on each function that changed. */
  static Module run(Module module, Pass cleaning) {
    return new Inliner(module, cleaning).run();
  }

  private Module run() {
    for (List<Function> wave : waves()) {
      List<Function> inlined = Workers.eachFunction(wave, this::inline);
      for (Function function : inlined) {
        functions.put(function.name(), function);
        sizes.put(function.name(), size(function));
        frames.put(function.name(), FrameEstimate.of(function, Map.of()));
      }
    }
    return module.withFunctions(List.copyOf(functions.values()));
  }

  /**
   * The functions, those of one wave calling none but those of earlier ones; only in a circle of
   * calls, where nothing is inlined, it may be otherwise.
   */
  private List<List<Function>> waves() {
    Map<String, Integer> levels = new HashMap<>();
    List<List<Function>> waves = new ArrayList<>();
    for (String name : calleesFirst()) {
      int level = 0;
      for (String callee : graph.callees(name)) {
        level = Math.max(level, levels.getOrDefault(callee, -1) + 1);
      }
      levels.put(name, level);
      while (waves.size() <= level) {
        waves.add(new ArrayList<>());
      }
      Function function = functions.get(name);
      if (function != null) {
        waves.get(level).add(function);
      }
    }
    return waves;
  }

  private List<String> calleesFirst() {
    List<String> order = new ArrayList<>();
    Set<String> entered = new HashSet<>();
    Deque<String> stack = new ArrayDeque<>();
    Deque<Deque<String>> pending = new ArrayDeque<>();
    for (String root : functions.keySet()) {
      if (!entered.add(root)) {
        continue;
      }
      stack.push(root);
      pending.push(new ArrayDeque<>(graph.callees(root)));
      while (!stack.isEmpty()) {
        String callee = pending.element().poll();
        if (callee == null) {
          order.add(stack.pop());
          pending.pop();
        } else if (entered.add(callee)) {
          stack.push(callee);
          pending.push(new ArrayDeque<>(graph.callees(callee)));
        }
      }
    }
    return order;
  }

  private Function inline(Function caller) {
    Map<CallSite, Function> chosen = new HashMap<>();
    Map<CallSite, Long> inlinedFrames = new HashMap<>();
    int size = size(caller);
    for (Block block : caller.blocks()) {
      for (int index = 0; index < block.insts().size(); index++) {
        if (block.insts().get(index) instanceof Inst.Call call
            && isWorthIt(call.function(), caller.name(), size)) {
          CallSite site = new CallSite(block.id(), index);
          Function callee = functions.get(call.function());
          long frame = frames.getOrDefault(call.function(), Long.MAX_VALUE);
          inlinedFrames.put(site, frame);
          boolean fits = frame == 0 || FrameEstimate.of(caller, inlinedFrames) <= LARGEST_FRAME;
          if (fits && callee != null) {
            chosen.put(site, callee);
            size += sizes.getOrDefault(call.function(), 0);
          } else {
            inlinedFrames.remove(site);
          }
        }
      }
    }
    return chosen.isEmpty() ? caller : cleaning.run(Splice.run(caller, chosen));
  }

  private boolean isWorthIt(String callee, String caller, int callerSize) {
    Integer size = sizes.get(callee);
    if (size == null || callee.equals(caller) || recursive.contains(callee)) {
      return false;
    }
    boolean small = size <= SMALL;
    boolean once = graph.calls(callee) == 1;
    return (small || once) && callerSize + size <= LARGEST_CALLER;
  }

  private static int size(Function function) {
    int size = 0;
    for (Block block : function.blocks()) {
      size += block.insts().size() + 1;
    }
    return size;
  }
}

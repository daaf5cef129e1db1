package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.build.FunctionBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lowers what is reachable from the entries, each function once. */
final class ModuleLowering {
  private final Typed program;
  private final Needs needs;
  private final DataPool pool = new DataPool();
  private final Map<String, EntryInfo> entries = new LinkedHashMap<>();
  private final Map<List<Object>, Instance> versions = new LinkedHashMap<>();
  private final Map<Instance, String> used = new LinkedHashMap<>();
  private final Deque<Instance> pending = new ArrayDeque<>();
  private final Set<String> names = new LinkedHashSet<>();

  ModuleLowering(Typed program) {
    this.program = program;
    this.needs = new Needs(program);
    program.entries().forEach(entry -> entries.put(entry.name(), entry));
    names.addAll(entries.keySet());
    names.add(Module.ENTRYPOINT);
    names.add(MapCreation.NAME);
  }

  Typed program() {
    return program;
  }

  Needs needs() {
    return needs;
  }

  ContextArea contextArea() {
    return new ContextArea(program.maps().size());
  }

  DataPool pool() {
    return pool;
  }

  EntryInfo entry(String name) {
    EntryInfo entry = entries.get(name);
    if (entry == null) {
      throw new IllegalStateException("no entry " + name);
    }
    return entry;
  }

  /** The function that stands for every instance equal to this one. */
  Instance canonical(Instance instance) {
    return versions.computeIfAbsent(instance.identity(), identity -> instance);
  }

  /** The IR name of a function, which is lowered in its turn. */
  String use(Instance version) {
    Instance instance = canonical(version);
    String known = used.get(instance);
    if (known != null) {
      return known;
    }
    String name = instance.name();
    for (int i = 2; !names.add(name); i++) {
      name = instance.name() + "." + i;
    }
    used.put(instance, name);
    pending.add(instance);
    return name;
  }

  /** A function of the library. */
  Instance library(String name, List<Type> parameters) {
    return program.library().function(name, parameters);
  }

  /** Lowers every function that something uses and that is not lowered yet. */
  List<Function> rest() {
    List<Function> functions = new ArrayList<>();
    for (Instance next = pending.poll(); next != null; next = pending.poll()) {
      functions.add(function(next));
    }
    return functions;
  }

  private Function function(Instance instance) {
    List<dev.ovsm.ir.Type> results = Words.of(instance.result());
    FunctionBuilder builder =
        new FunctionBuilder(
            use(instance),
            results.size() == 1 ? results.get(0) : null,
            CallLowering.parameters(instance),
            instance.span());
    Emitter emitter = new Emitter(builder, pool);
    BodyLowering body = new BodyLowering(emitter, this);
    body.leaves((words, span) -> CallLowering.leave(instance, words, emitter, span));
    CallLowering.enter(instance, emitter);
    body.initialise(instance.body());
    CallLowering.leave(instance, body.lower(instance.body()), emitter, instance.span());
    return builder.build();
  }
}

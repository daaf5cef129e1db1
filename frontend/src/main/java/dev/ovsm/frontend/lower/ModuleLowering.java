package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Value;
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
  private final Map<Instance, String> used = new LinkedHashMap<>();
  private final Deque<Instance> pending = new ArrayDeque<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<BodyLowering, List<Value>> results = new LinkedHashMap<>();
  private final Set<BodyLowering> entryBodies = new LinkedHashSet<>();

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
    return instance;
  }

  /** The IR name of a function, which is lowered in its turn. */
  String use(Instance instance) {
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
  Instance runtime(String name, List<Type> parameters) {
    return program.runtime().function(name, parameters);
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
    Set<Local> initialised = new LinkedHashSet<>();
    while (true) {
      Set<Local> missing = new LinkedHashSet<>();
      Emitter emitter = new Emitter(pool);
      BodyLowering body = new BodyLowering(emitter, this, missing);
      List<Value> result = CallLowering.enter(instance, emitter);
      results.put(body, result);
      body.initialise(initialised, instance.span());
      List<Value> words = body.lower(instance.body());
      if (emitter.isLive()) {
        leave(body, words, instance.span());
      }
      if (initialised.containsAll(missing)) {
        List<dev.ovsm.ir.Type> types = Words.of(instance.result());
        String name = use(instance);
        return emitter.finish(name, types.size() == 1 ? types.get(0) : null, instance.span());
      }
      initialised.addAll(missing);
    }
  }

  /** Notes that {@code return} in this body ends an entry. */
  void isEntry(BodyLowering body) {
    entryBodies.add(body);
  }

  /** Returns from the function that a body belongs to. */
  void leave(BodyLowering body, List<Value> words, Span span) {
    if (entryBodies.contains(body)) {
      EntryLowering.leave(body, words, span);
    } else {
      CallLowering.leave(words, results.getOrDefault(body, List.of()), body.emitter(), span);
    }
  }
}

package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lowers what is reachable from the entries, each function once. */
final class ModuleLowering {
  private final Typed program;
  private final Needs needs;
  private final Optional<InputUse> inputUse;
  private final DataPool pool = new DataPool();
  private final @Nullable ErrorLines errors;
  private final Escapes escapes = new Escapes();
  private final Map<String, EntryInfo> entries = new LinkedHashMap<>();
  private final Map<List<Object>, Instance> versions = new LinkedHashMap<>();
  private final Map<Version, String> used = new LinkedHashMap<>();
  private final Deque<Version> pending = new ArrayDeque<>();
  private final Set<String> names = new LinkedHashSet<>();

  ModuleLowering(Typed program) {
    this.program = program;
    this.errors = program.debug() ? new ErrorLines(program.declared().errors()) : null;
    this.needs = new Needs(program);
    this.inputUse = InputUse.of(program);
    program.entries().forEach(entry -> entries.put(entry.name(), entry));
    names.addAll(entries.keySet());
    names.add(Module.ENTRYPOINT);
    names.add(MapCreation.NAME);
  }

  /**
   * A function to lower.
   *
   * @param reports whether it returns its errors to the caller instead of failing
   */
  private record Version(Instance instance, boolean reports) {}

  Typed program() {
    return program;
  }

  /** What emits the code of a function of this module. */
  Emitter emitter(FunctionBuilder builder) {
    return new Emitter(builder, pool, errors);
  }

  /** What the only entry asks of its input, if it asks for it at known places only. */
  Optional<InputUse> inputUse() {
    return inputUse;
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

  /** What a function returns of its own frame. */
  Escapes.Escape escape(Instance instance) {
    return escapes.of(instance);
  }

  /** The IR name of a function, which is lowered in its turn. */
  String use(Instance instance) {
    return use(instance, false);
  }

  /** The same for the version of it that returns its errors. */
  String use(Instance function, boolean reports) {
    Instance instance = canonical(function);
    Version version = new Version(instance, reports);
    String known = used.get(version);
    if (known != null) {
      return known;
    }
    String plain = instance.name() + (reports ? ".try" : "");
    String name = plain;
    for (int i = 2; !names.add(name); i++) {
      name = plain + "." + i;
    }
    used.put(version, name);
    pending.add(version);
    return name;
  }

  /** A function of the library. */
  Instance library(String name, List<Type> parameters) {
    return program.library().function(name, parameters);
  }

  /** Lowers every function that something uses and that is not lowered yet. */
  List<FunctionBuilder> rest() {
    List<FunctionBuilder> functions = new ArrayList<>();
    for (Version next = pending.poll(); next != null; next = pending.poll()) {
      functions.add(function(next.instance(), next.reports()));
    }
    return functions;
  }

  private FunctionBuilder function(Instance instance, boolean reports) {
    List<dev.ovsm.ir.Type> results = Words.of(instance.result());
    dev.ovsm.ir.Type result = results.size() == 1 ? results.get(0) : null;
    FunctionBuilder builder =
        new FunctionBuilder(
            use(instance, reports),
            reports ? dev.ovsm.ir.Type.U64 : result,
            CallLowering.parameters(instance, escape(instance).bytes() > 0, reports),
            instance.span());
    Emitter emitter = emitter(builder);
    BodyLowering body = new BodyLowering(emitter, this);
    body.leaves((words, span) -> CallLowering.leave(instance, reports, words, emitter, span));
    Runnable code =
        () -> {
          Escapes.Escape escape = escape(instance);
          body.room(CallLowering.enter(instance, escape.bytes() > 0, reports, emitter));
          body.initialise(escape.body());
          List<Value> words = body.lower(escape.body());
          CallLowering.leave(instance, reports, words, emitter, instance.span());
        };
    if (reports) {
      emitter.escaping((error, span) -> emitter.at(span).ret(error), code);
    } else {
      code.run();
    }
    return builder;
  }
}

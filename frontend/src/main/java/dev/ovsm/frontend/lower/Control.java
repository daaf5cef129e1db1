package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lowers choices and loops: what differs between paths becomes a block parameter where they meet. */
final class Control {
  private final BodyLowering body;
  private final Emitter emitter;
  private final Map<Hir.Label, Exits> loops = new LinkedHashMap<>();

  Control(BodyLowering body, Emitter emitter) {
    this.body = body;
    this.emitter = emitter;
  }

  /** Where the jumps of a loop go, and the locals whose values they carry. */
  private record Exits(Emitter.Draft next, Emitter.Draft out, List<Local> carried) {}

  /** The end of a path: where it emits next, its locals and the words of its value. */
  private record End(Emitter.Draft at, Map<Local, List<Value>> locals, List<Value> words) {}

  List<Value> choose(Hir.If choice) {
    Span span = choice.span();
    Emitter.Draft then = emitter.block();
    Emitter.Draft otherwise = emitter.block();
    Value condition = body.word(choice.condition());
    emitter.branch(
        condition,
        new Emitter.Edge(then, List.of()),
        new Emitter.Edge(otherwise, List.of()),
        span);
    Map<Local, List<Value>> before = emitter.locals();
    List<Path> paths = new ArrayList<>();
    paths.add(new Path(then, choice.then()));
    paths.add(new Path(otherwise, choice.otherwise()));
    return meet(paths, before, choice.type(), span);
  }

  List<Value> select(Hir.Switch select) {
    Span span = select.span();
    Value value = body.word(select.value());
    List<Long> keys = new ArrayList<>();
    List<Emitter.Draft> targets = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    for (Hir.Arm arm : select.arms()) {
      Emitter.Draft draft = emitter.block();
      for (BigInteger key : arm.keys()) {
        keys.add(value.type().canonical(key.longValue()));
        targets.add(draft);
      }
      paths.add(new Path(draft, arm.body()));
    }
    Emitter.Draft otherwise = emitter.block();
    paths.add(new Path(otherwise, select.otherwise()));
    emitter.select(value, keys, targets, otherwise, span);
    return meet(paths, emitter.locals(), select.type(), span);
  }

  private record Path(Emitter.Draft start, Hir code) {}

  private List<Value> meet(
      List<Path> paths, Map<Local, List<Value>> before, Type type, Span span) {
    List<End> ends = new ArrayList<>();
    int words = Words.of(type).size();
    for (Path path : paths) {
      emitter.start(path.start());
      emitter.locals(new LinkedHashMap<>(before));
      List<Value> value = body.lower(path.code());
      if (emitter.isLive()) {
        List<Value> used = value.size() == words ? value : List.of();
        ends.add(new End(emitter.here(), emitter.locals(), used));
      }
    }
    if (ends.isEmpty()) {
      emitter.locals(new LinkedHashMap<>(before));
      return body.zeros(type, span);
    }
    if (ends.size() == 1) {
      End only = ends.get(0);
      emitter.start(only.at());
      emitter.locals(only.locals());
      return only.words();
    }
    return join(ends, before, words, span);
  }

  private List<Value> join(
      List<End> ends, Map<Local, List<Value>> before, int words, Span span) {
    Emitter.Draft join = emitter.block();
    List<Local> changed = new ArrayList<>();
    for (Map.Entry<Local, List<Value>> local : before.entrySet()) {
      boolean same =
          ends.stream()
              .allMatch(end -> local.getValue().equals(end.locals().get(local.getKey())));
      if (!same) {
        changed.add(local.getKey());
      }
    }
    for (End end : ends) {
      List<Value> arguments = new ArrayList<>(end.words());
      changed.forEach(local -> arguments.addAll(end.locals().getOrDefault(local, List.of())));
      emitter.start(end.at());
      emitter.jump(join, arguments, span);
    }
    emitter.start(join);
    List<Value> result = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      result.add(emitter.parameter(join, ends.get(0).words().get(i).type()));
    }
    Map<Local, List<Value>> locals = new LinkedHashMap<>(before);
    changed.forEach(local -> locals.put(local, parameters(join, local)));
    emitter.locals(locals);
    return result;
  }

  private List<Value> parameters(Emitter.Draft draft, Local local) {
    List<Value> parameters = new ArrayList<>();
    for (dev.ovsm.ir.Type word : Words.of(local.type())) {
      parameters.add(emitter.parameter(draft, word));
    }
    return parameters;
  }

  private List<Value> values(List<Local> carried) {
    List<Value> values = new ArrayList<>();
    for (Local local : carried) {
      values.addAll(emitter.locals().getOrDefault(local, List.of()));
    }
    return values;
  }

  private void enter(Emitter.Draft draft, List<Local> carried) {
    emitter.start(draft);
    Map<Local, List<Value>> locals = new LinkedHashMap<>(emitter.locals());
    carried.forEach(local -> locals.put(local, parameters(draft, local)));
    emitter.locals(locals);
  }

  List<Value> loop(Hir.Loop loop) {
    Span span = loop.span();
    Set<Local> assigned = Assigned.in(loop.condition(), loop.body(), loop.step());
    Map<Local, List<Value>> before = emitter.locals();
    List<Local> carried = assigned.stream().filter(before::containsKey).toList();
    boolean continues = Assigned.jumps(loop.body(), loop.label(), false);
    boolean breaks = Assigned.jumps(loop.body(), loop.label(), true);
    Emitter.Draft header = emitter.block();
    Emitter.Draft inside = emitter.block();
    Emitter.Draft next = emitter.block();
    Emitter.Draft out = emitter.block();
    emitter.jump(header, values(carried), span);
    enter(header, carried);
    Value condition = body.word(loop.condition());
    List<Value> leaving = breaks ? values(carried) : List.of();
    emitter.branch(
        condition,
        new Emitter.Edge(inside, List.of()),
        new Emitter.Edge(out, leaving),
        span);
    Map<Local, List<Value>> tested = emitter.locals();
    loops.put(loop.label(), new Exits(next, out, carried));
    emitter.start(inside);
    emitter.locals(new LinkedHashMap<>(tested));
    body.lower(loop.body());
    if (continues) {
      emitter.jump(next, values(carried), span);
      enter(next, carried);
    }
    body.lower(loop.step());
    emitter.jump(header, values(carried), span);
    emitter.locals(only(tested, before));
    if (breaks) {
      enter(out, carried);
    } else {
      emitter.start(out);
    }
    return List.of();
  }

  /** What is known after a loop: nothing that only its body defines. */
  private static Map<Local, List<Value>> only(
      Map<Local, List<Value>> locals, Map<Local, List<Value>> before) {
    Map<Local, List<Value>> kept = new LinkedHashMap<>(locals);
    kept.keySet().retainAll(before.keySet());
    return kept;
  }

  List<Value> jump(Hir.Jump jump) {
    Exits exits = loops.get(jump.label());
    if (exits != null) {
      Emitter.Draft target = jump.leaves() ? exits.out() : exits.next();
      emitter.jump(target, values(exits.carried()), jump.span());
    }
    return List.of();
  }
}

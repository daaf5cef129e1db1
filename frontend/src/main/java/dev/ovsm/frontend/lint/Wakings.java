package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds which executions lead to which others, other than by a timer or at a later slot. */
final class Wakings {
  /** How often, where there is no bound. */
  static final long MANY = Long.MAX_VALUE;

  /**
   * One execution makes another begin.
   *
   * @param times at most how often in one execution
   */
  record Waking(Execution from, Execution to, Span span, String deed, long times) {}

  private final Subject subject;

  /** Those that a write may begin: none, or few, of many executions. */
  private final List<Execution> watchers;

  private final List<Waking> found = new ArrayList<>();

  private Wakings(Subject subject) {
    this.subject = subject;
    this.watchers =
        subject.executions().stream().filter(one -> one.trigger() == Trigger.WATCH).toList();
  }

  static List<Waking> of(Subject subject) {
    Wakings wakings = new Wakings(subject);
    subject.executions().forEach(wakings::from);
    return wakings.found;
  }

  private void from(Execution execution) {
    Set<Ast> repeated = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Ast> reached = new ArrayList<>();
    subject.reach(execution.lambda().body(), reached::add);
    for (Ast ast : reached) {
      if (Subject.isLoop(ast)) {
        subject.reach(ast, repeated::add);
      }
    }
    for (Ast ast : reached) {
      long times = repeated.contains(ast) ? MANY : 1;
      if (!watchers.isEmpty()) {
        writes(execution, ast);
      }
      subject.call(ast).ifPresent(call -> call(execution, call, times));
    }
  }

  private void writes(Execution from, Ast ast) {
    if (ast instanceof Ast.Assign assign) {
      MapPlace.of(assign.place(), subject).ifPresent(place -> write(from, place, assign.span()));
    }
    AccountWrite.of(ast, subject).forEach(write -> write(from, write, ast.span()));
  }

  private void write(Execution from, MapPlace place, Span span) {
    for (Execution to : watchers) {
      if (isTouched(to, place)) {
        found.add(new Waking(from, to, span, "writes " + place, 1));
      }
    }
  }

  private void write(Execution from, AccountWrite write, Span span) {
    for (Execution to : watchers) {
      Optional<Call> registration = to.registration();
      boolean isSame =
          registration
              .flatMap(call -> call.argument("account"))
              .flatMap(account -> Keys.of(account, subject))
              .filter(write.account()::equals)
              .isPresent();
      if (isSame
          && registration
              .flatMap(call -> Criteria.of(call, subject))
              .filter(write::mayTouch)
              .isPresent()) {
        found.add(new Waking(from, to, span, write.deed(), 1));
      }
    }
  }

  private boolean isTouched(Execution watcher, MapPlace place) {
    Call registration = watcher.registration().orElseThrow();
    boolean isOfMap =
        registration
            .argument("account")
            .filter(Ast.Global.class::isInstance)
            .filter(account -> ((Ast.Global) account).definition().equals(place.map()))
            .isPresent();
    return isOfMap
        && Criteria.of(registration, subject)
            .filter(Criteria::isOfData)
            .filter(
                criteria ->
                    criteria
                        .offset()
                        .map(BigInteger::longValue)
                        .map(offset -> place.mayTouch(offset, criteria.width(), subject))
                        .orElse(true))
            .isPresent();
  }

  private void call(Execution from, Call call, long times) {
    switch (call.name()) {
      case "sol-emit-event" ->
          call.argument("event-id")
              .flatMap(MapPlace::word)
              .ifPresent(event -> emit(from, event, call.apply().span(), times));
      case "sol-ringbuf-output" -> {
        if (call.argument("data").orElse(null) instanceof Ast.Fields record) {
          record.fields().stream()
              .filter(field -> field.name().equals("type"))
              .flatMap(field -> MapPlace.word(field.value()).stream())
              .forEach(event -> emit(from, event, call.apply().span(), times));
        }
      }
      case "sol-tail-call" -> tailCall(from, call);
      case "sol-wq-start" -> queue(from, call);
      default -> {}
    }
  }

  private void emit(Execution from, String event, Span span, long times) {
    for (Execution to : subject.executions()) {
      boolean handles =
          to.trigger() == Trigger.EVENT
              && to.registration()
                  .flatMap(call -> call.argument("event"))
                  .flatMap(MapPlace::word)
                  .filter(event::equals)
                  .isPresent();
      if (handles) {
        found.add(new Waking(from, to, span, "emits " + event, times));
      }
    }
  }

  private void tailCall(Execution from, Call call) {
    Optional<Definition> array =
        call.argument("0")
            .filter(Ast.Global.class::isInstance)
            .map(ast -> ((Ast.Global) ast).definition());
    List<Definition> elements =
        array.map(subject.program().arrays()::get).map(List::copyOf).orElse(List.of());
    Optional<BigInteger> index = call.argument("1").flatMap(subject::number);
    if (index.isEmpty()
        || index.get().bitLength() > 31
        || elements.size() <= index.get().intValue()) {
      return;
    }
    Definition callee = elements.get(index.get().intValue());
    for (Execution to : subject.executions()) {
      if (to.name().equals(callee.name()) && to.trigger() == Trigger.CHAIN) {
        found.add(new Waking(from, to, call.apply().span(), "goes on with " + to.name(), 1));
      }
    }
  }

  private void queue(Execution from, Call call) {
    Optional<MapPlace> queue = call.argument("queue").flatMap(ast -> MapPlace.of(ast, subject));
    for (Execution to : subject.executions()) {
      Optional<MapPlace> other =
          to.registration()
              .filter(registration -> to.trigger() == Trigger.QUEUE)
              .flatMap(registration -> registration.argument("queue"))
              .flatMap(ast -> MapPlace.of(ast, subject));
      boolean same =
          queue.isPresent()
              && other.isPresent()
              && queue.get().map().equals(other.get().map())
              && queue.get().field().equals(other.get().field());
      if (same) {
        found.add(new Waking(from, to, call.apply().span(), "starts the queue", 1));
      }
    }
  }
}

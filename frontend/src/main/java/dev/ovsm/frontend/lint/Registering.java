package dev.ovsm.frontend.lint;

import dev.ovsm.frontend.ast.Ast;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The calls by which a program has something run later. */
enum Registering {
  TIMER("sol-timer-set-callback", Trigger.TIMER),
  START("sol-timer-start", Trigger.TIMER, "", "", "slots"),
  QUEUE("sol-wq-set-callback", Trigger.QUEUE),
  WATCH("sol-watch-account", Trigger.WATCH, "sol-watcher-remove", ""),
  CHANGE("sol-watcher-create", Trigger.WATCH, "sol-watcher-remove", ""),
  THRESHOLD("sol-watcher-create-threshold", Trigger.WATCH, "sol-watcher-remove", ""),
  PATTERN("sol-watcher-create-pattern", Trigger.WATCH, "sol-watcher-remove", ""),
  SUBSCRIPTION("sol-subscribe-event", Trigger.EVENT, "sol-watcher-remove", "interval") {
    @Override
    Trigger trigger(Call call) {
      String type = call.argument("event-type").flatMap(MapPlace::word).orElse("");
      if (type.equals("PROGRAM_EVENT")) {
        return Trigger.EVENT;
      }
      return type.startsWith("ACCOUNT") ? Trigger.WATCH : Trigger.CLOCK;
    }
  },
  SCHEDULE("sol-schedule-execution", Trigger.SCHEDULE, "", "", "target-slot"),
  ONCE("sol-timer-create", Trigger.SCHEDULE, "", "", "trigger-slot"),
  DEADLINE("sol-timer-create-deadline", Trigger.SCHEDULE, "", "", "earliest-slot", "deadline-slot"),
  PERIOD(
      "sol-timer-create-periodic", Trigger.CLOCK, "sol-timer-cancel", "period-slots", "start-slot");

  private final String call;
  private final Trigger trigger;
  private final String end;
  private final String interval;
  private final List<String> slots;

  Registering(String call, Trigger trigger) {
    this(call, trigger, "", "");
  }

  Registering(String call, Trigger trigger, String end, String interval, String... slots) {
    this.call = call;
    this.trigger = trigger;
    this.end = end;
    this.interval = interval;
    this.slots = List.of(slots);
  }

  /** What a call registers, empty if it is no such call. */
  static Optional<Registering> of(Call call) {
    return Arrays.stream(values()).filter(one -> one.call.equals(call.name())).findFirst();
  }

  /** What lets the callback of a call run. */
  Trigger trigger(Call call) {
    return trigger;
  }

  /** The call that ends what otherwise stays, empty if it ends by itself or with its place. */
  Optional<String> end() {
    return end.isEmpty() ? Optional.empty() : Optional.of(end);
  }

  /** How many slots lie between two runs of the callback, if a call says so. */
  Optional<Ast> interval(Call call) {
    return call.argument(interval);
  }

  /** The slots between or in which a call has its callback run, or how many pass before it does. */
  List<Ast> slots(Call call) {
    return slots.stream().flatMap(slot -> call.argument(slot).stream()).toList();
  }
}

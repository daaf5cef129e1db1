package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.autonomous.model.Model;
import dev.ovsm.runtime.autonomous.model.Op;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Draws what programs do, mostly with what there is. */
final class Draw {
  private static final String[] EVENTS = {"a", "b", "nobody"};
  private static final int PLACES = 8;

  private final Random random;
  private final Model model;
  private final long slotBudget;
  private long slot;

  Draw(Random random, Model model, long slotBudget) {
    this.random = random;
    this.model = model;
    this.slotBudget = slotBudget;
  }

  void enter(long now) {
    slot = now;
  }

  /** What a user's transaction does. */
  List<Op> transaction(int program) {
    List<Op> ops = new ArrayList<>();
    switch (random.nextInt(14)) {
      case 0, 1 -> reservations(ops);
      case 2, 3 -> {
        newHandle(ops);
        newHandle(ops);
      }
      case 4 -> {
        ops.add(terse());
        ops.add(terse());
        ops.add(new Op.Tail(2 * random.nextInt(2), null));
      }
      case 5 -> ops.add(tail(2 * random.nextInt(2)));
      case 6, 7, 9 -> {
        for (int place : model.waitingPlaces(program)) {
          ops.add(new Op.Overwrite(place, Op.Overwrite.NOWHERE, true));
        }
      }
      case 8 -> many(ops);
      default -> {}
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      ops.add(op());
    }
    return ops;
  }

  /** More of a kind than there is room for. */
  private void many(List<Op> ops) {
    Op.Body body = new Op.Body(0, 0, Op.Body.NEVER, List.of());
    switch (random.nextInt(3)) {
      case 0 -> ops.addAll(Collections.nCopies(34, new Op.Subscribe("rare", body, 60_000)));
      case 1 -> {
        for (int i = 0; i < 18; i++) {
          long when = slot + 1 + random.nextInt(20);
          ops.add(new Op.Time(Op.Timed.TIMER, when, 0, body, 60_000));
        }
      }
      default -> {
        ops.addAll(Collections.nCopies(12, new Op.MakeRing(0)));
        model.ringIds().forEach(id -> ops.add(new Op.DestroyRing(id)));
      }
    }
  }

  /** What a program does that closes itself: it begins things, which it may not. */
  List<Op> ending() {
    List<Op> ops = new ArrayList<>(List.of(new Op.Close()));
    for (int i = 0; i < 12; i++) {
      ops.add(op());
      ops.add(new Op.Time(Op.Timed.TIMER, ahead(), 0, body(), budget()));
      ops.add(new Op.MakeRing(0));
    }
    return ops;
  }

  private Op.Tail tail(int index) {
    List<Op> rest = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      rest.add(effect());
    }
    return new Op.Tail(random.nextInt(5) == 0 ? 3 + random.nextInt(40) : index, rest);
  }

  Op op() {
    return switch (random.nextInt(20)) {
      case 0, 1 ->
          new Op.Time(pick(Op.Timed.TIMER, Op.Timed.SCHEDULE), ahead(), 0, body(), budget());
      case 2 -> new Op.Time(Op.Timed.PERIODIC, ahead(), random.nextInt(7), body(), budget());
      case 3, 15 -> {
        long when = ahead();
        yield new Op.Time(Op.Timed.DEADLINE, when, when + random.nextInt(5) - 1, body(), budget());
      }
      case 4, 5 ->
          new Op.Watch(
              random.nextInt(2),
              pick(Op.Watched.values()),
              random.nextInt(4),
              1 + random.nextInt(8),
              body(),
              budget());
      case 6 -> new Op.Subscribe(EVENTS[random.nextInt(2)], body(), budget());
      case 7 -> new Op.Interval(random.nextInt(9), random.nextInt(200), body(), budget());
      case 8 -> new Op.Cancel(random.nextInt(4) == 0 ? 0 : id());
      case 9 -> new Op.Remove(id());
      case 10, 11 -> configure();
      case 12, 13 -> handle();
      case 14, 16 -> ring();
      default -> effect();
    };
  }

  /** What callbacks do too. */
  private Op effect() {
    return switch (random.nextInt(11)) {
      case 0, 1, 2, 3 -> new Op.Write(random.nextInt(4), random.nextInt(10));
      case 4, 5 -> new Op.Emit(EVENTS[random.nextInt(3)]);
      case 6 -> new Op.Start(false, random.nextInt(4), 0);
      case 7 -> handle();
      case 8 -> new Op.Push(ringId(), length(), 16 + random.nextInt(200), random.nextBoolean());
      case 9 -> new Op.Pop(ringId(), 8 * random.nextInt(8));
      default -> new Op.Cancel(random.nextInt(2) == 0 ? model.nextId() : id());
    };
  }

  /** An effect that logs little, as the log has an end. */
  private Op terse() {
    Op op = effect();
    return op instanceof Op.Overwrite ? new Op.Write(random.nextInt(4), 1) : op;
  }

  private Op handle() {
    int place = random.nextInt(PLACES);
    boolean isTimer = place > 2 || random.nextInt(8) == 0;
    return switch (random.nextInt(8)) {
      case 0 -> new Op.Init(random.nextBoolean(), place);
      case 1, 2, 3, 4 -> new Op.Start(isTimer, place, random.nextInt(12));
      case 5 -> new Op.CancelAt(place);
      default ->
          new Op.Overwrite(
              place, pick(Op.Overwrite.NOWHERE, random.nextInt(PLACES)), random.nextInt(3) > 0);
    };
  }

  /** A handle that is ready to be started, and mostly is. */
  private void newHandle(List<Op> ops) {
    int place = random.nextInt(PLACES);
    boolean isTimer = place > 2;
    if (random.nextInt(4) > 0) {
      ops.add(new Op.Overwrite(place, Op.Overwrite.NOWHERE, random.nextBoolean()));
    }
    ops.add(new Op.Init(isTimer, place));
    ops.add(new Op.SetCallback(isTimer, place, body()));
    if (random.nextInt(4) > 0) {
      ops.add(new Op.Start(isTimer, place, 1 + random.nextInt(20)));
    }
  }

  private Op ring() {
    return switch (random.nextInt(6)) {
      case 0, 1, 4 -> new Op.MakeRing(pick(0L, 64L, 68L, 100L, 63L));
      case 2 -> new Op.DestroyRing(random.nextInt(2) == 0 ? id() : ringId());
      default -> new Op.Configure(ringId(), 5, random.nextInt(3));
    };
  }

  /** Some reservations, released in some order, with attempts to take records in between. */
  private void reservations(List<Op> ops) {
    long ring = ringId();
    List<Integer> open = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int length = random.nextInt(12) == 0 ? 0 : 8 + random.nextInt(20);
      ops.add(new Op.Reserve(ring, length, 1 + random.nextInt(250)));
      open.add(i);
    }
    while (!open.isEmpty()) {
      int which = random.nextInt(open.size());
      if (random.nextInt(30) == 0) {
        open.remove(which);
      } else {
        ops.add(new Op.Release(open.get(which), random.nextInt(3) > 0));
        if (random.nextInt(10) > 0) {
          open.remove(which);
        }
      }
      ops.add(new Op.Pop(ring, 64));
    }
  }

  private int length() {
    return random.nextInt(12) == 0 ? 100 * random.nextInt(2) : 8 + random.nextInt(40);
  }

  private long ringId() {
    return idOf(model.ringIds());
  }

  private Op configure() {
    List<Long> periodic = model.periodicIds();
    if (!periodic.isEmpty() && random.nextInt(2) == 0) {
      long id = periodic.get(random.nextInt(periodic.size()));
      return new Op.Configure(id, 1, pick(0L, 1L, 1L, 1L, 2L, 2L, 2L, 3L));
    }
    long key = pick(0L, 1L, 2L, 3L, 4L, 5L, 5L, 5L, 6L, 7L);
    long value = pick(0L, 1L, 1L, 2L, 2L, 3L, 5L, -1L, 11L);
    return new Op.Configure(id(), key, value);
  }

  Op.Body body() {
    List<Op> ops = new ArrayList<>();
    if (random.nextInt(8) == 0) {
      reservations(ops);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      ops.add(effect());
    }
    if (random.nextInt(8) == 0) {
      ops.add(random.nextBoolean() ? new Op.Cancel(model.nextId()) : new Op.Remove(model.nextId()));
    }
    int fails =
        switch (random.nextInt(6)) {
          case 0 -> Op.Body.ALWAYS;
          case 1, 2 -> random.nextInt(4);
          default -> Op.Body.NEVER;
        };
    int entry = random.nextInt(3);
    if (random.nextInt(6) == 0) {
      ops.add(tail(entry == 1 ? 2 : 0));
    }
    return new Op.Body(entry, pick(0L, 0L, 100L, 10_000L), fails, ops);
  }

  private long ahead() {
    return random.nextInt(10) == 0 ? slot - random.nextInt(2) : slot + 1 + random.nextInt(8);
  }

  private long budget() {
    return random.nextInt(15) == 0
        ? pick(slotBudget + 1, Long.MIN_VALUE)
        : 50_000 + random.nextInt(60_000);
  }

  private long id() {
    return idOf(model.ids());
  }

  private long idOf(List<Long> ids) {
    return random.nextInt(8) == 0 || ids.isEmpty()
        ? random.nextInt(500)
        : ids.get(random.nextInt(ids.size()));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private <T> T pick(T... all) {
    return all[random.nextInt(all.length)];
  }
}

package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Hook;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.List;

/** How long the engine takes by itself, without a virtual machine; all in nanoseconds. */
public final class EngineSpeed {
  private static final int BATCH = 16_000;
  private static final int RECORD = 128;
  private static final long FAR = 900_000;

  private final Activation good = new Activation(true, 3_000, 0, "");
  private final Engine engine =
      new Engine(
          Settings.DEFAULT.withSlotBudget(Long.MAX_VALUE).withLogs(false),
          key -> Account.EMPTY,
          (key, account) -> {},
          trigger -> good,
          fate -> {},
          charge -> {},
          letter -> {});
  private long slot;

  /** An engine with so many registrations: timers that are far from due, and watchers. */
  public EngineSpeed(int idle) {
    engine.enter(0);
    for (int i = 0; i < idle; i++) {
      if (i % 2 == 0) {
        create(engine.registry().owner(key(i / 16)), FAR + i);
      } else {
        watch(i, key(-i));
      }
    }
  }

  /**
   * One of many timers, created in invocations that each create 16 and commit; the timer's callback
   * is made with it, and all of them live on.
   *
   * @param pays whether the fees are taken too, as at the end of a transaction
   */
  public static double timerCreation(boolean pays) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 200; round++) {
      EngineSpeed fresh = new EngineSpeed(0);
      Owner[] owners = new Owner[BATCH / 16];
      for (int i = 0; i < owners.length; i++) {
        owners[i] = fresh.engine.registry().owner(key(i));
        fresh.engine.economy().know(key(i));
      }
      long start = System.nanoTime();
      for (Owner owner : owners) {
        fresh.engine.registry().begin(null);
        for (int i = 0; i < 16; i++) {
          fresh.create(owner, 1 + i * 10L);
        }
        fresh.engine.registry().commit(List.of());
        if (pays) {
          fresh.engine.economy().settle();
        }
      }
      best = Math.min(best, (System.nanoTime() - start) / (double) BATCH);
    }
    return best;
  }

  /** A committed change of an account that 100 watchers of a threshold look at. */
  public static double hundredWatchers() {
    EngineSpeed fresh = new EngineSpeed(0);
    for (int i = 0; i < 100; i++) {
      fresh.watch(i, key(7));
    }
    Hook.Change[] changes = new Hook.Change[64];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = new Hook.Change(key(7), account(i), account(i + 1));
    }
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 200; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 1_024; i++) {
        fresh.engine.changed(changes[i % changes.length]);
      }
      best = Math.min(best, (System.nanoTime() - start) / 1_024.0);
    }
    return best;
  }

  /** A slot in which nothing is due. */
  public double idleSlot() {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 200; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        engine.enter(++slot);
        engine.scheduler().process(slot);
      }
      best = Math.min(best, (System.nanoTime() - start) / 1_000.0);
    }
    return best;
  }

  /** All that is done for an activation of a periodic timer besides running its callback. */
  public static double bookkeeping() {
    EngineSpeed fresh = new EngineSpeed(0);
    for (int i = 0; i < 1_000; i++) {
      Registration.Draft draft =
          new Registration.Draft(fresh.engine.registry().owner(key(i / 16)), Kind.PERIODIC)
              .executes(new Instruction(key(i / 16), List.of(), new byte[8]), 10_000)
              .every(1);
      Registration made = fresh.engine.registry().add(draft);
      fresh.engine.registry().state(made, Registration.State.ARMED);
      fresh.engine.registry().tick(made, 1, 1);
    }
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 300; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        fresh.engine.enter(++fresh.slot);
        fresh.engine.scheduler().process(fresh.slot);
      }
      best = Math.min(best, (System.nanoTime() - start) / 10_000.0);
    }
    return best;
  }

  /** A record of 128 bytes that goes into a ring and out again. */
  public static double ringRecord() {
    Ring ring = new Ring(1, key(1), 1 << 20);
    byte[] in = new byte[RECORD];
    byte[] out = new byte[RECORD];
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 200; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 7_000; i++) {
        ring.submit(ring.reserve(RECORD), in, 0);
      }
      for (int i = 0; i < 7_000; i++) {
        if (ring.nextLength() != RECORD) {
          throw new IllegalStateException("a record is lost");
        }
        ring.take(out, 0);
      }
      best = Math.min(best, (System.nanoTime() - start) / 7_000.0);
    }
    return best;
  }

  private void create(Owner owner, long due) {
    Registration.Draft draft =
        new Registration.Draft(owner, Kind.TIMER)
            .executes(new Instruction(owner.program, List.of(), Payload.NONE), 10_000);
    engine.registry().arm(engine.registry().add(draft), due);
  }

  private void watch(int number, Pubkey account) {
    Criteria above =
        new Criteria(Criteria.Field.DATA, Criteria.Op.GT, 8, -1, 1_000_000 + number, true);
    engine
        .registry()
        .add(
            new Registration.Draft(engine.registry().owner(key(number / 32)), Kind.WATCHER)
                .executes(new Instruction(key(number / 32), List.of(), new byte[8]), 10_000)
                .watches(new Watch(account, new Predicate.Level(above))));
  }

  private static Account account(int value) {
    byte[] data = new byte[64];
    LittleEndian.put64(data, 8, value);
    return Account.of(1_000_000, data, key(3));
  }

  private static Pubkey key(int number) {
    byte[] bytes = new byte[Pubkey.BYTES];
    LittleEndian.put64(bytes, 0, number * 0x9E37_79B9_7F4A_7C15L);
    LittleEndian.put64(bytes, 8, number);
    return Pubkey.of(bytes);
  }
}

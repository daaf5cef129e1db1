package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.Invocation;
import dev.ovsm.runtime.bank.PreparedInstruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Executes callbacks of a wave on several threads before their turn; their effects are committed in
 * their turn, by the one thread that commits.
 *
 * <p>What is foreseen decides nothing but how long a slot takes: a callback whose turn finds other
 * accounts, another payload or another budget than it ran with runs again, and so does one that
 * made a call that changes more than accounts.
 */
final class Foresight {
  /** Callbacks in one round, for each thread. */
  private static final int ROUND = 8;

  private static final long IDLE_SECONDS = 1;

  private final int threads;
  private final Bank bank;
  private final Function<Pubkey, Account> accounts;
  private final ThreadPoolExecutor workers;
  private final Map<Trigger, Foreseen> foreseen = new HashMap<>();
  private final Set<Registration> waitForTurn = new HashSet<>();

  Foresight(int threads, Bank bank, Function<Pubkey, Account> accounts) {
    this.threads = threads;
    this.bank = bank;
    this.accounts = accounts;
    this.workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "callbacks");
              thread.setDaemon(true);
              return thread;
            });
    workers.allowCoreThreadTimeOut(true);
  }

  /** What ran before its turn, if it ran as it would run now. */
  @Nullable Invocation take(Trigger trigger, long units) {
    Foreseen one = foreseen.remove(trigger);
    if (one == null) {
      return null;
    }
    if (one.invocation == null) {
      waitForTurn.add(trigger.registration);
    }
    byte[] context = Payload.context(trigger, trigger.payload, slot());
    return one.stands(units, context) ? one.invocation : null;
  }

  private long slot() {
    return bank.slot();
  }

  /** Forgets what ran: programs have changed, or the wave is over. */
  void forget() {
    foreseen.clear();
  }

  /** Executes a trigger and those that follow it, as far as they do not get in each other's way. */
  void look(Trigger first, Iterable<Trigger> upcoming) {
    if (foreseen.containsKey(first) || waitForTurn.contains(first.registration)) {
      return;
    }
    List<Foreseen> round = round(upcoming);
    if (round.size() < 2) {
      return;
    }
    List<Future<?>> running = new ArrayList<>();
    for (Foreseen one : round) {
      foreseen.put(one.trigger, one);
      running.add(workers.submit(() -> run(one)));
    }
    for (Future<?> one : running) {
      await(one);
    }
  }

  private List<Foreseen> round(Iterable<Trigger> upcoming) {
    List<Foreseen> round = new ArrayList<>();
    Set<Pubkey> written = new HashSet<>();
    Set<Pubkey> read = new HashSet<>();
    for (Trigger trigger : upcoming) {
      Registration r = trigger.registration;
      PreparedInstruction instruction = r.prepared();
      if (round.size() == threads * ROUND || !instruction.isFree(written, read)) {
        break;
      }
      instruction.lock(written, read);
      if (!waitForTurn.contains(r)) {
        round.add(new Foreseen(trigger, r.budget, context(trigger)));
      }
    }
    return round;
  }

  private byte[] context(Trigger trigger) {
    Watch watch = trigger.registration.watch;
    byte[] payload =
        watch != null && trigger.attempt == 0 && trigger.payload.length == 0
            ? watch.payload(accounts.apply(watch.account))
            : trigger.payload;
    return Payload.context(trigger, payload, slot());
  }

  private void run(Foreseen one) {
    try {
      one.invocation = bank.invoke(one.instruction, one.units, one);
    } catch (Foreseen.OutOfTurn e) {
      one.invocation = null;
    }
  }

  private static void await(Future<?> one) {
    try {
      one.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while callbacks ran", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a callback broke the machine", e.getCause());
    }
  }
}

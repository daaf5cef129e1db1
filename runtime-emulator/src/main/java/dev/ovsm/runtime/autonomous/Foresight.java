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
 * made a call that changes more than accounts. Callbacks that took little when they last ran wait
 * for their turn: to hand them over takes longer than to run them.
 */
final class Foresight {
  /** Callbacks in one round, for each thread. */
  private static final int ROUND = 8;

  /** Compute units of a callback that takes longer to run than to hand over. */
  static final long HEAVY = 2_000;

  /** How many callbacks that are just heavy make a round worth while. */
  private static final int HEAVY_ROUND = 20;

  private static final long IDLE_SECONDS = 1;

  private final int threads;
  private final long heavy;
  private final Bank bank;
  private final Function<Pubkey, Account> accounts;
  private final ThreadPoolExecutor others;
  private final Map<Trigger, Foreseen> foreseen = new HashMap<>();

  /** How many of the next triggers have been looked at in vain. */
  private int passed;

  /** Threads to which callbacks are handed over that took at least so many units. */
  Foresight(int threads, long heavy, Bank bank, Function<Pubkey, Account> accounts) {
    this.threads = threads;
    this.heavy = heavy;
    this.bank = bank;
    this.accounts = accounts;
    this.others =
        new ThreadPoolExecutor(
            threads - 1,
            threads - 1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "callbacks");
              thread.setDaemon(true);
              return thread;
            });
    others.allowCoreThreadTimeOut(true);
  }

  /** What ran before its turn, if it ran as it would run now. */
  @Nullable Invocation take(Trigger trigger, long units) {
    Foreseen one = foreseen.isEmpty() ? null : foreseen.remove(trigger);
    if (one == null) {
      return null;
    }
    if (one.invocation == null) {
      trigger.registration.history().waitsForTurn = true;
    }
    byte[] context = Payload.context(trigger, trigger.payload, bank.slot());
    return one.stands(units, context) ? one.invocation : null;
  }

  /** Forgets what ran: programs have changed, or the wave is over. */
  void forget() {
    foreseen.clear();
    passed = 0;
  }

  /** Executes a trigger and those that follow it, as far as they do not get in each other's way. */
  void look(Trigger first, Iterable<Trigger> upcoming) {
    if (passed > 0) {
      passed--;
      return;
    }
    if (!isHeavy(first.registration) || foreseen.containsKey(first)) {
      return;
    }
    List<Foreseen> all = round(upcoming);
    if (all.size() < 2 || units(all) < HEAVY_ROUND * heavy) {
      passed = all.size() - 1;
      return;
    }
    all.forEach(one -> foreseen.put(one.trigger, one));
    Round round = new Round(bank, all);
    for (int i = 1; i < Math.min(threads, all.size()); i++) {
      others.execute(round);
    }
    round.run();
    round.await();
  }

  private boolean isHeavy(Registration registration) {
    History history = registration.history();
    return history.lastUnits >= heavy && !history.waitsForTurn;
  }

  private static long units(List<Foreseen> round) {
    return round.stream().mapToLong(one -> one.trigger.registration.history().lastUnits).sum();
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
      if (isHeavy(r)) {
        round.add(new Foreseen(trigger, r.budget, context(trigger)));
      }
    }
    return round;
  }

  private byte[] context(Trigger trigger) {
    Watch watch = trigger.registration.watch();
    byte[] payload =
        watch != null && trigger.attempt == 0 && trigger.payload.length == 0
            ? watch.payload(accounts.apply(watch.account))
            : trigger.payload;
    return Payload.context(trigger, payload, bank.slot());
  }
}

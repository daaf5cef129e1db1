package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.bank.Bank;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks that are executed before their turn, by as many threads as run this: each takes the
 * next one that nobody has taken, until there is none.
 */
final class Round implements Runnable {
  private final Bank bank;
  private final List<Foreseen> all;
  private final AtomicInteger taken = new AtomicInteger();
  private final CountDownLatch left;

  /** What broke the machine, if anything did. */
  private volatile @Nullable Throwable broken;

  Round(Bank bank, List<Foreseen> all) {
    this.bank = bank;
    this.all = all;
    this.left = new CountDownLatch(all.size());
  }

  @Override
  public void run() {
    for (int i = taken.getAndIncrement(); i < all.size(); i = taken.getAndIncrement()) {
      try {
        run(all.get(i));
      } catch (RuntimeException | Error e) {
        broken = e;
      } finally {
        left.countDown();
      }
    }
  }

  private void run(Foreseen one) {
    try {
      one.invocation = bank.invoke(one.instruction, one.units, one);
    } catch (Foreseen.OutOfTurn e) {
      one.invocation = null;
    }
  }

  /** Waits until every one has been executed. */
  void await() {
    try {
      left.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while callbacks ran", e);
    }
    if (broken != null) {
      throw new IllegalStateException("a callback broke the machine", broken);
    }
  }
}

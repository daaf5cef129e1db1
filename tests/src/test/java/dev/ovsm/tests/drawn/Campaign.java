package dev.ovsm.tests.drawn;

import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Trials of many programs: batches of neighbouring seeds, each with one request to the real VM, on
 * several threads; what is tried of a seed does not depend on their number. Goes on behind a
 * difference, but not behind many.
 */
final class Campaign {
  private static final int MOST_DIFFERENCES = 10;

  private final RealVm vm;
  private final int batch;
  private final Trials trials = new Trials();
  private final List<String> differences = new ArrayList<>();

  /** Tries so many programs with each request. */
  Campaign(RealVm vm, int batch) {
    this.vm = vm;
    this.batch = batch;
  }

  /** What was tried so far. */
  Trials trials() {
    return trials;
  }

  /** What was found so far; each names its seed. */
  List<String> differences() {
    return differences;
  }

  /** Tries so many programs from a seed on. */
  void run(long first, int count, int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> batches = new ArrayList<>();
      for (int done = 0; done < count; done += batch) {
        long from = first + done;
        int some = Math.min(batch, count - done);
        batches.add(pool.submit(() -> run(from, some)));
      }
      for (Future<?> each : batches) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private void run(long first, int count) {
    synchronized (this) {
      if (differences.size() >= MOST_DIFFERENCES) {
        return;
      }
    }
    Trials some = new Trials();
    String difference = some.withRealVm(first, count, vm).orElse("");
    synchronized (this) {
      trials.add(some);
      if (!difference.isEmpty()) {
        differences.add(difference);
      }
    }
  }
}

package dev.ovsm.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end well when a signal asks the process to end: it is told, and has some time to
 * finish what it is at. The process then ends with the code of the signal, 130 or 143.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::ask, "interruption");
  private volatile boolean asked;

  private Interruption() {}

  /** Listens until it is closed. */
  static Interruption listen() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the process was asked to end. */
  boolean isAsked() {
    return asked;
  }

  private void ask() {
    asked = true;
    try {
      // A slot may take longer; then the process ends in the middle of it.
      if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        over.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the command had to do is done. */
  @Override
  public void close() {
    over.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the process ends already
      }
    }
  }
}

package dev.ovsm.tests.verifier;

import java.util.Random;

/** Draws registrations whose arguments are right, or just not, or known only within bounds. */
final class RandomRegistrations {
  private static final int LARGEST = 10 << 20;

  private final Sketch to;
  private final Random random;

  RandomRegistrations(Sketch to) {
    this.to = to;
    this.random = to.random;
  }

  void draw() {
    switch (random.nextInt(7)) {
      case 0, 1 -> watch();
      case 2 -> watcher();
      case 3 -> threshold();
      case 4 -> pattern();
      case 5 -> subscribe();
      default -> timed();
    }
    line("syscall sol_async_last_error");
  }

  private void line(String text) {
    to.line(text);
  }

  /** A number that is one of two, or one of a few that the machine alone knows. */
  private void number(String register, int right, int wrong) {
    if (random.nextInt(5) == 0) {
      to.unknown(register, (1 << random.nextInt(4)) - 1);
    } else {
      line("mov64 " + register + ", " + (random.nextInt(8) == 0 ? wrong : right));
    }
  }

  private void account() {
    line("mov64 r1, r6");
    line("add64 r1, 16");
  }

  private void budget(String register) {
    number(register, 1 + random.nextInt(5_000), random.nextBoolean() ? 0 : 400_001);
  }

  private void watch() {
    byField(64, "b", random.nextInt(3), 3);
    byField(63, "b", random.nextInt(8), 8);
    byField(62, "h", 0, 1);
    int width = 1 + random.nextInt(8);
    byField(60, "w", random.nextInt(3) == 0 ? LARGEST - width : 8, LARGEST - width + 1);
    if (width == 8) {
      byField(56, "dw", -1, 0);
    } else {
      line("mov64 r7, 1");
      line("lsh64 r7, " + 8 * width);
      line("sub64 r7, 1");
      line("stxdw [r10-56], r7");
    }
    byField(48, "dw", random.nextInt(100), -1);
    byField(40, "dw", 0, 1);
    account();
    line("mov64 r2, r10");
    line("add64 r2, -64");
    to.callback("r3", "r4");
    budget("r5");
    line("syscall sol_watch_account");
  }

  private void byField(int at, String width, int right, int wrong) {
    if (random.nextInt(12) == 0) {
      number("r7", right, wrong);
      line("stx" + width + " [r10-" + at + "], r7");
    } else {
      int value = random.nextInt(40) == 0 ? wrong : right;
      line("st" + width + " [r10-" + at + "], " + value);
    }
  }

  private void watcher() {
    number("r2", random.nextInt(4), 4 + random.nextInt(3));
    account();
    to.callback("r3", "r4");
    budget("r5");
    line("syscall sol_watcher_create");
  }

  /** What the last argument of some calls leads to. */
  private void arguments() {
    to.callback("r7", "r8");
    line("stxdw [r10-24], r7");
    line("stxdw [r10-16], r8");
    budget("r7");
    line("stxdw [r10-8], r7");
    line("mov64 r5, r10");
    line("add64 r5, -24");
  }

  private void threshold() {
    arguments();
    number("r2", 4 + random.nextInt(2), random.nextBoolean() ? 3 : 6);
    number("r3", random.nextBoolean() ? LARGEST - 8 : 16, LARGEST - 7);
    line("mov64 r4, " + random.nextInt());
    account();
    line("syscall sol_watcher_create_threshold");
  }

  private void pattern() {
    arguments();
    int length = 1 + random.nextInt(8);
    number("r2", random.nextBoolean() ? LARGEST - length : 16, LARGEST - length + 1);
    line("mov64 r3, r6");
    line("add64 r3, " + (Sketch.DATA + Sketch.CHANCE));
    boolean long_ = random.nextInt(8) == 0;
    number("r4", long_ ? 10_240 + random.nextInt(2) : length, 0);
    account();
    line("syscall sol_watcher_create_pattern");
  }

  private void subscribe() {
    to.callback("r7", "r8");
    line("stxdw [r10-16], r7");
    line("stxdw [r10-8], r8");
    line("stdw [r10-32], " + (random.nextInt(6) == 0 ? 0 : 100));
    line("stdw [r10-24], " + random.nextInt(3));
    line("mov64 r2, r10");
    line("add64 r2, -32");
    number("r3", 16, 8 * random.nextInt(4));
    line("mov64 r4, r10");
    line("add64 r4, -16");
    number("r1", random.nextInt(3) == 0 ? random.nextInt(8) : 0, 8);
    budget("r5");
    line("syscall sol_subscribe_event");
  }

  private void timed() {
    switch (random.nextInt(3)) {
      case 0 -> {
        number("r1", 2 + random.nextInt(100), 1_000_002);
        number("r2", 1 + random.nextInt(100), random.nextBoolean() ? 0 : 1_000_001);
        to.callback("r3", "r4");
        budget("r5");
        line("syscall sol_timer_create_periodic");
      }
      case 1 -> {
        number("r1", 1 + random.nextInt(100), 1_000_002);
        to.callback("r2", "r3");
        budget("r4");
        line("syscall sol_timer_create");
      }
      default -> {
        number("r1", 64 << random.nextInt(14), random.nextBoolean() ? 63 : (1 << 20) + 1);
        line("syscall sol_ring_buffer_create");
      }
    }
  }
}

package dev.ovsm.tests.verifier;

import java.util.Random;

/** Draws what begins and must end: records, iterators and handles, on ways that branch. */
final class RandomLives {
  /** Where in the heap iterators lie. */
  private static final long STRAYS = 0x3_0000_4000L;

  private final Sketch to;
  private final Random random;

  RandomLives(Sketch to) {
    this.to = to;
    this.random = to.random;
  }

  void draw() {
    switch (random.nextInt(5)) {
      case 0, 1 -> records();
      case 2 -> iterators();
      case 3 -> strays();
      default -> handles();
    }
  }

  private void records() {
    String end = to.label();
    to.reserve(8);
    boolean checked = random.nextInt(8) > 0;
    if (checked) {
      to.line("jeq r9, 0, " + end);
    }
    boolean branches = random.nextInt(3) == 0;
    String other = to.label();
    if (branches) {
      to.unknown("r7", 1);
      to.line("jeq r7, 0, " + other);
      steps(1 + random.nextInt(2));
      to.line("ja " + end);
      to.mark(other);
    }
    steps(1 + random.nextInt(2));
    to.mark(end);
  }

  private void steps(int count) {
    boolean over = false;
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(8);
      if (kind < 3) {
        to.line("stdw [r9+0], 5");
      } else if (kind < 4) {
        to.release();
        over = true;
      } else if (kind < 6) {
        releasing();
        over = true;
      }
    }
    if (!over && random.nextInt(10) > 0) {
      to.release();
    }
  }

  /** In a function, perhaps not always. */
  private void releasing() {
    String helper = "end" + to.number();
    to.line("mov64 r1, r9");
    to.line("call " + helper);
    to.helpers.append(helper).append(":\n");
    if (random.nextInt(8) == 0) {
      to.helpers.append("  ldxb r2, [r6+").append(Sketch.DATA + Sketch.CHANCE).append("]\n");
      to.helpers.append("  jeq r2, 0, .").append(helper).append("\n");
    }
    to.helpers.append("  mov64 r2, 0\n");
    to.helpers.append(random.nextBoolean() ? "  syscall sol_ringbuf_submit\n" : "");
    to.helpers.append(random.nextInt(6) > 0 ? "" : "  stdw [r1+0], 1\n");
    to.helpers.append("  .").append(helper).append(":\n  mov64 r0, 0\n  exit\n");
  }

  /** Iterators in the heap, at places that only an execution tells: two may be one. */
  private void strays() {
    stray("r9");
    begin("r9");
    if (random.nextBoolean()) {
      if (random.nextBoolean()) {
        stray("r8");
      } else {
        to.line("mov64 r8, r9");
        to.line("add64 r8, " + 8 * random.nextInt(5));
      }
      begin("r8");
      call("r8", "destroy");
    }
    call("r9", "next");
    if (random.nextInt(8) > 0) {
      call("r9", "destroy");
    }
  }

  private void stray(String register) {
    to.unknown("r7", 1);
    to.line("lsh64 r7, 5");
    to.address(register, STRAYS);
    to.line("add64 r7, " + register);
    to.line("mov64 " + register + ", r7");
  }

  private void begin(String iterator) {
    to.line("mov64 r2, 0");
    to.line("mov64 r3, " + random.nextInt(6));
    call(iterator, "new");
  }

  private void call(String iterator, String what) {
    to.line("mov64 r1, " + iterator);
    to.line("syscall sol_iter_num_" + what);
  }

  private void iterators() {
    int at = 24 + random.nextInt(40);
    String end = to.label();
    String head = to.label();
    if (random.nextInt(10) > 0) {
      to.frame("r1", at);
      to.line("mov64 r2, " + random.nextInt(4));
      to.line("mov64 r3, " + random.nextInt(6));
      to.line("syscall sol_iter_num_new");
    }
    to.mark(head);
    to.frame("r1", at);
    to.line("syscall sol_iter_num_next");
    if (random.nextInt(3) == 0) {
      to.line("jeq r0, 0, " + end);
      to.line("ldxdw r7, [r0+0]");
      to.line("jeq r7, " + random.nextInt(6) + ", " + (random.nextInt(4) == 0 ? end + "x" : end));
      to.line("ja " + head);
    }
    to.mark(end);
    int ends = random.nextInt(8) == 0 ? random.nextInt(3) : 1;
    for (int i = 0; i < ends; i++) {
      to.frame("r1", at);
      to.line("syscall sol_iter_num_destroy");
    }
    to.mark(end + "x");
    if (random.nextInt(10) == 0) {
      to.frame("r1", at);
      to.line("syscall sol_iter_num_current");
    }
  }

  private void handles() {
    String kind = random.nextBoolean() ? "timer" : "wq";
    boolean initialised = random.nextInt(10) > 0;
    if (initialised) {
      handle();
      to.line("mov64 r2, " + Sketch.MAP);
      to.line("mov64 r3, 0");
      to.line("syscall sol_" + kind + "_init");
    }
    String skip = to.label();
    boolean skips = random.nextInt(8) == 0;
    if (skips) {
      to.unknown("r7", 1);
      to.line("jeq r7, 0, " + skip);
    }
    if (random.nextInt(8) > 0) {
      handle();
      to.callback("r2", "r3");
      to.line("syscall sol_" + kind + "_set_callback");
    }
    if (skips) {
      to.mark(skip);
    }
    handle();
    to.line("mov64 r2, " + (kind.equals("timer") ? random.nextInt(5) : 0));
    to.line("mov64 r3, 0");
    to.line("syscall sol_" + kind + "_start");
    to.line("syscall sol_async_last_error");
  }

  /** The address of one of few handles, in one of several ways; now and then of another one. */
  private void handle() {
    int at = Sketch.DATA + Sketch.HANDLES + 16 * (random.nextInt(12) == 0 ? 1 : 0);
    if (random.nextInt(6) == 0) {
      to.address("r1", 0x4_0000_0000L + at);
    } else if (random.nextInt(6) == 0) {
      to.unknown("r7", 1);
      to.line("lsh64 r7, 4");
      to.line("mov64 r1, r6");
      to.line("add64 r1, " + (Sketch.DATA + Sketch.HANDLES));
      to.line("add64 r1, r7");
    } else {
      to.line("mov64 r1, r6");
      to.line("add64 r1, " + at);
    }
  }
}

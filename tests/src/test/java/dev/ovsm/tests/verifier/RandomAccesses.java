package dev.ovsm.tests.verifier;

import java.util.List;
import java.util.Random;

/**
 * Draws accesses to memory that just fit or just do not: at fixed and at counted places, by
 * addresses that are passed, kept and chosen between, and by the runtime.
 */
final class RandomAccesses {
  private static final List<String> WIDTHS = List.of("b", "h", "w", "dw");

  private final Sketch to;
  private final Random random;

  RandomAccesses(Sketch to) {
    this.to = to;
    this.random = to.random;
  }

  void draw() {
    switch (random.nextInt(13)) {
      case 0 -> fixed();
      case 1, 2 -> indexed();
      case 3 -> passed();
      case 4 -> filled();
      case 5 -> copied();
      case 6 -> counted();
      case 7 -> heap();
      case 8 -> record();
      case 9 -> kept();
      case 10 -> chosen();
      case 11 -> allocated();
      default -> nested();
    }
  }

  /** How far below the end of the frame something of a size begins; seldom not quite in it. */
  private int place(int bytes) {
    return switch (random.nextInt(12)) {
      case 0 -> 4_096;
      case 1 -> 4_096 + random.nextInt(9);
      case 2 -> Math.max(0, bytes - random.nextInt(3));
      default -> bytes + random.nextInt(300);
    };
  }

  /** An access of any width at a distance from an address. */
  private void touch(String address, int distance, int bytes) {
    String width = WIDTHS.get(Integer.numberOfTrailingZeros(bytes));
    String place = "[" + address + (distance < 0 ? "" : "+") + distance + "]";
    if (random.nextBoolean()) {
      to.line("st" + width + " " + place + ", " + random.nextInt(100));
    } else {
      to.line("ldx" + width + " r0, " + place);
    }
  }

  private int width() {
    return 1 << random.nextInt(4);
  }

  private int edge() {
    return random.nextInt(6) == 0 ? random.nextInt(5) - 2 : 0;
  }

  private void fixed() {
    int bytes = width();
    touch("r10", -place(bytes), bytes);
  }

  /** At an index that is masked or compared first. */
  private void indexed() {
    int bytes = width();
    int elements = 1 << (1 + random.nextInt(5));
    String end = to.label();
    if (random.nextBoolean()) {
      to.unknown("r7", elements - 1 + (random.nextInt(8) == 0 ? elements : 0));
    } else {
      to.unknown("r7", 255);
      String jump = List.of("jgt", "jge", "jsgt", "jsge").get(random.nextInt(4));
      to.line(jump + " r7, " + (elements + edge()) + ", " + end);
    }
    int shift = Integer.numberOfTrailingZeros(bytes);
    to.line("lsh64 r7, " + shift);
    to.frame("r8", elements * bytes + edge() + (random.nextInt(3) == 0 ? random.nextInt(200) : 0));
    to.line(random.nextInt(4) > 0 ? "add64 r8, r7" : "sub64 r8, r7");
    touch("r8", random.nextInt(6) == 0 ? edge() * bytes : 0, bytes);
    to.mark(end);
  }

  /** In a function that gets the address, and perhaps an index. */
  private void passed() {
    int bytes = width();
    int room = bytes * (1 + random.nextInt(12));
    to.frame("r1", random.nextInt(6) == 0 ? place(bytes) : room + edge());
    to.unknown("r2", (1 << random.nextInt(4)) - 1);
    String helper = "helper" + to.number();
    to.line("call " + helper);
    to.helpers.append(helper).append(":\n");
    String width = WIDTHS.get(Integer.numberOfTrailingZeros(bytes));
    int distance = random.nextInt(room) - (random.nextInt(10) == 0 ? room : 0);
    boolean indexes = random.nextBoolean();
    if (indexes) {
      to.helpers.append("  add64 r1, r2\n");
    }
    String place = (distance < 0 ? "" : "+") + distance;
    to.helpers.append("  stx").append(width).append(" [r1").append(place).append("], r2\n");
    to.helpers.append("  mov64 r0, 0\n  exit\n");
  }

  /** By the runtime, of a length that is fixed or bounded. */
  private void filled() {
    int bytes = 1 << random.nextInt(8);
    String end = to.label();
    boolean compared = random.nextBoolean();
    if (compared) {
      to.unknown("r7", 255);
      to.line("jgt r7, " + bytes + ", " + end);
      to.line("mov64 r3, r7");
    } else {
      to.line("mov64 r3, " + bytes);
    }
    to.frame("r1", random.nextInt(4) == 0 ? place(bytes) : bytes + edge());
    to.line("mov64 r2, 5");
    to.line("syscall sol_memset_");
    to.mark(end);
  }

  private void copied() {
    int bytes = 1 + random.nextInt(64);
    to.frame("r1", bytes + edge());
    to.frame("r2", 64 + bytes + random.nextInt(100));
    to.line("mov64 r3, " + bytes);
    if (random.nextBoolean()) {
      to.frame("r4", random.nextInt(5) == 0 ? random.nextInt(8) : 4 + random.nextInt(200));
      to.line("syscall sol_memcmp_");
    } else {
      to.line("syscall sol_memcpy_");
    }
  }

  /** In a loop over an index, or over the address itself. */
  private void counted() {
    int bytes = width();
    int rounds = 1 + random.nextInt(20);
    int room = rounds * bytes + (random.nextInt(4) == 0 ? random.nextInt(2 * bytes) - bytes : 0);
    String head = to.label();
    if (random.nextBoolean()) {
      to.line("mov64 r7, 0");
      to.mark(head);
      to.line("mov64 r8, r7");
      to.line("lsh64 r8, " + Integer.numberOfTrailingZeros(bytes));
      to.line("add64 r8, r10");
      touch("r8", -room, bytes);
      to.line("add64 r7, 1");
      String jump = random.nextInt(6) == 0 ? "jle" : random.nextBoolean() ? "jlt" : "jne";
      to.line(jump + " r7, " + rounds + ", " + head);
    } else {
      to.frame("r7", room);
      to.line("mov64 r8, r7");
      to.line("add64 r8, " + rounds * bytes);
      to.mark(head);
      touch("r7", 0, bytes);
      to.line("add64 r7, " + bytes);
      to.line((random.nextInt(6) == 0 ? "jle" : "jlt") + " r7, r8, " + head);
    }
  }

  private void heap() {
    int bytes = width();
    int from = random.nextInt(4) == 0 ? 32_768 - bytes + edge() : random.nextInt(32_000);
    to.address("r8", 0x3_0000_0000L + from);
    if (random.nextBoolean()) {
      to.unknown("r7", (1 << random.nextInt(8)) - 1);
      to.line("add64 r8, r7");
    }
    touch("r8", 0, bytes);
  }

  /** In a record of the size that was asked for. */
  private void record() {
    int size = 1 + random.nextInt(64);
    String end = to.label();
    to.reserve(size);
    if (random.nextInt(10) > 0) {
      to.line("jeq r9, 0, " + end);
    }
    int bytes = Math.min(width(), Integer.highestOneBit(size));
    int last = size - bytes + edge();
    if (random.nextInt(3) == 0) {
      to.unknown("r7", 63);
      to.line("jgt r7, " + Math.max(0, last) + ", " + end + "x");
      to.line("mov64 r8, r9");
      to.line("add64 r8, r7");
      touch("r8", 0, bytes);
      to.mark(end + "x");
    } else {
      touch("r9", random.nextInt(3) == 0 ? last : random.nextInt(size - bytes + 1), bytes);
    }
    to.release();
    to.mark(end);
  }

  /** By an address that was kept in the frame meanwhile. */
  private void kept() {
    int bytes = width();
    to.frame("r8", place(bytes));
    int slot = 8 * (1 + random.nextInt(40));
    to.line("stxdw [r10-" + slot + "], r8");
    if (random.nextInt(3) == 0) {
      to.unknown("r7", 255);
      to.line("stxb [r10-" + (1 + random.nextInt(320)) + "], r7");
    }
    to.line("ldxdw r8, [r10-" + slot + "]");
    touch("r8", edge() * bytes, bytes);
  }

  /** By one of two addresses. */
  private void chosen() {
    int bytes = width();
    to.frame("r8", place(bytes));
    to.unknown("r7", 3);
    String end = to.label();
    to.line("jeq r7, 0, " + end);
    if (random.nextInt(3) == 0) {
      to.address("r8", 0x3_0000_0000L + random.nextInt(32_768));
    } else {
      to.frame("r8", place(bytes));
    }
    to.mark(end);
    touch("r8", edge() * bytes, bytes);
  }

  /** Takes of the heap, by the runtime or by moving a word that says where its free part is. */
  private void allocated() {
    int most = 1 << random.nextInt(8);
    to.unknown("r7", most - 1);
    if (random.nextBoolean()) {
      to.line("mov64 r1, r7");
      to.line("mov64 r2, 0");
      to.line("syscall sol_alloc_free_");
    } else {
      to.address("r8", 0x3_0000_0000L);
      to.line("ldxdw r0, [r8+0]");
      to.line(random.nextBoolean() ? "add64 r0, r7" : "add64 r0, " + most);
      to.line("stxdw [r8+0], r0");
    }
  }

  /** Functions that call each other some levels deep, with a word in each frame. */
  private void nested() {
    int depth = random.nextInt(8) == 0 ? 61 + random.nextInt(5) : 1 + random.nextInt(4);
    String name = "nest" + to.number() + "x";
    to.line("call " + name + 1);
    for (int i = 1; i <= depth; i++) {
      to.helpers.append(name).append(i).append(":\n");
      to.helpers
          .append("  stdw [r10-")
          .append(to.version.stackFrameGaps() ? place(8) : 8)
          .append("], 1\n");
      to.helpers.append(i < depth ? "  call " + name + (i + 1) + "\n" : "");
      to.helpers.append("  mov64 r0, 0\n  exit\n");
    }
  }
}

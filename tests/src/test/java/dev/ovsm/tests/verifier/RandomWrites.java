package dev.ovsm.tests.verifier;

import dev.ovsm.sbpf.Version;
import java.util.List;
import java.util.Random;

/**
 * Draws programs that write to accounts after they looked whether they may, or nearly so: to the
 * first account where it always lies, and to others by way of a table of their records.
 */
final class RandomWrites {
  private static final long TABLE = 0x3_0000_7800L;
  private static final int FIRST = 8;
  private static final int DATA = 88;
  private static final int GROWTH = 10_240;
  private static final int FLAG = 2;
  private static final List<String> WIDTHS = List.of("b", "h", "w", "dw");

  private final Sketch to;
  private final Random random;

  private RandomWrites(Sketch to) {
    this.to = to;
    this.random = to.random;
  }

  /** The assembly of a seed's program. */
  static String draw(long seed, Version version) {
    RandomWrites writes = new RandomWrites(new Sketch(new Random(seed), version));
    writes.draw();
    return writes.to.text();
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private void draw() {
    to.line("mov64 r6, r1");
    boolean walks = !one(3);
    if (walks) {
      walk();
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      if (walks && !one(4)) {
        listed();
      } else {
        first();
      }
    }
    to.line("mov64 r0, 0");
    to.line("exit");
  }

  /** Notes where each account has its record, sometimes with a mistake. */
  private void walk() {
    int mistake = one(3) ? random.nextInt(6) : -1;
    String head = to.label();
    String body = to.label();
    String duplicate = to.label();
    String next = to.label();
    String end = to.label();
    to.line("ldxdw r5, [r6+0]");
    to.line("jgt r5, 255, " + end);
    to.line("mov64 r1, r6");
    to.line("add64 r1, " + FIRST);
    to.line("mov64 r4, 0");
    to.mark(head);
    to.line((mistake == 0 ? "jgt" : "jge") + " r4, r5, " + end);
    to.mark(body);
    to.line("mov64 r3, r4");
    to.line("lsh64 r3, 3");
    to.address("r0", TABLE);
    to.line("add64 r3, r0");
    to.line("ldxb r0, [r1+0]");
    if (mistake != 1) {
      to.line("jne r0, 255, " + duplicate);
    }
    to.line("stxdw [r3+0], r1");
    to.line("ldxdw r2, [r1+80]");
    to.line("add64 r2, " + (mistake == 2 ? 10_335 : 10_343));
    to.line("and64 r2, -8");
    to.line("add64 r1, r2");
    to.line("ja " + next);
    to.mark(duplicate);
    if (mistake == 3) {
      to.line("stxdw [r3+0], r1");
    } else {
      to.line("lsh64 r0, 3");
      to.address("r2", TABLE);
      to.line("add64 r0, r2");
      to.line("ldxdw r0, [r0+0]");
      to.line("stxdw [r3+0], r0");
    }
    to.line("add64 r1, 8");
    to.mark(next);
    to.line("add64 r4, 1");
    to.line("ja " + head);
    to.mark(end);
    if (mistake == 4) {
      // What came in the data is taken for the second account's record.
      to.line("mov64 r2, r6");
      to.line("add64 r2, " + (FIRST + DATA));
      to.address("r3", TABLE);
      to.line("stxdw [r3+" + (one(2) ? 8 : 2_048) + "], r2");
    } else if (mistake == 5) {
      to.line("stb [r6+" + (FIRST + random.nextInt(8)) + "], 1");
    }
  }

  /** The address of an account's record by the table. */
  private void load(String register, int account) {
    to.address("r0", TABLE);
    to.line("ldxdw " + register + ", [r0+" + 8 * account + "]");
  }

  /** The same by a function that may fail, which its second result tells, or nearly so. */
  private void found(String register, int account, String end) {
    String find = "find" + to.number();
    to.line("mov64 r1, r6");
    to.line("call " + find);
    if (!one(4)) {
      to.line((one(8) ? "jeq" : "jne") + " r1, 0, " + end);
    }
    to.line("mov64 " + register + ", r0");
    String failing = to.label();
    String place = " [r1+" + (FIRST + DATA) + "]";
    to.helpers.append(find).append(":\n  ldxb r2,").append(place).append('\n');
    to.helpers.append("  jeq r2, 255, ").append(failing).append('\n');
    to.helpers.append("  lddw r0, ").append(TABLE).append('\n');
    to.helpers.append("  ldxdw r0, [r0+").append(8 * account).append("]\n");
    to.helpers.append("  mov64 r1, 0\n  exit\n");
    to.helpers.append(failing).append(":\n  mov64 r0, r1\n");
    to.helpers.append("  add64 r0, ").append(FIRST + DATA).append('\n');
    to.helpers.append("  mov64 r1, ").append(one(6) ? 0 : 1).append("\n  exit\n");
  }

  private void listed() {
    int account = random.nextInt(4);
    String end = to.label();
    if (one(4)) {
      found("r7", account, end);
    } else {
      load("r7", account);
    }
    boolean late = one(12);
    if (late) {
      write("r7", 0);
    }
    if (!one(10)) {
      boolean again = one(3);
      if (again) {
        load("r8", one(6) ? random.nextInt(4) : account);
      }
      check(again ? "r8" : "r7", 0, end);
    }
    if (one(4)) {
      helped("r7");
    } else {
      write("r7", 0);
    }
    to.mark(end);
  }

  private void first() {
    String end = to.label();
    if (!one(8)) {
      check("r6", FIRST, end);
    }
    write("r6", FIRST);
    to.mark(end);
  }

  /** Goes on only if an account may be written, or nearly so. */
  private void check(String record, int from, String end) {
    int flag = one(12) ? random.nextInt(4) : FLAG;
    to.line("ldxb r2, [" + record + "+" + (from + flag) + "]");
    to.line((one(16) ? "jne" : "jeq") + " r2, 0, " + end);
  }

  /** What is written of a record. */
  private int place(int bytes) {
    return switch (random.nextInt(10)) {
      case 0 -> 40;
      case 1 -> 72;
      case 2 -> 80 - bytes;
      case 3 -> DATA + GROWTH - bytes;
      case 4 -> one(3) ? DATA + GROWTH - random.nextInt(bytes) : DATA;
      case 5 -> one(4) ? random.nextInt(DATA) : DATA;
      default -> DATA + random.nextInt(64);
    };
  }

  private void write(String record, int from) {
    int width = random.nextInt(WIDTHS.size());
    int place = from + place(1 << width);
    if (one(5)) {
      to.line("mov64 r1, " + record);
      to.line("add64 r1, " + place);
      to.line("mov64 r2, 9");
      to.line("mov64 r3, " + (1 + random.nextInt(one(4) ? 12_000 : 24)));
      to.line("syscall sol_memset_");
    } else if (one(4)) {
      to.line("ldxb r2, [r6+" + (FIRST + DATA) + "]");
      to.line("mov64 r3, " + record);
      to.line("add64 r3, r2");
      to.line("st" + WIDTHS.get(width) + " [r3+" + place + "], 9");
    } else {
      to.line("st" + WIDTHS.get(width) + " [" + record + "+" + place + "], 9");
    }
  }

  /** The write is made by a function that gets the record. */
  private void helped(String record) {
    String helper = "helper" + to.number();
    to.line("mov64 r1, " + record);
    to.line("call " + helper);
    to.helpers.append(helper).append(":\n");
    to.helpers.append("  stdw [r1+").append(place(8)).append("], 9\n");
    to.helpers.append("  mov64 r0, 0\n  exit\n");
  }
}

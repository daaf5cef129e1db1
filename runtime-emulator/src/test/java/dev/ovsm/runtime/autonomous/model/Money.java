package dev.ovsm.runtime.autonomous.model;

import java.util.ArrayList;
import java.util.List;

/** What programs have, which no failure of theirs takes back. */
final class Money {
  static final long REGISTRATION_FEE = 10_000_000;
  static final long EVENT_FEE = 100;
  private static final long LAMPORTS_A_UNIT = 1_000_000;
  private static final int UNSTAKING_SLOTS = 100;

  final long[] escrow = new long[2];
  final long[] stake = new long[2];
  private final List<Part> leaving = new ArrayList<>();
  private final boolean isStrict;
  long collected;
  private long owed;

  /** A part of a stake, gone from a slot on. */
  private record Part(int program, long lamports, long slot) {}

  Money(boolean isStrict) {
    this.isStrict = isStrict;
  }

  boolean canPay(int program, long fee) {
    return !isStrict || escrow[program] - owed >= fee;
  }

  void owes(long fee) {
    owed += fee;
  }

  /** Takes what the transaction that is over owes; in a life that is not strict others pay. */
  void settle(int program) {
    escrow[program] -= Math.min(escrow[program], owed);
    collected += owed;
    owed = 0;
  }

  long reserved(int program) {
    return stake[program] / LAMPORTS_A_UNIT;
  }

  boolean stake(int program, long lamports, long slotBudget) {
    if ((stake[program] + lamports) / LAMPORTS_A_UNIT + reserved(1 - program) > slotBudget) {
      return false;
    }
    stake[program] += lamports;
    return true;
  }

  boolean unstake(int program, long lamports, long slot) {
    long going = leaving.stream().filter(p -> p.program == program).mapToLong(Part::lamports).sum();
    if (lamports > stake[program] - going) {
      return false;
    }
    leaving.add(new Part(program, lamports, slot + UNSTAKING_SLOTS));
    return true;
  }

  void enter(long slot) {
    leaving.removeIf(
        part -> {
          boolean goes = part.slot <= slot;
          stake[part.program] -= goes ? part.lamports : 0;
          return goes;
        });
  }
}

package dev.ovsm.tests.machine;

import dev.ovsm.sbpf.Opcode;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what instructions work on: registers, numbers at the ends of their width, offsets. */
final class Operands {
  private final SplittableRandom random;

  Operands(SplittableRandom random) {
    this.random = random;
  }

  long immediate(Opcode op) {
    return switch (op.operation()) {
      case LSH, RSH, ARSH -> random.nextInt(op.width());
      case LE, BE -> 16 << random.nextInt(3);
      case DIV, MOD, UDIV, UREM, SDIV, SREM -> {
        int divisor = (int) value();
        yield divisor == 0 ? 3 : divisor;
      }
      default -> low(value());
    };
  }

  static boolean divides(Opcode op) {
    return switch (op.operation()) {
      case DIV, MOD, UDIV, UREM, SDIV, SREM -> true;
      default -> false;
    };
  }

  /** An offset inside a range, or rarely a little outside. */
  int near(int first, int last, int bytes) {
    if (chance(1)) {
      return (chance(50) ? first : last) + random.nextInt(-2 * bytes, 2 * bytes + 1);
    }
    return chance(50) ? last - random.nextInt(32) / 8 * 8 : random.nextInt(first, last + 1);
  }

  long value() {
    long bit = 1L << random.nextInt(64);
    return switch (random.nextInt(8)) {
      case 0 -> small();
      case 1 -> bit;
      case 2 -> bit - 1;
      case 3 -> -bit;
      case 4 -> random.nextInt();
      case 5 -> 0xFFFF_FFFFL & random.nextInt();
      case 6 -> random.nextLong();
      default -> random.nextInt(256);
    };
  }

  /** The low half, sign-extended: an immediate. */
  static long low(long value) {
    return value << 32 >> 32;
  }

  int small() {
    return random.nextInt(-3, 8);
  }

  int scratch() {
    return random.nextInt(6);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}

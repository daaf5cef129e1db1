package dev.ovsm.verifier.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every operator against the values it stands for: mixtures at 8 bits, points at 64.
 *
 * <p>{@code -Dverifier.points=N} sets how many points of 64 bits there are, at each of which every
 * operator is tried.
 */
final class ArithmeticTest {
  private static final List<Operator> OPERATORS = List.of(Operator.values());
  private static final List<Relation> RELATIONS = List.of(Relation.values());
  private static final int POINTS = Integer.getInteger("verifier.points", 30_000);
  private static final int SHARES = 16;
  private static final long[] EDGES = {
    0, 1, 2, 3, 5, 7, 8, 15, 16, 31, 63, 64, 85, 100, 126, 127, 128, 129, 170, 200, 240, 254, 255
  };

  @Test
  void wordsOfEightBitsWithEdgesExhaustively() {
    List<Word> words = new ArrayList<>(Words.intervals(8));
    words.addAll(Words.bits(8));
    for (Operator operator : Operator.values()) {
      for (Word word : words) {
        long edge = EDGES[Math.floorMod(word.hashCode(), EDGES.length)];
        Word other = Word.constant(8, edge);
        Word forward = Arithmetic.apply(operator, word, other);
        Word backward = Arithmetic.apply(operator, other, word);
        for (long value = 0; value < 256; value++) {
          if (word.contains(value)) {
            check(operator, forward, value, edge, 8, word, other);
            check(operator, backward, edge, value, 8, other, word);
          }
        }
      }
    }
  }

  @Test
  void strangeMixturesOfEightBits() {
    Random random = new Random(8);
    for (int round = 0; round < 40_000; round++) {
      Word left = Words.around(random, random.nextInt(256), 8);
      Word right = Words.around(random, random.nextInt(256), 8);
      Operator operator = OPERATORS.get(round % OPERATORS.size());
      Word result = Arithmetic.apply(operator, left, right);
      for (long a = 0; a < 256; a++) {
        for (long b = 0; left.contains(a) && b < 256; b += 1 + random.nextInt(3)) {
          if (right.contains(b)) {
            check(operator, result, a, b, 8, left, right);
          }
        }
      }
    }
  }

  @Test
  void pointsOfSixtyFourBits() {
    long tried = IntStream.range(0, SHARES).parallel().mapToLong(ArithmeticTest::tryPoints).sum();
    assertThat(tried).isEqualTo((long) SHARES * (POINTS / SHARES));
  }

  /** Tries every operator, relation and operation on sets at some points. */
  private static long tryPoints(int share) {
    Random random = new Random(64 + share);
    long[] thresholds = Thresholds.around(new long[] {10, 1000});
    for (int point = 0; point < POINTS / SHARES; point++) {
      long a = Words.edgy(random);
      long b = random.nextInt(4) == 0 ? a : Words.edgy(random);
      Word left = Words.around(random, a, 64);
      Word right = Words.around(random, b, 64);
      for (Operator operator : OPERATORS) {
        check(operator, Arithmetic.apply(operator, left, right), a, b, 64, left, right);
      }
      for (Relation relation : RELATIONS) {
        check(relation, a, b, left, right);
      }
      Word joined = left.join(right);
      Word widened = left.widen(right, thresholds);
      boolean kept = joined.contains(a) && joined.contains(b);
      boolean wide = widened.contains(a) && widened.contains(b);
      boolean met = !right.contains(a) || left.meet(right).contains(a);
      boolean included = !left.includes(right) || left.contains(b);
      if (!kept || !wide || !met || !included) {
        throw new AssertionError(a + " of " + left + " and " + b + " of " + right);
      }
    }
    return POINTS / SHARES;
  }

  private static void check(Relation relation, long a, long b, Word left, Word right) {
    boolean holds = relation.holds(a, b, 64);
    boolean sound =
        switch (relation.decide(left, right)) {
          case TRUE -> holds;
          case FALSE -> !holds;
          case EITHER -> true;
          case NEVER -> false;
        };
    boolean kept = !holds || relation.refine(left, right).contains(a);
    boolean consistent =
        relation.negated().holds(a, b, 64) != holds && relation.swapped().holds(b, a, 64) == holds;
    if (!sound || !kept || !consistent) {
      throw new AssertionError(a + " of " + left + " " + relation + " " + b + " of " + right);
    }
  }

  @Test
  void extensionsOfEightBitsExhaustively() {
    List<Word> words = new ArrayList<>(Words.intervals(8));
    words.addAll(Words.bits(8));
    for (Word word : words) {
      for (int bits = 1; bits < 8; bits++) {
        Word zero = Arithmetic.zeroExtend(word, bits);
        Word sign = Arithmetic.signExtend(word, bits);
        for (long value = 0; value < 256; value++) {
          if (word.contains(value)) {
            assertThat(zero.contains(value & ((1L << bits) - 1))).isTrue();
            assertThat(sign.contains(value << (64 - bits) >> (64 - bits))).isTrue();
          }
        }
      }
    }
  }

  @Test
  void extensionsAndSwapsOfSixtyFourBits() {
    Random random = new Random(3);
    for (int round = 0; round < 300_000; round++) {
      long value = Words.edgy(random);
      Word word = Words.around(random, value, 64);
      int low = 1 + random.nextInt(64);
      assertThat(Arithmetic.zeroExtend(word, low).contains(value << -low >>> -low)).isTrue();
      assertThat(Arithmetic.signExtend(word, low).contains(value << -low >> -low)).isTrue();
      int bits = 8 << random.nextInt(4);
      assertThat(Arithmetic.swap(word, bits / 8).contains(Long.reverseBytes(value) >>> -bits))
          .isTrue();
    }
  }

  @Test
  void intervalsStayExactWhereNothingWraps() {
    Word index = Word.unsigned(0, 9);
    Word scaled = Arithmetic.apply(Operator.MUL, index, Word.constant(88));
    Word address = Arithmetic.apply(Operator.ADD, scaled, Word.constant(0x4_0000_0008L));
    assertThat(address.umin()).isEqualTo(0x4_0000_0008L);
    assertThat(address.umax()).isEqualTo(0x4_0000_0008L + 9 * 88);
    assertThat(address.stride()).isEqualTo(Stride.of(88, 0x4_0000_0008L));
    assertThat(Arithmetic.apply(Operator.UREM, Word.any(), Word.constant(10)))
        .isEqualTo(Word.unsigned(0, 9));
    assertThat(Arithmetic.apply(Operator.UADD_CHECKED, Word.any(), Word.constant(1)))
        .isEqualTo(Word.unsigned(1, -1));
  }

  private static void check(
      Operator operator, Word result, long a, long b, int width, Word left, Word right) {
    OptionalLong exact = operator.evaluate(a, b, width);
    if (exact.isPresent() && !result.contains(exact.getAsLong())) {
      throw new AssertionError(
          a + " " + operator + " " + b + " of " + left + ", " + right + " is not in " + result);
    }
  }
}

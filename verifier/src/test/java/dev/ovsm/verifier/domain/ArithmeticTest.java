package dev.ovsm.verifier.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Every operator against the values it stands for: all of them at small widths, points at 64.
 *
 * <p>{@code -Dverifier.points=N} sets how many points of 64 bits each operator gets.
 */
final class ArithmeticTest {
  private static final List<Operator> OPERATORS = List.of(Operator.values());
  private static final int POINTS = Integer.getInteger("verifier.points", 50_000);
  private static final long[] EDGES = {
    0, 1, 2, 3, 5, 7, 8, 15, 16, 31, 63, 64, 85, 100, 126, 127, 128, 129, 170, 200, 240, 254, 255
  };

  @Test
  void intervalsAndBitsOfFourBitsExhaustively() {
    List<Word> words = new ArrayList<>(Words.intervals(4));
    words.addAll(Words.bits(4));
    long[] members = words.stream().mapToLong(word -> Words.members(word)).toArray();
    long checked = 0;
    for (Operator operator : Operator.values()) {
      long[][] table = table(operator, 4);
      for (int i = 0; i < words.size(); i++) {
        for (int j = 0; j < words.size(); j++) {
          long results = 0;
          for (int a = 0; a < 16; a++) {
            for (int b = 0; b < 16; b++) {
              boolean both = (members[i] >>> a & members[j] >>> b & 1) != 0;
              results |= both ? table[a][b] : 0;
            }
          }
          Word word = Arithmetic.apply(operator, words.get(i), words.get(j));
          if ((results & ~Words.members(word)) != 0) {
            throw new AssertionError(operator + " " + words.get(i) + ", " + words.get(j));
          }
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(2_000_000);
  }

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
    Random random = new Random(64);
    for (Operator operator : Operator.values()) {
      for (int point = 0; point < POINTS; point++) {
        long a = Words.edgy(random);
        long b = Words.edgy(random);
        Word left = Words.around(random, a, 64);
        Word right = Words.around(random, b, 64);
        check(operator, Arithmetic.apply(operator, left, right), a, b, 64, left, right);
      }
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

  /** For each pair of words the set, as bits, of its one result or of none. */
  private static long[][] table(Operator operator, int width) {
    int size = 1 << width;
    long[][] table = new long[size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        OptionalLong result = operator.evaluate(a, b, width);
        table[a][b] = result.isPresent() ? 1L << result.getAsLong() : 0;
      }
    }
    return table;
  }
}

package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Products and quotients of {@code decimal} in compiled programs are those of exact arithmetic, cut
 * off after six digits, in random numbers and in all pairs of edges; they fail where the result
 * does not fit, and only there.
 */
class DecimalsTest {
  private static final int CASES = Integer.getInteger("decimal.cases", 100_000);
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
  private static final BigInteger LEAST = MOST.not();
  private static final long OVERFLOW = 5000;
  private static final long DIVISION_BY_ZERO = 5001;

  private static final String A = decimal(0);
  private static final String B = decimal(16);
  private static final String PRODUCT = "(* a b)";
  private static final String QUOTIENT = "(/ a b)";

  private static String decimal(int at) {
    return "(millionths-decimal (rt-i128 (mem-load in %d) (mem-load in %d)))".formatted(at, at + 8);
  }

  /** Of each result the error or 0, then its low and its high word, which are 0 after an error. */
  private static List<String> words(List<String> values) {
    List<String> words = new ArrayList<>();
    for (String value : values) {
      words.add("(try (do " + value + " 0u64) (catch e e))");
      for (String half : List.of("low", "high")) {
        words.add("(try (rt-%s (decimal-millionths %s)) (catch e 0u64))".formatted(half, value));
      }
    }
    return words;
  }

  @Test
  void areExact() {
    int pairs = compare(List.of(PRODUCT, QUOTIENT));
    System.out.printf(
        Locale.ROOT, "DecimalsTest: %,d pairs, of each the product and the quotient%n", pairs);
  }

  /** A product with an intermediate result of 128 bits is one of the right ones as a rule. */
  @Test
  void productsAreWiderThanTheirParts() {
    String slip =
        "(millionths-decimal (/ (* (decimal-millionths a) (decimal-millionths b)) 1000000))";
    assertThatThrownBy(() -> compare(List.of(slip, QUOTIENT))).isInstanceOf(AssertionError.class);
  }

  private static int compare(List<String> values) {
    List<BigInteger[]> pairs = pairs();
    Formulas formulas =
        new Formulas(4, List.of("(define a " + A + ")", "(define b " + B + ")"), words(values));
    SplittableRandom random = new SplittableRandom(20_260_407);
    int done = 0;
    while (done < CASES || !pairs.isEmpty()) {
      while (pairs.size() < Formulas.BATCH) {
        pairs.add(new BigInteger[] {random(random), random(random)});
      }
      check(pairs.subList(0, Formulas.BATCH), formulas);
      pairs.subList(0, Formulas.BATCH).clear();
      done += Formulas.BATCH;
    }
    return done;
  }

  private static List<BigInteger[]> pairs() {
    TreeSet<BigInteger> edges = new TreeSet<>();
    for (int bits : new int[] {0, 1, 20, 32, 63, 64, 65, 73, 74, 107, 108, 126, 127}) {
      for (int beside = -1; beside <= 1; beside++) {
        BigInteger edge = BigInteger.ONE.shiftLeft(bits).add(BigInteger.valueOf(beside));
        edges.add(edge.min(MOST));
        edges.add(edge.negate().max(LEAST));
        edges.add(edge.multiply(MILLION).min(MOST));
      }
    }
    List<BigInteger[]> pairs = new ArrayList<>();
    for (BigInteger a : edges) {
      for (BigInteger b : edges) {
        pairs.add(new BigInteger[] {a, b});
      }
    }
    return pairs;
  }

  /** Of any length, so that results on both sides of the largest one are common. */
  private static BigInteger random(SplittableRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return new BigInteger(bytes).shiftRight(random.nextInt(128));
  }

  private static void check(List<BigInteger[]> pairs, Formulas formulas) {
    List<long[]> all = formulas.of(pairs.stream().map(pair -> row(pair[0], pair[1])).toList());
    for (int i = 0; i < all.size(); i++) {
      BigInteger a = pairs.get(i)[0];
      BigInteger b = pairs.get(i)[1];
      long[] expected = new long[6];
      set(expected, 0, a.multiply(b).divide(MILLION));
      if (b.signum() == 0) {
        expected[3] = DIVISION_BY_ZERO;
      } else {
        set(expected, 3, a.multiply(MILLION).divide(b));
      }
      assertThat(all.get(i)).as("%s and %s millionths", a, b).containsExactly(expected);
    }
  }

  private static void set(long[] expected, int at, BigInteger value) {
    boolean fits = value.bitLength() <= MOST.bitLength();
    expected[at] = fits ? 0 : OVERFLOW;
    expected[at + 1] = fits ? value.longValue() : 0;
    expected[at + 2] = fits ? value.shiftRight(Long.SIZE).longValue() : 0;
  }

  private static long[] row(BigInteger a, BigInteger b) {
    return new long[] {
      a.longValue(),
      a.shiftRight(Long.SIZE).longValue(),
      b.longValue(),
      b.shiftRight(Long.SIZE).longValue()
    };
  }
}

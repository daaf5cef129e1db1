package dev.ovsm.verifier.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator, relation and operation on sets against the results of all members: every pair of
 * intervals, known bits and strides at small widths. At 8 bits, in the profile {@code soak}, every
 * pair of known bits, every set with every single word, and every pair of all sets for the parts
 * from which claims follow, where one set stands for all that an operation cannot tell apart: which
 * those are is checked at small widths.
 *
 * <p>{@code -Dverifier.pairs=W} asks for all pairs of W bits, {@code -Dverifier.parts=W} for the
 * same of what claims are put together from, {@code -Dverifier.bits=W} for all pairs of known bits
 * of W bits, {@code -Dverifier.constants=W} for all sets of W bits with all single words, {@code
 * -Dverifier.every=N} for all sets of as many bits with each N-th set as well.
 */
final class ExhaustionTest {
  private static final int PAIRS = Integer.getInteger("verifier.pairs", 4);
  private static final int PARTS = Integer.getInteger("verifier.parts", 4);
  private static final int BITS = Integer.getInteger("verifier.bits", 5);
  private static final int CONSTANTS = Integer.getInteger("verifier.constants", 5);
  private static final int EVERY = Integer.getInteger("verifier.every", 100);

  @ParameterizedTest
  @MethodSource("claims")
  void everyPairOfSets(int number) {
    List<Element> all = Element.all(PAIRS);
    long checked = new Exhaustion(Claim.all(PAIRS).get(number), PAIRS, all).check(all);
    assertThat(checked).isEqualTo((long) all.size() * all.size());
  }

  @ParameterizedTest
  @MethodSource("claims")
  void everyPairOfKnownBits(int number) {
    List<Element> all = Element.bits(BITS);
    long checked = new Exhaustion(Claim.all(BITS).get(number), BITS, all).check(all);
    assertThat(checked).isEqualTo((long) all.size() * all.size());
  }

  @ParameterizedTest
  @MethodSource("claims")
  void everySetWithEverySingleWord(int number) {
    Claim claim = Claim.all(CONSTANTS).get(number);
    List<Element> all = Element.all(CONSTANTS);
    List<Element> some = new ArrayList<>();
    for (long word = 0; word < 1L << CONSTANTS; word++) {
      some.add(Element.alone(Word.constant(CONSTANTS, word)));
    }
    for (int i = EVERY - 1; i < all.size(); i += EVERY) {
      some.add(Element.alone(all.get(i).word()));
    }
    long checked =
        new Exhaustion(claim, CONSTANTS, some).check(all)
            + new Exhaustion(claim, CONSTANTS, all).check(some);
    assertThat(checked).isEqualTo(2L * all.size() * some.size());
  }

  /** The parts of a claim are tried with fewer sets, of which each stands for all like it. */
  @ParameterizedTest
  @MethodSource("claims")
  void everyPairOfSetsInParts(int number) {
    List<Element> all = Element.all(PARTS);
    long checked = new Exhaustion(Claim.parts(PARTS).get(number), PARTS, all).check(all);
    assertThat(checked).isEqualTo((long) all.size() * all.size());
  }

  @Test
  void ofSetsThatAreAlikeTheSameIsSaid() {
    for (int width : new int[] {3, 4}) {
      List<Word> all = Element.all(width).stream().map(Element::word).toList();
      for (Operator operator : Operator.values()) {
        Map<Object, Word> said = new HashMap<>();
        for (Word left : all) {
          Object one = Views.of(operator, true).of(left);
          for (Word right : all) {
            Object two = Views.of(operator, false).of(right);
            Word result = Arithmetic.apply(operator, left, right);
            Word before = said.putIfAbsent(List.of(one, two), result);
            assertThat(before == null || before.equals(result)).isTrue();
          }
        }
      }
      for (Relation relation : Relation.values()) {
        Map<Object, Word> said = new HashMap<>();
        for (Word left : all) {
          for (Word right : all) {
            Word result = relation.refine(left, right);
            Word before = said.putIfAbsent(List.of(left, Views.of(relation).of(right)), result);
            assertThat(before == null || before.equals(result)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void everySetIsThere() {
    // 528 intervals without sign, 256 more and 16 beginnings with sign, 243 choices of known bits.
    assertThat(Element.intervals(5)).hasSize(528 + 256 + 16);
    assertThat(Element.bits(5)).hasSize(243);
    for (Element element : Element.all(5)) {
      assertThat(element.word().isEmpty()).isFalse();
    }
  }

  static Stream<Integer> claims() {
    return Stream.iterate(0, number -> number + 1).limit(Claim.all(4).size());
  }
}

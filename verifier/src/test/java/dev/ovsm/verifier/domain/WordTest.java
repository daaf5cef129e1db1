package dev.ovsm.verifier.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WordTest {
  @Test
  void meetAndJoinKeepMembersOfFourBitsExhaustively() {
    List<Word> words = new ArrayList<>(Words.intervals(4));
    words.addAll(Words.bits(4));
    for (Word a : words) {
      long left = Words.members(a);
      assertThat(a.isEmpty()).isEqualTo(left == 0);
      for (Word b : words) {
        long right = Words.members(b);
        long both = Words.members(a.meet(b));
        long either = Words.members(a.join(b));
        boolean holds = (left & right & ~both) == 0 && ((left | right) & ~either) == 0;
        boolean included = !a.includes(b) || (right & ~left) == 0;
        if (!holds || !included) {
          throw new AssertionError(a + " and " + b);
        }
      }
    }
  }

  @Test
  void relationsKeepMembersOfFourBitsExhaustively() {
    List<Word> words = new ArrayList<>(Words.intervals(4));
    words.addAll(Words.bits(4));
    for (Relation relation : Relation.values()) {
      for (Word a : words) {
        for (Word b : words) {
          checkRelation(relation, a, b);
        }
      }
    }
  }

  @Test
  void relationsOfEveryIntervalAndBitsOfEightBitsToEdges() {
    List<Word> words = new ArrayList<>(Words.intervals(8));
    words.addAll(Words.bits(8));
    long[] edges = {0, 1, 2, 7, 63, 64, 100, 126, 127, 128, 129, 200, 254, 255};
    for (Relation relation : Relation.values()) {
      for (Word a : words) {
        long edge = edges[Math.floorMod(a.hashCode(), edges.length)];
        Word b = Word.constant(8, edge);
        Word refined = relation.refine(a, b);
        Word other = relation.swapped().refine(b, a);
        Relation.Truth truth = relation.decide(a, b);
        for (long x = 0; x < 256; x++) {
          if (a.contains(x)) {
            boolean holds = relation.holds(x, edge, 8);
            boolean wrong =
                holds
                    ? truth == Relation.Truth.FALSE || !refined.contains(x) || other.isEmpty()
                    : truth == Relation.Truth.TRUE;
            if (wrong || truth == Relation.Truth.NEVER) {
              throw new AssertionError(x + " " + relation + " " + edge + " of " + a);
            }
          }
        }
      }
    }
  }

  private static void checkRelation(Relation relation, Word a, Word b) {
    Word refined = relation.refine(a, b);
    Relation.Truth truth = relation.decide(a, b);
    for (int x = 0; x < 16; x++) {
      for (int y = 0; a.contains(x) && y < 16; y++) {
        if (b.contains(y)) {
          boolean holds = relation.holds(x, y, 4);
          boolean wrong =
              holds
                  ? truth == Relation.Truth.FALSE || !refined.contains(x)
                  : truth == Relation.Truth.TRUE;
          if (wrong || truth == Relation.Truth.NEVER) {
            throw new AssertionError(x + " " + relation + " " + y + " of " + a + ", " + b);
          }
        }
      }
    }
  }

  @Test
  void relationsKeepPointsOfSixtyFourBits() {
    Random random = new Random(5);
    for (int round = 0; round < 500_000; round++) {
      long x = Words.edgy(random);
      long y = random.nextInt(4) == 0 ? x : Words.edgy(random);
      Word a = Words.around(random, x, 64);
      Word b = Words.around(random, y, 64);
      for (Relation relation : Relation.values()) {
        if (relation.holds(x, y, 64)) {
          assertThat(relation.refine(a, b).contains(x)).isTrue();
          assertThat(relation.negated().holds(x, y, 64)).isFalse();
          assertThat(relation.swapped().holds(y, x, 64)).isTrue();
        }
      }
    }
  }

  @Test
  void wideningIncludesBothAndEndsSoon() {
    Random random = new Random(7);
    long[] thresholds = Thresholds.around(new long[] {10, 1000});
    for (int round = 0; round < 500; round++) {
      List<Long> points = new ArrayList<>();
      points.add(Words.edgy(random));
      Word word = Words.around(random, points.get(0), 64);
      int steps = 0;
      for (int more = 0; more < 300; more++) {
        points.add(Words.edgy(random));
        Word next = Words.around(random, points.get(points.size() - 1), 64);
        Word wider = word.widen(next, thresholds);
        assertThat(points).allMatch(wider::contains);
        steps += wider.equals(word) ? 0 : 1;
        word = wider;
      }
      assertThat(steps).isLessThan(200);
    }
  }

  @Test
  void reductionMakesViewsAgree() {
    Word small = Word.unsigned(0, 100).meet(Word.signed(-5, 20));
    assertThat(small).isEqualTo(Word.unsigned(0, 20));
    Word odd = Word.unsigned(4, 9).meet(Word.bits(64, new Bits(1, ~1L)));
    assertThat(odd.umin()).isEqualTo(5);
    assertThat(odd.umax()).isEqualTo(9);
    assertThat(Word.signed(-3, -1).umin()).isEqualTo(-3);
    assertThat(Word.unsigned(4, 9)).hasToString("4..9");
    assertThat(Word.constant(-1)).hasToString("-1");
  }
}

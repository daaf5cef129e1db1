package dev.ovsm.verifier.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WordTest {
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

package dev.ovsm.backend.alloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GrowingIntervalTest {
  private static final int POSITIONS = 400;

  /** Random intervals, joined as long as they do not overlap, are sets of positions. */
  @Test
  void isASetOfPositions() {
    SplittableRandom random = new SplittableRandom(1);
    int joined = 0;
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      List<GrowingInterval> intervals = new ArrayList<>();
      List<BitSet> sets = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        BitSet set = positions(random);
        sets.add(set);
        intervals.add(GrowingInterval.of(interval(set)));
      }
      for (int i = 0; i < 400; i++) {
        int a = random.nextInt(sets.size());
        int b = random.nextInt(sets.size());
        boolean overlap = sets.get(a).intersects(sets.get(b));
        assertThat(intervals.get(a).overlaps(intervals.get(b))).isEqualTo(overlap);
        if (overlap) {
          refused++;
        } else if (a != b) {
          joined++;
          intervals.set(a, intervals.get(a).union(intervals.get(b)));
          sets.get(a).or(sets.get(b));
          intervals.set(b, GrowingInterval.of(interval(new BitSet())));
          sets.get(b).clear();
        }
      }
    }
    assertThat(joined).isGreaterThan(4_000);
    assertThat(refused).isGreaterThan(4_000);
  }

  private static BitSet positions(SplittableRandom random) {
    BitSet set = new BitSet();
    for (int i = random.nextInt(8); i > 0; i--) {
      int from = random.nextInt(POSITIONS);
      set.set(from, from + 1 + random.nextInt(6));
    }
    return set;
  }

  private static Interval interval(BitSet set) {
    Ints descending = new Ints();
    for (int end = set.length(); end > 0; ) {
      int start = set.previousClearBit(end - 1) + 1;
      descending.add(end);
      descending.add(start);
      end = start == 0 ? 0 : set.previousSetBit(start - 1) + 1;
    }
    return Interval.ofDescending(descending);
  }
}

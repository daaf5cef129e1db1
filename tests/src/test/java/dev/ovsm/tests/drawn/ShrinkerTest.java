package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is left of a program is small and still has what it was kept for. */
class ShrinkerTest {
  @Test
  void keepsLittleBesideTheProperty() {
    for (Construct wanted : new Construct[] {Construct.WHILE, Construct.SATURATING}) {
      long seed = 1;
      while (!isLarge(Drawn.of(seed), wanted)) {
        seed++;
      }
      Drawn large = Drawn.of(seed);
      Drawn small = Shrinker.smallest(large, program -> program.drawn().containsKey(wanted));
      assertThat(small.drawn()).containsKey(wanted);
      assertThat(small.text()).hasSizeLessThan(large.text().length() / 2);
    }
  }

  private static boolean isLarge(Drawn program, Construct wanted) {
    return program.text().length() > 2_000 && program.drawn().containsKey(wanted);
  }
}

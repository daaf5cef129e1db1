package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every construct is drawn and executed often, and most programs come to a good end. */
class ConstructsTest {
  private static final int PROGRAMS = 4_000;
  private static final int DRAWN = 8;
  private static final int EXECUTED = 3;

  @Test
  void everyConstructIsDrawnAndExecuted() {
    Map<Construct, Integer> drawn = new EnumMap<>(Construct.class);
    Map<Construct, Integer> executed = new EnumMap<>(Construct.class);
    int succeeded = 0;
    int expected = 0;
    for (long seed = 1; seed <= PROGRAMS; seed++) {
      Drawn program = Drawn.of(seed);
      Drawn.Expected meaning = program.expected();
      if (meaning != null) {
        expected++;
        succeeded += meaning.end().equals(Shape.SUCCESS) ? 1 : 0;
        program.drawn().keySet().forEach(each -> drawn.merge(each, 1, Integer::sum));
        meaning.executed().keySet().forEach(each -> executed.merge(each, 1, Integer::sum));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "ConstructsTest: of %,d programs %,d succeed%ndrawn in %s%nexecuted in %s%n",
        expected,
        succeeded,
        drawn,
        executed);
    for (Construct construct : Construct.values()) {
      assertThat(drawn.getOrDefault(construct, 0))
          .as("%s drawn", construct)
          .isGreaterThanOrEqualTo(DRAWN);
      assertThat(executed.getOrDefault(construct, 0))
          .as("%s executed", construct)
          .isGreaterThanOrEqualTo(EXECUTED);
    }
    assertThat(expected).isGreaterThan(PROGRAMS * 9 / 10);
    assertThat(succeeded).isBetween(expected * 4 / 10, expected * 9 / 10);
  }
}

package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a program is small and still has what it was kept for, each time the same. */
class ShrinkerTest {
  private static final int LARGE = 2_000;
  private static final int PROGRAMS = 3;

  @ParameterizedTest
  @EnumSource(names = {"KEY", "HASH", "PUSH", "EVENT", "RECURSION", "MAP_UPDATE", "TEXT_CASE"})
  void keepsWhatIsExecuted(Construct wanted) {
    shrinks(
        program -> {
          Drawn.Expected meaning = program.expected();
          return meaning != null && meaning.executed().containsKey(wanted);
        });
  }

  /** What a difference is like: a program that ends in another way, and for one reason. */
  @ParameterizedTest
  @ValueSource(ints = {5000, 5001, 5002, 5003})
  void keepsHowItEnds(int code) {
    String end = Shape.end(code);
    shrinks(
        program -> {
          Drawn.Expected meaning = program.expected();
          return meaning != null && meaning.end().equals(end);
        });
  }

  /** Nothing can be left out of a program that has nothing but what each has. */
  @Test
  void leavesTheLeastProgramAsItIs() {
    Drawn least = Drawn.of(List.of());
    assertThat(Shrinker.smallest(least, program -> true).text()).isEqualTo(least.text());
    Drawn large = Drawn.of(36);
    assertThat(Shrinker.smallest(large, program -> true).text()).isEqualTo(least.text());
  }

  /** Of what has the property only as it is, all stays. */
  @Test
  void keepsAllThatIsNeeded() {
    Drawn large = Drawn.of(36);
    assertThat(Shrinker.smallest(large, program -> program.text().equals(large.text())).text())
        .isEqualTo(large.text());
  }

  private static void shrinks(Predicate<Drawn> property) {
    List<Drawn> all =
        LongStream.rangeClosed(1, 5_000)
            .mapToObj(Drawn::of)
            .filter(program -> program.text().length() > LARGE && property.test(program))
            .limit(PROGRAMS)
            .toList();
    assertThat(all).hasSize(PROGRAMS);
    int before = 0;
    int after = 0;
    for (Drawn large : all) {
      Drawn small = Shrinker.smallest(large, property);
      assertThat(property.test(small)).as(small.text()).isTrue();
      assertThat(Shrinker.smallest(large, property).text()).isEqualTo(small.text());
      assertThat(small.text()).hasSizeLessThan(large.text().length() * 3 / 4);
      before += large.text().length();
      after += small.text().length();
    }
    assertThat(after).isLessThan(before / 2);
  }
}

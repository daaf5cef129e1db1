package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Programs are compiled by as many threads of the common pool as there are, and more. */
class CommonPoolTest {
  private static final int EACH = 3;

  @Test
  void allItsThreadsCompileAtATime() {
    int count = EACH * (ForkJoinPool.getCommonPoolParallelism() + 1);
    long made =
        assertTimeoutPreemptively(
            Duration.ofMinutes(2),
            () -> IntStream.range(0, count).parallel().filter(CommonPoolTest::compiles).count());
    assertThat(made).isEqualTo(count);
  }

  private static boolean compiles(int number) {
    List<Source> sources = List.of(new Source("sum", "(+ 1 " + number + ")"));
    Compiled compiled = Frontend.compile(sources, Options.defaults(), new Diagnostics());
    return compiled.module() != null;
  }
}

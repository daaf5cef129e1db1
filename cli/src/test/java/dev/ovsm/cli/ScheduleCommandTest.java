package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of the timers of programs before they run. */
class ScheduleCommandTest {
  private static final String HEARTBEAT = "../examples/heartbeat.ovsm";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aTimerThatArmsItselfAgainIsSeenToBePeriodic() {
    assertThat(schedule(HEARTBEAT, "--max-lateness", "0")).isZero();
    assertThat(out.toString(UTF_8).lines().toList())
        // 14,000 of the 4,000,000 units of ten slots
        .contains("  utilisation  0.4 %", "  hyperperiod  10 slots")
        .last()
        .asString()
        .matches(" +1  timer +heartbeat-callback +10 +14,000  0");
  }

  @Test
  void whatRunsTooLateFailsTheBuild() {
    String guard = "../examples/price_guard.ovsm";
    assertThat(schedule(guard, "--slot-budget", "100000", "--max-lateness", "1")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("60,000  up to 1\n")
        .containsPattern("no stake helps [^ ]+: 120,000 CU of it fall due in one slot\n");
    assertThat(schedule(guard, "--slot-budget", "100000", "--max-lateness", "0")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("error[X0030]: it runs up to 1 slot late");
  }

  @Test
  void aTimerThatWasNotWatchedComesOnce() {
    assertThat(schedule(HEARTBEAT, "--slots", "0")).isZero();
    assertThat(out.toString(UTF_8)).contains("     once  ");
  }

  @Test
  void nothingIsSaidOfAProgramThatDoesNotStart() {
    assertThat(schedule(HEARTBEAT, "--init", "explode")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("error[X0006]: ");
  }

  private int schedule(String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of("schedule"));
    all.addAll(List.of(arguments));
    return Main.run(all, out, err);
  }
}

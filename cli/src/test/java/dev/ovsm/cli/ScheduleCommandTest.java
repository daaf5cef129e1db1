package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the timers of programs before they run. */
class ScheduleCommandTest {
  private static final String HEARTBEAT = "../examples/heartbeat.ovsm";

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** What gives up a tick that finds no room is never late, and so it is told. */
  @Test
  void ticksThatFindNoRoomAndDoNotWaitAreTold() {
    String program = "src/test/resources/dev/ovsm/cli/causes.ovsm";
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    assertThat(Main.run(List.of("schedule", program), said, said)).isZero();
    assertThat(said.toString(UTF_8))
        .containsPattern("  2  periodic +initialize-callback-2 +10 +150,000  0\n")
        .containsPattern("  3  periodic +initialize-callback-3 +10 +150,000  0, or skipped\n")
        .containsPattern("  4  periodic +initialize-callback-4 +4 +10,000  up to 1\n");
    assertThat(schedule(program, "--max-lateness", "1000")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("error[X0030]: it is skipped where there is no room, and then never runs")
        .containsOnlyOnce("error")
        .contains("initialize-callback-3 3");
  }

  /** What is left of the busy timer's slots is too little. */
  @Test
  void aDeadlineForWhichThereIsNoRoomFailsTheBuild() throws IOException {
    String source =
        """
        (define-autonomous-program late
          (on-startup
            (sol-timer-create-periodic 10 10 (lambda () (log :message "busy")) 300000 :priority 3)
            (sol-timer-create-deadline %1$d %2$d (lambda () (log :message "dear")) 200000)
            (sol-timer-create 30 (lambda () (log :message "once")) 100000)))
        """;
    for (int slot : new int[] {20, 2_000}) {
      Path strict = Files.writeString(folder.resolve("late.ovsm"), source.formatted(slot, slot));
      assertThat(schedule(strict.toString())).as(err.toString(UTF_8)).isZero();
      assertThat(out.toString(UTF_8))
          .containsPattern("  2  deadline +\\S+ +once +200,000  0, or expired\n")
          .containsPattern("  3  timer +\\S+ +once +100,000  0\n")
          .containsPattern("no stake helps \\S+: 500,000 CU of it fall due in one slot");
      assertThat(schedule(strict.toString(), "--max-lateness", "1000")).isEqualTo(1);
      assertThat(err.toString(UTF_8))
          .startsWith("error[X0030]: it finds no room until its deadline, and then never runs")
          .containsOnlyOnce("error");
      Path loose = Files.writeString(folder.resolve("late.ovsm"), source.formatted(slot, slot + 1));
      assertThat(schedule(loose.toString(), "--max-lateness", "1")).isZero();
      assertThat(out.toString(UTF_8)).containsPattern("  2  deadline .*  up to 1\n");
    }
  }

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
  void whatIsStakedDecidesWhoIsLate() {
    String guard = compiled("price_guard");
    String heartbeat = compiled("heartbeat");
    List<String> tight = List.of(guard, heartbeat, "--slot-budget", "130000");
    // 14,000 + 60,000 + 60,000 fall due together, and intervals come after timers
    assertThat(schedule(tight, "--max-lateness", "0")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).containsOnlyOnce("late").contains("callback-2 2");
    assertThat(out.toString(UTF_8))
        .containsPattern("a stake of 120 SOL lets nothing of .* be late");
    assertThat(schedule(tight, "--stake", "heartbeat:11SOL")).isZero();
    assertThat(out.toString(UTF_8)).containsPattern("no stake helps .*: 120,000 CU of it fall due");
    // there is room for all, unless 2,000 are kept for the timer that does not need them
    List<String> wide = List.of(guard, heartbeat, "--slot-budget", "135000");
    assertThat(schedule(wide, "--max-lateness", "0")).isZero();
    assertThat(schedule(wide, "--max-lateness", "0", "--stake", "heartbeat:16SOL")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("     reserved  16,000 CU of every slot for ");
    assertThat(err.toString(UTF_8)).contains("callback-2 2");
    assertThat(schedule(wide, "--stake", "nobody:1SOL")).isEqualTo(2);
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

  private String compiled(String name) {
    String file = folder.resolve(name + ".so").toString();
    List<String> arguments = List.of("compile", "../examples/" + name + ".ovsm", "-q", "-o", file);
    assertThat(Main.run(arguments, out, err)).isZero();
    return file;
  }

  private int schedule(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return schedule(all.toArray(String[]::new));
  }

  private int schedule(String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of("schedule"));
    all.addAll(List.of(arguments));
    return Main.run(all, out, err);
  }
}

package dev.ovsm.tests.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.Main;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The library's timers and subscriptions come when the calendar says: slots last 400 ms, epochs
 * here 32 slots, and a balance is told of when it crosses its threshold upwards. The model's answer
 * is 2 · 3 − 1.25 + 0.5 in fixed point of 32 bits.
 */
class LibraryTimersTest {
  @Test
  void comeWhenTheyShould() {
    assertThat(logs("library", "--slots-per-epoch", "32"))
        .containsExactly(
            "model says=" + (long) (5.25 * (1L << 32)),
            "once slot=5 count=1",
            "every slot=7",
            "once slot=8 count=2",
            "once slot=11 count=3",
            "every slot=14",
            "time slot=20",
            "balance slot=20 old=1000000 new=6000000",
            "every slot=21",
            "every slot=28",
            "epoch epoch=1 slot=32",
            "every slot=35");
  }

  @Test
  void watchersLookAtWhatTheyAreFor() {
    assertThat(logs("registrations"))
        .containsExactly(
            "slots milliseconds=400 units=400000 lamports=1000000",
            "error code=0",
            "popped bytes=5 first=" + (int) 'h',
            "destroyed code=0",
            "destroyed same=true good=false",
            "submitted bytes=8 value=42",
            "nothing context=0",
            "watching for=4",
            "lamports slot=10 context=true",
            "pattern slot=20 context=true",
            "deadline slot=30 context=true");
  }

  /** The purse changes in slots 12 and 14, and slots 34 to 42 are skipped. */
  @Test
  void optionsAreOfTheRegistrationTheyAreGivenTo() {
    assertThat(logs("options"))
        .containsExactly(
            "high slot=5",
            "usual slot=5",
            "low slot=5",
            "tried slot=7",
            "once slot=8",
            "tried slot=8",
            "tried slot=10",
            "slow slot=12",
            "slow slot=17",
            "merged slot=30",
            "caught up slot=30",
            "skipped slot=30",
            "merged slot=43",
            "caught up slot=43",
            "caught up slot=44",
            "merged slot=45",
            "skipped slot=45",
            "caught up slot=45");
  }

  /**
   * 30,000 of a slot's 400,000 units are the program's own, and another one has reserved 90,000.
   */
  @Test
  void aSlotHasRoomForWhatOthersLeave() {
    assertThat(logs("stakes"))
        .filteredOn(line -> line.startsWith("asked"))
        .containsExactly(
            "asked reserved=90000 alone=true beside=true",
            "asked reserved=90000 alone=true beside=false",
            "asked reserved=90000 alone=false beside=false",
            "asked reserved=90000 alone=true beside=true");
  }

  private static List<String> logs(String name, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String stem = "timers/" + name;
    List<String> command = new ArrayList<>(List.of("run", stem + ".ovsm"));
    command.addAll(List.of("--scenario", stem + ".yaml", "--run-folder", "none"));
    command.addAll(List.of(options));
    int exitCode = Main.run(command, out, err);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(exitCode).isZero();
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("Program log: "))
        .map(line -> line.substring("Program log: ".length()))
        .toList();
  }
}

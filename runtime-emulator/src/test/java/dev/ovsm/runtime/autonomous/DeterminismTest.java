package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.vm.Interpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crowd of 200 programs lives 2,000 slots in the same way whatever it runs on. */
class DeterminismTest {
  private static final long SEED = 11;
  private static final long HALF = 1_050;
  private static final long LAST = 2_050;

  @TempDir private static Path folder;
  private static long fatesOfHalf;
  private static long fatesOfRest;
  private static String stateHash = "";
  private static SavedState half = new SavedState(new byte[0], new byte[0], new byte[0]);
  private static Summary summary = new Crowd(SEED, 1, new Interpreter()).summary();

  @BeforeAll
  static void lifeOnOneThread() throws IOException {
    Crowd crowd = new Crowd(SEED, 1, new Interpreter()).begin().live(HALF);
    fatesOfHalf = crowd.fates();
    half = crowd.save();
    crowd.forgetFates();
    fatesOfRest = crowd.live(LAST).fates();
    stateHash = crowd.stateHash();
    summary = crowd.summary();
    Files.write(folder.resolve("settings"), half.settings());
    Files.write(folder.resolve("state"), half.state());
    Files.write(folder.resolve("tally"), half.tally());
  }

  @Test
  void theCrowdIsBusy(TestReporter reporter) {
    reporter.publishEntry("fates", summary.fates().toString());
    assertThat(summary.executions()).isGreaterThan(20_000);
    assertThat(summary.failures()).isGreaterThan(500);
    assertThat(summary.of(Fate.DEFERRED)).isGreaterThan(500);
    assertThat(summary.of(Fate.COALESCED)).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 16})
  void threadsAndDelaysChangeNothing(int threads) {
    Crowd crowd = new Crowd(SEED, threads, Crowd.late(threads)).begin().live(HALF);
    assertThat(crowd.fates()).isEqualTo(fatesOfHalf);
    crowd.forgetFates();
    assertThat(crowd.live(LAST).fates()).isEqualTo(fatesOfRest);
    assertThat(crowd.stateHash()).isEqualTo(stateHash);
    assertThat(crowd.summary()).isEqualTo(summary);
  }

  /** Another process has other hash seeds; this one is given another way to hash objects too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anotherProcessGoesOnFromASnapshotInTheSameWay(int threads)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=" + threads));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Rest.class.getName(), folder.toString(), "" + threads));
    Process process = new ProcessBuilder(command).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said.strip()).isEqualTo(stateHash + " " + summary.units() + " " + fatesOfRest);
  }

  /** Lives the second half in a process of its own. */
  static final class Rest {
    private Rest() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      SavedState saved =
          new SavedState(
              Files.readAllBytes(folder.resolve("settings")),
              Files.readAllBytes(folder.resolve("state")),
              Files.readAllBytes(folder.resolve("tally")));
      int threads = Integer.parseInt(arguments[1]);
      Crowd crowd = new Crowd(SEED, threads, new Interpreter()).resume(saved).live(LAST);
      System.out.println(crowd.stateHash() + " " + crowd.summary().units() + " " + crowd.fates());
    }
  }
}

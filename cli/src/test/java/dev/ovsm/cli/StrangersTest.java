package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ovsm.runtime.snapshot.Archive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios, snapshots and recordings that strangers have changed, their checksums put right: each
 * is played or refused, soon, and never a mistake of the tool.
 */
class StrangersTest {
  private static final int SCENARIOS = Integer.getInteger("strangers", 60);
  private static final int ARCHIVES = SCENARIOS / 2;
  private static final int HASH_BYTES = 32;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KIND = "snapshot";
  private static final Pattern WORD = Pattern.compile("[\\w.$:@-]+");
  private static final List<String> HOSTILE =
      List.of(
          "-1",
          "0",
          "1e400",
          "-1e-400",
          "1/0",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551616",
          "1" + "0".repeat(5_000),
          "0x8000000000000000",
          ".nan",
          "null",
          "true",
          "[]",
          "{}",
          "[[[[]]]]",
          "\"\"",
          "\"\\0\"",
          "&a x",
          "*a",
          "!!java.lang.Runtime x",
          "../../../etc/passwd",
          "/dev/null",
          "$program.map()",
          "u64@18446744073709551615",
          "u256@0/999999999",
          "x".repeat(3_000),
          "((((((((((1))))))))))",
          "\u202e",
          "|");

  @TempDir static Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static Path program;
  private static Path snapshot;
  private static Path recording;
  private static String scenario;

  @BeforeAll
  static void run() throws IOException {
    program = folder.resolve("guard.so");
    ovsm("compile", "../examples/price_guard.ovsm", "-q", "-o", program.toString());
    scenario = Files.readString(Path.of("../examples/price_guard.yaml"));
    scenario = scenario.replace("slots: 600", "slots: 60");
    scenario =
        scenario.replace(
            "steps:\n",
            """
            steps:
              - { at: 20, fail: { callbacks: 2, error: 7 } }
              - { at: 30, fork: 3 }
              - { at: 31, stake: { lamports: 1000000000 } }
              - { at: 32, replay-dead-letter: all }
              - { at: 33, fund: { lamports: 1000000000 } }
            """);
    Path file = Files.writeString(folder.resolve("guard.yaml"), scenario);
    recording = folder.resolve("x.rec");
    play(file, "--snapshot-every", "40", "--record", recording.toString());
    snapshot = folder.resolve("1/40.snapshot");
    assertThat(snapshot).exists();
  }

  private static void play(Path file, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run", program.toString(), "--scenario", file.toString(), "-q", "--run-folder"));
    all.add(folder.toString());
    all.addAll(List.of(more));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(all, new ByteArrayOutputStream(), err);
    assertThat(code).as(err.toString(UTF_8)).isBetween(0, 1);
  }

  @Test
  void changedScenariosArePlayedOrRefused() throws IOException {
    Random random = new Random(1);
    Path file = folder.resolve("changed.yaml");
    int[] ends = new int[5];
    for (int i = 0; i < SCENARIOS; i++) {
      String changed = i % 3 == 0 ? flipped(scenario, random) : replaced(scenario, random);
      Files.writeString(file, changed);
      ends[
          soon(
              changed,
              "run",
              program.toString(),
              "--scenario",
              file.toString(),
              "-q",
              "--run-folder",
              "none")]++;
    }
    assertThat(ends[0] + ends[1]).as("played").isGreaterThan(SCENARIOS / 20);
    assertThat(ends[3] + ends[4]).as("refused").isGreaterThan(SCENARIOS / 4);
  }

  /** What the changed parts hold is believed as little as what a damaged file holds. */
  @Test
  void changedSnapshotsAreResumedOrRefused() throws IOException {
    Random random = new Random(2);
    Map<String, byte[]> good = Archive.read(snapshot, KIND).parts();
    assertThat(good).isNotEmpty();
    Path file = folder.resolve("changed.snapshot");
    int[] ends = new int[5];
    List<Map.Entry<String, byte[]>> all = List.copyOf(good.entrySet());
    for (int i = 0; i < ARCHIVES; i++) {
      TreeMap<String, byte[]> parts = new TreeMap<>(good);
      Map.Entry<String, byte[]> part = all.get(i % all.size());
      parts.put(part.getKey(), changed(part.getValue(), random));
      Archive.write(file, KIND, parts);
      String what = part.getKey() + ", " + i;
      ends[soon(what, "tasks", file.toString())]++;
      soon(what, "map", file.toString(), "guard-state");
      ends[soon(what, "run", "--resume", file.toString(), "-q", "--run-folder", "none")]++;
    }
    assertThat(ends[3]).as("refused").isGreaterThan(ARCHIVES / 4);
  }

  @Test
  void changedRecordingsAreReplayedOrRefused() throws Exception {
    Random random = new Random(3);
    byte[] good;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(recording))) {
      good = in.readAllBytes();
    }
    Path file = folder.resolve("changed.rec");
    int[] ends = new int[5];
    for (int i = 0; i < ARCHIVES; i++) {
      byte[] content = changed(Arrays.copyOf(good, good.length - HASH_BYTES), random);
      try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
        gzip.write(content);
        gzip.write(MessageDigest.getInstance("SHA-256").digest(content));
      }
      ends[soon("recording " + i, "replay", file.toString())]++;
    }
    assertThat(ends[3]).as("refused").isPositive();
    assertThat(ends[1] + ends[3]).as("not the same").isGreaterThan(ARCHIVES / 2);
  }

  /** The exit code, which comes soon and is none of a mistake of the tool. */
  private int soon(String what, String... command) {
    out.reset();
    err.reset();
    int code = assertTimeoutPreemptively(SOON, () -> Main.run(List.of(command), out, err), what);
    String said = err.toString(UTF_8);
    assertThat(said).as(what).doesNotContain("C0070", "Exception", "OVSM_DEBUG");
    assertThat(code).as("%s: %s", what, said).isIn(0, 1, 3, 4);
    if (code > 1) {
      assertThat(said).as(what).startsWith("error[");
    }
    return code;
  }

  private static byte[] changed(byte[] good, Random random) {
    byte[] changed = good.clone();
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(changed, random.nextInt(changed.length + 1));
    }
    for (int j = random.nextInt(3); j >= 0 && changed.length > 0; j--) {
      int at = random.nextInt(changed.length);
      changed[at] = (byte) (random.nextBoolean() ? random.nextInt() : changed[at] ^ 1);
    }
    return changed;
  }

  private static String flipped(String text, Random random) {
    return new String(changed(text.getBytes(UTF_8), random), UTF_8);
  }

  /** The text with one or two words replaced by hostile ones or by each other, or a line gone. */
  private static String replaced(String text, Random random) {
    String changed = text;
    for (int j = random.nextInt(2); j >= 0; j--) {
      List<MatchResult> words = WORD.matcher(changed).results().toList();
      MatchResult word = words.get(random.nextInt(words.size()));
      String with =
          random.nextInt(3) == 0
              ? words.get(random.nextInt(words.size())).group()
              : HOSTILE.get(random.nextInt(HOSTILE.size()));
      changed = changed.substring(0, word.start()) + with + changed.substring(word.end());
    }
    return changed;
  }

  private static void ovsm(String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(Main.run(List.of(arguments), err, err)).as(err.toString(UTF_8)).isZero();
  }
}

package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps of every kind that is account data, filled in several transactions, seen from outside. */
class MapCommandTest {
  private static final String PROGRAM =
      """
      (define-struct Prefix (bits u32) (a u8) (b u8) (c u8) (d u8))
      (define-map hash :type HASH :max-entries 4 :key u32 :value {:n u64 :b bool})
      (define-map array :type ARRAY :max-entries 3 :key u32 :value u64)
      (define-map lru :type LRU_HASH :max-entries 2 :key u64 :value u64)
      (define-map queue :type QUEUE :max-entries 3 :value u64)
      (define-map stack :type STACK :max-entries 3 :value {:a u8 :b u32})
      (define-map routes :type LPM_TRIE :max-entries 4 :key Prefix :value u64)
      (define-map one-hash :type PERCPU_HASH :max-entries 2 :key u32 :value u64)
      (define-map one-array :type PERCPU_ARRAY :max-entries 2 :key u32 :value u64)
      (define-map named :type HASH :max-entries 2 :key pubkey :value (array u8 3))
      (define-map records :type RINGBUF :max-entries 64)
      (define-map usual :type RINGBUF)
      (define-program-array stages)
      (define-struct Two (a u64) (b u64))
      (define-program chain (lambda () (sol-tail-call stages LATER) (sol-tail-call stages MAIN)))
      (define-program main (lambda ()
        (sol-ringbuf-output records 1u64) (sol-ringbuf-output records 2u64)
        (sol-ringbuf-output records (Two :a 3))
        (sol-ring-buffer-push (sol-ring-buffer-create 128) 9u64)
        (map-update hash 7 {:n 70 :b true}) (map-update hash 8 {:n 80}) (map-update hash 9 {:n 90})
        (map-delete hash 8)
        (set! (map-lookup array 1) 11)
        (map-update lru 1 10) (map-update lru 2 20)
        (map-push queue 1) (map-push queue 2) (map-push queue 3)
        (map-push stack {:a 1 :b 10}) (map-push stack {:a 2 :b 20})
        (map-update routes {:bits 8 :a 10} 1) (map-update routes {:bits 16 :a 10 :b 1} 2)
        (map-update one-hash 5 50)
        (set! (map-lookup one-array 1) 6)
        (map-update named #pubkey"TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA" [1 2 3])))
      (define-program later (lambda ()
        (log (map-lookup lru 1))
        (map-update lru 3 30)
        (map-pop queue) (map-push queue 4)
        (map-pop stack) (map-push stack {:a 3 :b 30})
        (map-delete routes {:bits 8 :a 10}) (map-update routes {:bits 0} 9)))
      """;

  @TempDir static Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void run() throws IOException {
    Path source = Files.writeString(folder.resolve("maps.ovsm"), PROGRAM);
    List<String> command =
        List.of(
            "run",
            source.toString(),
            "--init",
            "main",
            "--send",
            "3:later",
            "--slots",
            "5",
            "--snapshot-every",
            "1",
            "--run-folder",
            folder.toString(),
            "-q");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    assertThat(Main.run(command, said, said)).as(said.toString(UTF_8)).isZero();
  }

  @Test
  void keyedMapsHaveKeysAndValues() {
    assertThat(entries("hash", "2 of 4 entries"))
        .containsExactlyInAnyOrder(
            "  07000000 (7)  460000000000000001", "  09000000 (9)  5a0000000000000000");
    assertThat(entries("one-hash", "1 of 2 entries"))
        .containsExactly("  05000000 (5)  3200000000000000");
    assertThat(entries("named", "1 of 2 entries"))
        .containsExactly(
            "  06ddf6e1d765a193d9cbe146ceeb79ac1cb485ed5f5b37913a8cf5857eff00a9  010203");
  }

  /** The one that was looked up stays, the other had to go. */
  @Test
  void theLeastRecentlyUsedIsGone() {
    assertThat(entries("lru", "2 of 2 entries"))
        .containsExactlyInAnyOrder(
            "  0100000000000000 (1)  0a00000000000000", "  0300000000000000 (3)  1e00000000000000");
  }

  @Test
  void arraysHaveAllTheirPlaces() {
    assertThat(entries("array", "3 of 3 entries"))
        .containsExactly(
            "  [0]  " + "00".repeat(8), "  [1]  0b" + "00".repeat(7), "  [2]  " + "00".repeat(8));
    assertThat(entries("one-array", "2 of 2 entries"))
        .containsExactly("  [0]  " + "00".repeat(8), "  [1]  06" + "00".repeat(7));
  }

  /** The queue from the oldest to the newest, across its end; the stack from the bottom. */
  @Test
  void queuesAndStacksHaveAnOrder() {
    assertThat(entries("queue", "3 of 3 entries"))
        .containsExactly(
            "  [0]  02" + "00".repeat(7),
            "  [1]  03" + "00".repeat(7),
            "  [2]  04" + "00".repeat(7));
    assertThat(entries("stack", "2 of 3 entries"))
        .containsExactly("  [0]  010a000000", "  [1]  031e000000");
  }

  @Test
  void prefixesAreKeys() {
    assertThat(entries("routes", "2 of 4 entries"))
        .containsExactlyInAnyOrder(
            "  100000000a010000 (1142461300752)  0200000000000000",
            "  0000000000000000 (0)  0900000000000000");
  }

  @Test
  void ringsHaveRecordsThatWait() {
    assertThat(ovsm("map", snapshot(), "records")).as(err.toString(UTF_8)).isZero();
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines.get(0))
        .matches("records of \\w+: ring of 64 bytes, 56 used by 3 records, 0 refused");
    assertThat(lines.subList(1, lines.size()))
        .containsExactly(
            "  [0]  8 bytes  01" + "00".repeat(7),
            "  [1]  8 bytes  02" + "00".repeat(7),
            "  [2]  16 bytes  03" + "00".repeat(15));
  }

  @Test
  void aRingHas4096BytesUnlessItIsDeclaredWithOthers() throws IOException {
    assertThat(ovsm("map", snapshot(), "usual")).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8)).contains(": ring of 4,096 bytes, 0 used by 0 records");
    Path source = folder.resolve("sized.ovsm");
    for (int size : new int[] {63, 64, 1_048_576, 1_048_577}) {
      Files.writeString(
          source,
          "(define-map sized :type RINGBUF :size "
              + size
              + ")\n(define-program main (lambda () (sol-ringbuf-output sized 1u64)))");
      boolean fits = size >= 64 && size <= 1_048_576;
      assertThat(ovsm("lint", source.toString())).as("%d", size).isEqualTo(fits ? 0 : 3);
      assertThat(err.toString(UTF_8).contains("a ring holds 64 to 1048576 bytes"))
          .as("%d", size)
          .isEqualTo(!fits);
    }
  }

  @Test
  void ringsThatWereCreatedHaveIds() {
    assertThat(ovsm("map", snapshot(), "1")).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8))
        .containsPattern("1 of \\w+: ring of 128 bytes, 16 used by 1 record, 0 refused\n")
        .endsWith("  [0]  8 bytes  09" + "00".repeat(7) + "\n");
  }

  @Test
  void programArraysHaveEntries() {
    assertThat(ovsm("map", snapshot(), "stages")).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8).lines().skip(1))
        .containsExactly("  [0]  chain", "  [1]  main", "  [2]  later");
  }

  @Test
  void whatIsNoMapIsSaid() {
    assertThat(ovsm("map", snapshot(), "2")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("no program of the run has a map 2");
  }

  private List<String> entries(String map, String count) {
    assertThat(ovsm("map", snapshot(), map)).as(err.toString(UTF_8)).isZero();
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines.get(0)).startsWith(map + " of ").endsWith(": " + count);
    return lines.subList(1, lines.size());
  }

  private static String snapshot() {
    return folder.resolve("1/5.snapshot").toString();
  }

  private int ovsm(String... arguments) {
    out.reset();
    err.reset();
    return Main.run(List.of(arguments), out, err);
  }
}

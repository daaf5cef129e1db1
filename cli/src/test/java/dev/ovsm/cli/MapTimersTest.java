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

/** A timer lives as long as the element of the map that has its handle. */
class MapTimersTest {
  private static final String PROGRAM =
      """
      (define-map h :type HASH :max-entries 4 :key u32 :value {:timer (struct SolTimer) :n u64})
      (define-program beat (lambda () (log :message "beat")))
      (defun make ((key : u32))
        (map-update h key {})
        (sol-timer-init (get (map-lookup h key) :timer) h 0)
        (sol-timer-set-callback (get (map-lookup h key) :timer) beat)
        (sol-timer-start (get (map-lookup h key) :timer) 20 0))
      (define-autonomous-program del
        (on-startup
          (make 1) (make 2) (make 3) (make 4)
          (sol-timer-create (+ (sol-get-slot) 5) (lambda () (map-delete h 1)))
          (sol-timer-create (+ (sol-get-slot) 6) (lambda () (map-update h 2 {:n 7})))
          (sol-timer-create (+ (sol-get-slot) 7)
            (lambda () (set! (get (map-lookup h 3) :n) 9)))))
      """;

  /** The map's account counts how many elements had to go. */
  private static final String FULL =
      """
      (define-map u :type LRU_HASH :max-entries 2 :key u32 :value {:timer (struct SolTimer)})
      (define-program beat (lambda () (log :message "beat")))
      (defun make ((key : u32))
        (map-update u key {})
        (sol-timer-init (get (map-lookup u key) :timer) u 0)
        (sol-timer-set-callback (get (map-lookup u key) :timer) beat)
        (sol-timer-start (get (map-lookup u key) :timer) 20 0))
      (define-autonomous-program full
        (on-startup
          (make 1) (make 2)
          (sol-timer-create (+ (sol-get-slot) 5) (lambda () (map-update u 3 {})))))
      """;

  @TempDir Path folder;

  @Test
  void anElementThatGoesTakesItsTimerAlong() throws IOException {
    assertThat(fates(PROGRAM))
        .containsExactly(
            "slot 5 timer 1 CANCELLED",
            "slot 5 timer 5 EXECUTED",
            "slot 6 timer 2 CANCELLED",
            "slot 6 timer 6 EXECUTED",
            "slot 7 timer 7 EXECUTED",
            "slot 20 timer 3 EXECUTED",
            "slot 20 timer 4 EXECUTED");
  }

  @Test
  void anElementThatHasToGoTakesItsTimerAlong() throws IOException {
    assertThat(fates(FULL))
        .containsExactly(
            "slot 5 timer 1 EVICTED", "slot 5 timer 3 EXECUTED", "slot 20 timer 2 EXECUTED");
  }

  private List<String> fates(String program) throws IOException {
    Path source = Files.writeString(folder.resolve("del.ovsm"), program);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> run = List.of("run", source.toString(), "--slots", "30", "-v");
    List<String> all = new ArrayList<>(run);
    all.addAll(List.of("--run-folder", folder.toString()));
    assertThat(Main.run(all, out, err)).as(err.toString(UTF_8)).isZero();
    return out.toString(UTF_8)
        .lines()
        .filter(line -> line.startsWith("slot "))
        .map(line -> line.replaceAll(":.*| [0-9]+ CU", ""))
        .toList();
  }
}

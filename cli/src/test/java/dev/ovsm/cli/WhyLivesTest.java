package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.ovsm.cli.history.PastRun;
import dev.ovsm.diag.Diagnostics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** In random lives, every step of every registration has a cause, one that the events bear out. */
class WhyLivesTest {
  private static final String RESOURCES = "src/test/resources/dev/ovsm/cli/";
  private static final int LIVES = 3;
  private static final int SLOTS = 150;
  private static final int QUESTIONS = 220;

  /** Registrations of {@code causes.ovsm} that keep their triggers ten slots apart. */
  private static final long APART = 5;

  /** The one that makes up for its ticks. */
  private static final long CATCHING = 4;

  private static final String SKIPPED = "slots ([0-9]+) to ([0-9]+) were skipped";
  private static final String TURN = "the turn of its kind was over in the slot in which .*";
  private static final String KEPT = "its registration keeps triggers some slots apart.*";
  private static final String MADE_UP = "its ticks are made up for one a slot, .*";
  private static final String REPLAYED = "trigger [0-9]+, given up in slot [0-9]+, was replayed";

  @TempDir static Path folder;

  private final Map<String, Integer> seen = new TreeMap<>();

  private record Told(
      long slot, long id, String fate, long seq, long nominal, long attempt, String reason) {
    boolean waits() {
      return Set.of("DEFERRED", "RETRIED", "QUARANTINED").contains(fate);
    }
  }

  @BeforeAll
  static void compile() {
    for (String name : List.of("causes", "ends")) {
      String to = folder.resolve(name + ".so").toString();
      ovsm("compile", RESOURCES + name + ".ovsm", "-q", "-o", to);
    }
    String other = folder.resolve("other.so").toString();
    ovsm("compile", "../examples/heartbeat.ovsm", "-q", "-o", other);
  }

  @Test
  void everyStepHasItsCause(TestReporter reporter) throws IOException {
    for (long seed = 1; seed <= LIVES; seed++) {
      live(seed);
    }
    reporter.publishEntry("causes", seen.toString());
    assertThat(seen.keySet())
        .contains("late: " + SKIPPED, "late: " + TURN, "late: " + KEPT, "late: " + REPLAYED)
        .contains("fate DEFERRED", "fate RETRIED", "fate CANCELLED", "fate QUARANTINED", "idle");
  }

  private void live(long seed) throws IOException {
    Random random = new Random(seed);
    Path scenario = folder.resolve(seed + ".yaml");
    Files.writeString(scenario, scenario(random));
    String runs = folder.resolve("runs" + seed).toString();
    ovsm(
        "run",
        folder.resolve("causes.so").toString(),
        folder.resolve("ends.so").toString(),
        "--scenario",
        scenario.toString(),
        "--slot-budget",
        Integer.toString(301_000 + random.nextInt(5_000)),
        "-q",
        "--run-folder",
        runs);
    List<Told> told = told(Path.of(runs, "1", "events.jsonl"));
    PastRun run = PastRun.find(runs, new Diagnostics()).orElseThrow();
    List<long[]> questions = questions(told, random);
    for (long[] question : questions) {
      Diagnostics found = new Diagnostics();
      List<String> why = run.why(question[0], question[1], found);
      assertThat(found.list()).isEmpty();
      String asked = "life " + seed + ", " + question[0] + " in " + question[1] + ": " + why;
      check(told.stream().filter(one -> one.id() == question[0]).toList(), question[1], why, asked);
    }
  }

  /** What happened, and some slots in which nothing did. */
  private static List<long[]> questions(List<Told> told, Random random) {
    List<long[]> all = new ArrayList<>();
    Set<Long> ids = new TreeSet<>();
    for (Told one : told) {
      if (one.id() != 0 && ids.add(one.id() << 32 | one.slot())) {
        all.add(new long[] {one.id(), one.slot()});
      }
    }
    Collections.shuffle(all, random);
    List<long[]> some = new ArrayList<>(all.subList(0, Math.min(QUESTIONS, all.size())));
    for (int i = 0; i < QUESTIONS / 4; i++) {
      some.add(new long[] {all.get(random.nextInt(all.size()))[0], random.nextInt(SLOTS)});
    }
    return some;
  }

  private void check(List<Told> own, long slot, List<String> why, String asked) {
    List<Told> now = own.stream().filter(one -> one.slot() == slot).toList();
    if (now.isEmpty()) {
      idle(own, slot, why, asked);
      return;
    }
    int at = 1;
    for (Told one : now) {
      while (!why.get(at).startsWith("  slot " + slot + "  ")) {
        at++;
      }
      assertThat(why.get(at)).as(asked).contains(one.fate()).contains(one.reason());
      assertThat(why.get(at))
          .as(asked)
          .containsPattern("trigger " + one.seq() + "\\b|from " + one.seq() + " on");
      seen.merge("fate " + one.fate(), 1, Integer::sum);
      boolean speaks = !Set.of("EXECUTED", "NO_SUBSCRIBER").contains(one.fate());
      assertThat(!one.reason().isEmpty()).as(asked).isEqualTo(speaks);
      List<String> causes = new ArrayList<>();
      for (at++; at < why.size() && why.get(at).startsWith("    "); at++) {
        causes.add(why.get(at).strip());
      }
      String end = "made by .*|and so on.*";
      assertThat(causes.get(causes.size() - 1)).as(asked).matches(end);
      boolean waited = own.stream().anyMatch(before -> before.waits() && before.seq() == one.seq());
      if (one.fate().equals("EXECUTED") && slot > one.nominal() && one.attempt() == 0 && !waited) {
        late(one, own, causes.get(0), asked);
      }
    }
  }

  /** Exactly the cause that the life gave reason for. */
  private void late(Told one, List<Told> own, String cause, String asked) {
    String which =
        List.of(SKIPPED, TURN, KEPT, MADE_UP, REPLAYED).stream()
            .filter(cause::matches)
            .findFirst()
            .orElse("unknown: " + asked);
    seen.merge("late: " + which, 1, Integer::sum);
    switch (which) {
      case SKIPPED ->
          assertThat(one.nominal()).as(asked).isBetween(number(cause, 1), number(cause, 2));
      case TURN -> {
        String gap = one.slot() == one.nominal() + 1 ? "" : "before it ran";
        assertThat(cause).as(asked).endsWith(gap);
      }
      case KEPT -> assertThat(one.id()).as(asked).isEqualTo(APART);
      case MADE_UP -> assertThat(one.id()).as(asked).isEqualTo(CATCHING);
      case REPLAYED ->
          assertThat(own)
              .as(asked)
              .anyMatch(
                  before ->
                      before.fate().equals("DEAD_LETTERED") && before.seq() == number(cause, 1));
      default -> throw new AssertionError(which);
    }
  }

  /** The n-th number in some words, counted from 1. */
  private static long number(String words, int which) {
    List<String> all =
        Pattern.compile("[0-9]+").matcher(words).results().map(MatchResult::group).toList();
    return Long.parseLong(all.get(which - 1));
  }

  private void idle(List<Told> own, long slot, List<String> why, String asked) {
    seen.merge("idle", 1, Integer::sum);
    String all = String.join("\n", why);
    List<Told> before = own.stream().filter(one -> one.slot() < slot).toList();
    String expected = "none of its triggers had come yet";
    if (!before.isEmpty()) {
      Told last = before.get(before.size() - 1);
      expected =
          (last.waits() ? "it was waiting: slot " : "no trigger of it was due; the last was slot ")
              + last.slot();
    }
    assertThat(all).as(asked).contains("nothing happened to it in slot " + slot, expected);
    String next =
        own.stream()
            .filter(one -> one.slot() > slot)
            .findFirst()
            .map(one -> "the next is of slot " + one.slot())
            .orElse("none comes after it");
    assertThat(all).as(asked).endsWith(next);
  }

  /** The steps of the branch that was kept. */
  private static List<Told> told(Path events) throws IOException {
    List<Told> all = new ArrayList<>();
    for (String line : Files.readAllLines(events)) {
      JsonObject one = new Gson().fromJson(line, JsonObject.class);
      String type = one.get("type").getAsString();
      if (type.equals("fork")) {
        long parent = one.get("parent").getAsLong();
        all.removeIf(step -> step.slot() > parent);
      } else if (type.equals("fate")) {
        all.add(
            new Told(
                one.get("slot").getAsLong(),
                one.get("registration").getAsLong(),
                one.get("fate").getAsString(),
                one.get("seq").getAsLong(),
                one.get("nominal_slot").getAsLong(),
                one.get("attempt").getAsLong(),
                one.get("reason").getAsString()));
      }
    }
    return all;
  }

  private static String scenario(Random random) {
    StringBuilder steps = new StringBuilder();
    String price = "7UVimffxr9ow1uXYxsr4LHAcV58mLzhmwaeKvJ1pjLiE";
    for (int slot = 2; slot < SLOTS; slot += 1 + random.nextInt(4)) {
      String what =
          switch (random.nextInt(9)) {
            case 0 -> "skip-slots: " + (1 + random.nextInt(7));
            case 1 -> "fail: { program: causes, callbacks: 14, error: 7 }";
            case 2 -> "fail: { program: ends, callbacks: 2, units: 9 }";
            case 3 -> "replay-dead-letter: all";
            case 4 -> slot > 20 && random.nextInt(3) == 0 ? "fork: 3" : "set: { price.price: 1 }";
            case 5 -> slot == 50 ? "send: { instruction: stop }" : "set: { price.price: 2 }";
            default -> "set: { price.price: " + random.nextInt(90) + " }";
          };
      steps.append("  - { at: ").append(slot).append(", ").append(what).append(" }\n");
    }
    return """
    version: 1
    slots: %d
    accounts:
      price: { address: %s, fields: { price: u64@8 }, size: 16 }
    steps:
    %s  - { at: 120, upgrade: { program: causes, file: other.so } }
      - { at: 133, upgrade: { program: causes, file: causes.so } }
      - { at: 144, close: ends }
    """
        .formatted(SLOTS, price, steps);
  }

  private static void ovsm(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(Main.run(List.of(arguments), out, err)).as(err.toString(UTF_8)).isZero();
  }
}

package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ovsm.cli.history.PastRun;
import dev.ovsm.diag.Diagnostics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** In random lives, every step of every registration has a cause, one that the events bear out. */
class WhyLivesTest {
  private static final String RESOURCES = "src/test/resources/dev/ovsm/cli/";
  private static final int LIVES = 2;

  /** Registrations of {@code causes.ovsm} that keep their triggers ten slots apart. */
  private static final long APART = 5;

  /** The one that waits for a price that never comes. */
  private static final long NEVER = 8;

  /** The one that makes up for its ticks. */
  private static final long CATCHING = 4;

  private static final String SKIPPED = "slots ([0-9]+) to ([0-9]+) were skipped";
  private static final String TURN = "the turn of its kind was over in the slot in which .*";
  private static final String KEPT = "its registration keeps triggers some slots apart.*";
  private static final String MADE_UP = "its ticks are made up for one a slot, .*";
  private static final String REPLAYED = "trigger [0-9]+, given up in slot [0-9]+, was replayed";

  @TempDir static Path folder;

  private final Map<String, Integer> seen = new TreeMap<>();

  /** What a wrong answer says instead: a lie about each kind of cause. */
  private static final Map<String, String> LIES =
      Map.ofEntries(
          Map.entry("EXECUTED", "CANCELLED"),
          Map.entry("RETRIED", "FAILED"),
          Map.entry("trigger [0-9]+", "trigger 999999"),
          Map.entry("the turn of its kind was over", "its registration keeps triggers some"),
          Map.entry("its registration keeps triggers some slots apart", "a timer was late"),
          Map.entry("slots [0-9]+ to ([0-9]+) were skipped", "slots 1 to 2 were skipped"),
          Map.entry("[0-9,]+ CU had been used", "123 CU had been used"),
          Map.entry("it became a part of trigger [0-9]+", "it became a part of trigger 0"),
          Map.entry("its account did not change", "nobody started it"),
          Map.entry("it was over: in slot [0-9]+, ", "it was over: in slot 1, "),
          Map.entry("its account changed, but not as it waits for", "its account did not change"),
          Map.entry("the next is of slot [0-9]+", "none comes after it"),
          Map.entry("none comes after it", "the next is of slot 1"));

  /** How often a lie is tried. */
  private static final int MOST_LIES = 20;

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
        .contains("still", "over")
        .containsAll(LIES.keySet().stream().map(truth -> "lie about: " + truth).toList())
        .contains("fate DEFERRED", "fate RETRIED", "fate CANCELLED", "fate QUARANTINED", "idle");
  }

  private void live(long seed) throws IOException {
    Random random = new Random(seed);
    Path scenario = folder.resolve(seed + ".yaml");
    Files.writeString(scenario, RandomScenario.of(random));
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
    Path events = Path.of(runs, "1", "events.jsonl");
    List<Told> told = Told.in(events);
    PastRun run = PastRun.find(runs, new Diagnostics()).orElseThrow();
    for (long id : Told.registered(events)) {
      for (long slot = 0; slot <= RandomScenario.SLOTS + 1; slot++) {
        Diagnostics found = new Diagnostics();
        List<String> why = run.why(id, slot, found);
        String asked = "life " + seed + ", " + id + " in " + slot + ": " + why;
        assertThat(found.list()).as(asked).isEmpty();
        check(told, id, slot, why, asked);
        lie(told, id, slot, why);
      }
    }
  }

  /** No lie passes for an answer. */
  private void lie(List<Told> all, long id, long slot, List<String> why) {
    LIES.forEach(
        (truth, wrong) -> {
          String key = "lie about: " + truth;
          int line = 0;
          for (int i = 1; i < why.size() && line == 0; i++) {
            line = Pattern.compile(truth).matcher(why.get(i)).find() ? i : 0;
          }
          if (line > 0 && seen.getOrDefault(key, 0) < MOST_LIES && decides(slot, why.get(line))) {
            List<String> lied = new ArrayList<>(why);
            lied.set(line, why.get(line).replaceFirst(truth, wrong));
            seen.merge(key, 1, Integer::sum);
            assertThat(catchThrowable(() -> check(all, id, slot, lied, "lied")))
                .as("%s", lied)
                .isInstanceOf(AssertionError.class);
          }
        });
  }

  /** Whether a line is about the slot itself, and not of how its trigger came to be. */
  private static boolean decides(long slot, String line) {
    return !line.strip().startsWith("made by ")
        && (!line.startsWith("  slot ") || line.startsWith("  slot " + slot + "  "));
  }

  private void check(List<Told> all, long id, long slot, List<String> why, String asked) {
    List<Told> own = all.stream().filter(one -> one.id() == id).toList();
    List<Told> now = own.stream().filter(one -> one.slot() == slot).toList();
    if (now.isEmpty()) {
      watched(all, id, slot, String.join("\n", why), asked);
      idle(own, slot, why, asked);
      return;
    }
    int at = 1;
    for (Told one : now) {
      while (!why.get(at).startsWith("  slot " + slot + "  ")) {
        at++;
      }
      assertThat(why.get(at)).as(asked).contains(one.fate()).contains(one.reason());
      assertThat(why.get(at)).as(asked).containsPattern(one.which() + "\\b");
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
      causes.forEach(cause -> bornOut(all, one, cause, asked));
      if (one.fate().equals("EXECUTED") && slot > one.nominal() && one.attempt() == 0 && !waited) {
        late(one, own, causes.get(0), asked);
      }
    }
  }

  /** Numbers in a cause are those of the life. */
  private static void bornOut(List<Told> all, Told one, String cause, String asked) {
    if (cause.matches("[0-9,]+ CU had been used there by .*")) {
      long used = 0;
      for (Told other : all) {
        used +=
            other.slot() == one.slot() && all.indexOf(other) < all.indexOf(one) ? other.units() : 0;
      }
      assertThat(number(cause.replace(",", ""), 1)).as(asked).isEqualTo(used);
    } else if (cause.startsWith("it became a part of trigger ")) {
      long into = number(cause, 1);
      assertThat(all)
          .as(asked)
          .anyMatch(
              other ->
                  other.id() == one.id()
                      && other.seq() == into
                      && cause.endsWith(", " + other.fate() + " in slot " + other.slot()));
    } else if (cause.startsWith("made when ")) {
      assertThat(all)
          .as(asked)
          .anyMatch(
              other ->
                  cause.endsWith(
                      " %d ran in slot %d for trigger %d"
                          .formatted(other.id(), other.slot(), other.seq())));
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
              + last.slot()
              + "  ";
      assertThat(all).as(asked).containsPattern(last.which() + "\\b.*  " + last.fate());
    }
    assertThat(all).as(asked).contains("nothing happened to it in slot " + slot, expected);
    why.stream()
        .map(String::strip)
        .filter(line -> line.matches(SKIPPED))
        .forEach(line -> assertThat(slot).as(asked).isBetween(number(line, 1), number(line, 2)));
    ended(own, slot, all, asked);
    own.stream()
        .filter(one -> one.slot() > slot && one.made() <= slot)
        .findFirst()
        .filter(one -> !all.contains("it was waiting: "))
        .ifPresent(
            one ->
                assertThat(all)
                    .as(asked)
                    .contains("trigger " + one.seq() + ", made in slot " + one.made() + ", was "));
    String next =
        own.stream()
            .filter(one -> one.slot() > slot)
            .findFirst()
            .map(one -> "the next is of slot " + one.slot())
            .orElse("none comes after it");
    assertThat(all).as(asked).endsWith(next);
  }

  /** Whoever is over does not run; a replay of what was given up before may come all the same. */
  private void ended(List<Told> own, long slot, String why, String asked) {
    Matcher over = Pattern.compile("it was over: in slot ([0-9]+), ").matcher(why);
    if (over.find()) {
      long end = Long.parseLong(over.group(1));
      seen.merge("over", 1, Integer::sum);
      boolean isClosed = why.contains("its program was closed");
      assertThat(own)
          .as(asked)
          .allMatch(one -> one.slot() <= end || one.origin().equals("replay"))
          .anyMatch(one -> one.slot() == end || isClosed);
      assertThat(end).as(asked).isLessThanOrEqualTo(slot);
    }
  }

  /** What the watchers say of a price that changes whenever one of them gets a trigger. */
  private void watched(List<Told> all, long id, long slot, String why, String asked) {
    boolean moved =
        all.stream()
            .filter(one -> one.id() == APART && one.made() == slot)
            .anyMatch(one -> one.origin().equals("outside"));
    if (id == APART || id == NEVER) {
      String still = "its account did not change";
      boolean isStill = why.contains(still);
      assertThat(isStill && moved).as(asked).isFalse();
      assertThat(why.contains("changed, but not as it waits for"))
          .as(asked)
          .isEqualTo(id == NEVER && moved);
      assertThat(why).as(asked).doesNotContain("nobody started it", "no event that");
      seen.merge(isStill ? "still" : "not still", 1, Integer::sum);
    }
  }

  private static void ovsm(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(Main.run(List.of(arguments), out, err)).as(err.toString(UTF_8)).isZero();
  }
}

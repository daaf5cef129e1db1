package dev.ovsm.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.history.PastRun;
import dev.ovsm.cli.run.JsonReport;
import dev.ovsm.cli.run.Report.Detail;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.autonomous.Lived;
import dev.ovsm.runtime.autonomous.Replay;
import dev.ovsm.runtime.autonomous.model.Told;
import dev.ovsm.runtime.vm.Interpreter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** What is answered about random lives is what the model of the runtime says, and no lie passes. */
class WhyModelTest {
  /** Every fourth life is crowded: its answers are long, and alike. */
  private static final long[] LIVES = {1, 2, 4, 5, 6, 8};

  private static final int SLOTS = 130;
  private static final int ASKED = 70;
  private static final int MOST_LIES = 4;
  private static final int ENOUGH = 5;

  /** Lines of which the model knows nothing, or only a part. */
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "changed|refuses|times more|did not change|waits for came|nobody|nothing had run");

  /** What of a line the model does not know: why something failed or ended, and what it cost. */
  private static final Pattern REASON =
      Pattern.compile(
          "(, [0-9,]+ CU(: .*)?|: [^:]*error.*|[0-9,]+ CU had been.*| by .*|, [a-z].*)$");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private static final Map<String, String> FATES =
      Map.of(
          "EXECUTED",
          "FAILED",
          "RETRIED",
          "EXECUTED",
          "CANCELLED",
          "EXPIRED",
          "DEFERRED",
          "EXECUTED");

  private final Map<String, Integer> seen = new TreeMap<>();

  @TempDir Path folder;

  @Test
  void everyAnswerIsThatOfTheModel(TestReporter reporter) throws IOException {
    for (long seed : LIVES) {
      ask(seed);
    }
    reporter.publishEntry("answers", seen.toString());
    for (String kind :
        List.of(
            "step",
            "waited",
            "chain",
            "idle",
            "gap",
            "not there yet",
            "over",
            "ahead",
            "waiting",
            "no room",
            "a part",
            "open",
            "upgrade",
            "replayed",
            "turn",
            "lie")) {
      assertThat(seen.getOrDefault(kind, 0)).as(kind).isGreaterThanOrEqualTo(ENOUGH);
    }
  }

  private void ask(long seed) throws IOException {
    Lived life = Lived.of(seed, SLOTS);
    Path home = Files.createDirectories(folder.resolve("" + seed));
    Path events = home.resolve("events.jsonl");
    try (PrintWriter out = new PrintWriter(events.toFile(), StandardCharsets.UTF_8)) {
      JsonReport report = new JsonReport(out, Detail.NORMAL);
      assertThat(Replay.run(life.recording(), new Interpreter(), report, report::begun).problem())
          .isEmpty();
    }
    shorten(events);
    PastRun run = PastRun.find(home.toString(), new Diagnostics()).orElseThrow();
    ModelAnswers model = new ModelAnswers(life, seen);
    Random random = new Random(seed);
    List<Long> ids = new ArrayList<>(new TreeSet<>(life.born().keySet()));
    Map<String, List<Told>> steps =
        life.told().stream()
            .filter(one -> one.registration() > 0)
            .collect(
                Collectors.groupingBy(one -> sort(life, one), TreeMap::new, Collectors.toList()));
    List<String> sorts = List.copyOf(steps.keySet());
    for (int i = 0; i < ASKED; i++) {
      List<Told> alike = steps.getOrDefault(sorts.get(i % sorts.size()), List.of());
      Told step = alike.get(random.nextInt(alike.size()));
      int whether = random.nextInt(6);
      long id = whether > 0 ? step.registration() : ids.get(random.nextInt(ids.size()));
      long before = whether == 1 ? 1 + random.nextInt(5) : 0;
      long slot = whether > 0 ? step.slot() - before : 100 + random.nextInt(SLOTS);
      Diagnostics found = new Diagnostics();
      List<String> why = run.why(id, slot, found);
      assertThat(found.list()).isEmpty();
      assertThat(model.objection(id, slot, why))
          .as("life %d, %d in slot %d:\n%s", seed, id, slot, String.join("\n", why))
          .isEmpty();
      lie(new ModelAnswers(life, new TreeMap<>()), id, slot, why, random);
    }
  }

  /** Steps of which the answers have causes of the same kind. */
  private static String sort(Lived life, Told one) {
    boolean isLate = one.slot() > one.nominal() && one.attempt() == 0;
    boolean isInGap = life.skipped().contains(one.nominal());
    boolean isOpen = one.why().startsWith("breaker");
    return one.fate()
        + (isLate ? " late " + one.kind() : "")
        + (isLate && isInGap ? " for a gap" : "")
        + (isOpen ? " open" : "");
  }

  /** Leaves out what programs log, which takes most of the room and answers nothing. */
  private static void shorten(Path events) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(events));
    lines.removeIf(line -> line.contains("\"Program log: "));
    Files.write(events, lines);
  }

  /** Another number in a line that the model knows, another fate, or a line less is no answer. */
  private void lie(ModelAnswers model, long id, long slot, List<String> why, Random random) {
    for (int i = 0; i < MOST_LIES; i++) {
      int line = 1 + random.nextInt(why.size() - 1);
      for (String lie : lies(why.get(line), random)) {
        List<String> lied = new ArrayList<>(why);
        lied.set(line, lie);
        assertThat(model.objection(id, slot, lied)).as("%s", lied).isNotEmpty();
        seen.merge("lie", 1, Integer::sum);
      }
    }
    List<String> less = new ArrayList<>(why);
    String gone = less.remove(1 + random.nextInt(why.size() - 1));
    if (!UNKNOWN.matcher(gone).find()) {
      assertThat(model.objection(id, slot, less)).as("%s", less).isNotEmpty();
    }
  }

  private static List<String> lies(String line, Random random) {
    List<String> lies = new ArrayList<>();
    if (!UNKNOWN.matcher(line).find()) {
      String known = REASON.matcher(line).replaceFirst("");
      Matcher number = NUMBER.matcher(known);
      List<Integer> ends = number.results().map(MatchResult::end).toList();
      if (!ends.isEmpty()) {
        int end = ends.get(random.nextInt(ends.size()));
        lies.add(line.substring(0, end) + "7" + line.substring(end));
      }
      FATES.forEach(
          (fate, other) -> {
            if (line.contains(fate)) {
              lies.add(line.replace(fate, other));
            }
          });
    }
    return lies;
  }
}

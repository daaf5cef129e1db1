package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.silence.Silence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LintCommandTest {
  private static final String ENDLESS =
      """
      (define-program forever
        (lambda ()
          (while true
            (log :message "still here"))))
      """;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theHeartbeatIsSafeInEveryRespect() {
    assertThat(run("lint", "../examples/heartbeat.ovsm")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("heartbeat-callback", "14,000 declared", "0 unsafe, 0 unknown");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  /** Each finding has its place in the file that it is in, where a comment can silence it. */
  @Test
  void sourcesOfOneProgramAreJudgedTogether() throws IOException {
    String main = write("main.ovsm", "(define-program main (lambda () (wait-for 5)))");
    String helper = "(define (wait-for n) (while true (log :message \"waiting\" :n n)))\n";
    String helpers = write("helpers.ovsm", helper);
    assertThat(run("lint", main, helpers)).isEqualTo(3);
    assertThat(err.toString(UTF_8)).contains("nothing is named wait-for");
    err.reset();
    assertThat(run("lint", "--together", main, helpers)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("error[V0001]", "helpers.ovsm:1:29");

    String calm = "(define (wait-for n) (log :message \"done\" :n n))\n";
    err.reset();
    out.reset();
    write("helpers.ovsm", calm);
    assertThat(run("lint", "--together", main, helpers)).isZero();
    assertThat(out.toString(UTF_8)).contains("0 unsafe, 0 unknown");
    write("helpers.ovsm", "; ovsm: allow W0002, because it is known\n" + calm);
    assertThat(run("lint", "--together", main, helpers)).isZero();
    assertThat(err.toString(UTF_8)).contains("there is no W0002 here", "helpers.ovsm:1:1");
  }

  @Test
  void whatIsNoSourceIsNotPutTogether() throws IOException {
    String source = write("main.ovsm", "(define-program main (lambda () 0))");
    String program = folder.resolve("main.so").toString();
    assertThat(run("compile", source, "-o", program, "-q")).isZero();
    assertThat(run("lint", "--together", source, program)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("main.so is a program of its own");
    assertThat(run("lint", "--together", program, "--check-certificate", "main.cert")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("give one of the two");
  }

  /** Where the steps end, nothing is held against the program, and more of them prove it. */
  @Test
  void whatTakesMoreStepsThanAllowedIsUnknown() throws IOException {
    String file =
        write(
            "rings.ovsm",
            """
            (define-map records :type RINGBUF :size 4096)
            (define-program main (lambda ()
              (define one (sol-ringbuf-reserve records 8))
              (when (!= one 0)
                (mem-store one 0 7)
                (sol-ringbuf-submit one 0))))
            """);
    for (String limit : List.of("1", "10")) {
      assertThat(run("lint", file, "--complexity-limit", limit)).isEqualTo(5);
      String steps = limit.equals("1") ? "1 step" : limit + " steps";
      assertThat(out.toString(UTF_8)).contains("unknown  protocol       more than " + steps);
      assertThat(err.toString(UTF_8))
          .isEqualTo(
              """
              warning[V0010]: records, iterators, timers and work queues cannot be followed from here in STEPS
               --> FILE:2:1
                |
              2 | (define-program main (lambda ()
                | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                = help: use fewer of them in one entry, or allow more: --complexity-limit N
              """
                  .replace("STEPS", steps)
                  .replace("FILE", file));
      out.reset();
      err.reset();
    }
    for (String[] more : new String[][] {{}, {"--complexity-limit", "1000"}}) {
      List<String> all = new ArrayList<>(List.of("lint", file));
      all.addAll(List.of(more));
      assertThat(run(all.toArray(String[]::new))).isZero();
      assertThat(out.toString(UTF_8)).contains("safe     protocol       1 record\n");
    }
    err.reset();
    assertThat(run("lint", file, "--complexity-limit", "0")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("error[C0001]: --complexity-limit cannot be 0")
        .contains("give a number from 1 to 1000000000");
  }

  @Test
  void anEndlessLoopIsRefusedInEveryFormat() throws IOException {
    String file = write("forever.ovsm", ENDLESS);
    assertThat(run("lint", file)).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("unsafe   termination");
    assertThat(err.toString(UTF_8))
        .contains("error[V0001]", "forever.ovsm:3:12", "nothing ever leaves it");
    for (String format : List.of("json", "sarif", "github")) {
      out.reset();
      err.reset();
      assertThat(run("lint", file, "--format", format)).isEqualTo(1);
      assertThat(out.toString(UTF_8)).contains("V0001");
      assertThat(err.toString(UTF_8)).isEmpty();
    }
  }

  @Test
  void whatIsNoProgramIsReportedWhereItBreaks() throws IOException {
    String file = write("broken.ovsm", "(define x");
    assertThat(run("lint", file, "--format", "json")).isEqualTo(3);
    String first = out.toString(UTF_8).lines().findFirst().orElseThrow();
    assertThat(JsonParser.parseString(first).getAsJsonObject().get("line").getAsInt()).isEqualTo(1);
    assertThat(run("lint", folder.resolve("nowhere.ovsm").toString())).isEqualTo(4);
    assertThat(run("lint")).isEqualTo(2);
  }

  private static final String HOT =
      """
      (define-autonomous-program beat
        (on-startup
          (sol-subscribe-event
            :event-type "SLOT_INTERVAL"
            :interval 1
            :callback (lambda () (log :message "slot")))))
      """;

  @Test
  void warningsFailOnlyAtTheirLevel() throws IOException {
    String file = write("hot.ovsm", HOT);
    assertThat(run("lint", file)).isZero();
    assertThat(err.toString(UTF_8)).contains("warning[W0003]", "hot.ovsm:5:17");
    assertThat(run("lint", file, "--fail-level", "warning")).isEqualTo(1);
  }

  @Test
  void aCommentWithAReasonSilencesAWarning() throws IOException {
    String order = "; ovsm: allow W0003, because the price is needed in every slot";
    for (String text :
        List.of(
            HOT.replace("(sol-subscribe", order + "\n(sol-subscribe"),
            HOT.replace(":interval 1", ":interval 1 " + order),
            HOT.replace(":interval 1", order + "\n:interval 1"),
            HOT.replace(":interval 1", ":interval\n" + order + "\n1"),
            order.replace("allow", "allow-file") + "\n" + HOT)) {
      err.reset();
      assertThat(run("lint", write("hot.ovsm", text), "--fail-level", "note")).isZero();
      assertThat(err.toString(UTF_8)).isEmpty();
    }
  }

  static Stream<LintCode> warningsAboutPrograms() {
    return Arrays.stream(LintCode.values())
        .filter(code -> code.compareTo(LintCode.BAD_SILENCER) < 0);
  }

  /** At each form alone, for the whole file, and by a baseline. */
  @ParameterizedTest
  @MethodSource("warningsAboutPrograms")
  void everyWarningCanBeSilenced(LintCode code) throws IOException {
    String name = code.name().toLowerCase(Locale.ROOT) + ".ovsm";
    String text = Files.readString(Path.of("../tests/golden/lint", name));
    String file = write(name, text);
    assertThat(run("lint", file, "--format", "json", "--fail-level", "warning")).isEqualTo(1);
    Set<Integer> lines = new TreeSet<>();
    for (String line : out.toString(UTF_8).lines().toList()) {
      JsonObject one = JsonParser.parseString(line).getAsJsonObject();
      if (one.has("line") && one.get("code").getAsString().equals(code.id())) {
        lines.add(one.get("line").getAsInt());
      }
    }
    assertThat(lines).isNotEmpty();
    String order = "; ovsm: allow " + code.id() + ", because this is what the test is about";
    List<String> silenced = new ArrayList<>(text.lines().toList());
    for (int line : lines) {
      silenced.set(line - 1, silenced.get(line - 1) + " " + order);
    }
    String known = folder.resolve("known.json").toString();
    for (String quiet :
        List.of(
            String.join("\n", silenced) + "\n",
            order.replace("allow", "allow-file") + "\n" + text)) {
      err.reset();
      write(name, quiet);
      run("lint", file, "--fail-level", "warning");
      assertThat(err.toString(UTF_8)).doesNotContain("warning[", "note[");
    }
    write(name, text);
    run("lint", file, "--write-baseline", known);
    err.reset();
    run("lint", file, "--baseline", known, "--fail-level", "note");
    assertThat(err.toString(UTF_8)).doesNotContain("warning[", "note[");
  }

  @Test
  void aCommentElsewhereSilencesNothing() throws IOException {
    String order = "; ovsm: allow W0003, because it is wanted\n";
    String file = write("hot.ovsm", HOT + order + "(define-event LATER (slot u64))\n");
    assertThat(run("lint", file)).isZero();
    assertThat(err.toString(UTF_8)).contains("warning[W0003]", "warning[W0017]", "hot.ovsm:7:1");
    for (String argument : List.of(":event-type", ":callback")) {
      err.reset();
      String before = HOT.replace(argument, order + argument);
      assertThat(run("lint", write("other.ovsm", before))).isZero();
      assertThat(err.toString(UTF_8)).contains("warning[W0003]", "warning[W0017]");
    }
    String text = HOT.replace("\"slot\"", "\"; ovsm: allow W0003, because this is a string\"");
    err.reset();
    assertThat(run("lint", write("text.ovsm", text))).isZero();
    assertThat(err.toString(UTF_8)).contains("warning[W0003]").doesNotContain("W0017");
  }

  /** One on a line of its own goes with the line, one behind code with the blanks before it. */
  @Test
  void theFixOfAnUnusedSilencerTakesItAway() throws IOException {
    String order = "; ovsm: allow W0005, because nothing counts nanoseconds";
    String quiet = HOT.replace(":interval 1", ":interval 10");
    for (String text :
        List.of(
            quiet.replace("(sol-subscribe", order + "\n(sol-subscribe"),
            order + "\n" + quiet,
            quiet.replace(":interval 10", ":interval 10 " + order))) {
      Source source = new Source("beat.ovsm", text);
      List<Diagnostic> problems = Silence.of(List.of(source), List.of()).problems();
      assertThat(problems).extracting(Diagnostic::code).containsExactly(LintCode.UNUSED_SILENCER);
      Fix fix = Objects.requireNonNull(problems.get(0).fix());
      String after =
          text.substring(0, fix.span().start())
              + fix.replacement()
              + text.substring(fix.span().end());
      assertThat(after.replaceAll("\\s+", " ")).isEqualTo(quiet.replaceAll("\\s+", " "));
      assertThat(after.lines().count()).isEqualTo(quiet.lines().count());
      assertThat(after).doesNotContain(" \n");
    }
    String both = "; ovsm: allow W0003 W0005, because the price is needed in every slot\n";
    assertThat(run("lint", write("hot.ovsm", HOT.replace(":interval", both + ":interval"))))
        .isZero();
    assertThat(err.toString(UTF_8)).contains("warning[W0017]").doesNotContain("fix:");
  }

  @Test
  void aSilencerNeedsAReasonAndAWarning() throws IOException {
    for (String order :
        List.of(
            "allow W0003",
            "allow W0003, because",
            "allow",
            "allow-file W9999, because it is wanted",
            "allow L0001, because it is wanted",
            "forbid W0003, because it is wanted")) {
      err.reset();
      String file = write("hot.ovsm", "; ovsm: " + order + "\n" + HOT);
      assertThat(run("lint", file)).as(order).isEqualTo(1);
      assertThat(err.toString(UTF_8)).as(order).contains("error[W0016]", "hot.ovsm:1:1");
    }
  }

  @Test
  void anErrorCannotBeSilenced() throws IOException {
    String order = "; ovsm: allow-file V0001, because it is wanted\n";
    assertThat(run("lint", write("forever.ovsm", order + ENDLESS))).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("error[V0001]", "W0017", "is an error here");
  }

  @Test
  void aBaselineHidesWhatItKnowsAndNothingElse() throws IOException {
    String file = write("hot.ovsm", HOT);
    String known = folder.resolve("known.json").toString();
    assertThat(run("lint", file, "--write-baseline", known, "--fail-level", "note")).isZero();
    write("hot.ovsm", "; a line more\n" + HOT);
    err.reset();
    assertThat(run("lint", file, "--baseline", known, "--fail-level", "note")).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
    String twice =
        HOT.replace(
            "(on-startup",
            "(on-startup (sol-subscribe-event"
                + " :event-type \"SLOT_INTERVAL\" :interval 1 :callback (lambda () (log 1)))");
    write("hot.ovsm", twice);
    assertThat(run("lint", file, "--baseline", known, "--fail-level", "warning")).isEqualTo(1);
    write("hot.ovsm", HOT.replace(":interval 1", ":interval 10"));
    err.reset();
    assertThat(run("lint", file, "--baseline", known)).isZero();
    assertThat(err.toString(UTF_8)).contains("note[W0019]", "1 of the findings");
  }

  @Test
  void aBaselineThatIsNoneIsAnError() throws IOException {
    String file = write("hot.ovsm", HOT);
    for (String text :
        List.of("", "[]", "{}", "{\"version\":2,\"findings\":[]}", "[".repeat(9999))) {
      err.reset();
      assertThat(run("lint", file, "--baseline", write("bad.json", text))).isEqualTo(4);
      assertThat(err.toString(UTF_8)).contains("error[W0018]", "--write-baseline");
    }
    assertThat(run("lint", file, "--baseline", folder.resolve("none.json").toString()))
        .isEqualTo(4);
  }

  @Test
  void aCertificateHoldsForItsProgramOnly() throws IOException {
    String program = folder.resolve("beat.so").toString();
    assertThat(run("compile", "../examples/heartbeat.ovsm", "-o", program, "--emit", "cert"))
        .isZero();
    Path certificate = folder.resolve("beat.cert");
    out.reset();
    assertThat(run("lint", program, "--check-certificate", certificate.toString())).isZero();
    assertThat(out.toString(UTF_8)).contains("as certified", "3 safe");
    String text = Files.readString(certificate);
    String fewer = write("fewer.cert", text.replace("rounds 255", "rounds 254"));
    assertThat(run("lint", program, "--check-certificate", fewer)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("error[V0013]", "may repeat more often", "up to 255");
    err.reset();
    assertThat(run("lint", program, "--check-certificate", write("empty.cert", ""))).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("is no certificate");
    String source = "../examples/heartbeat.ovsm";
    assertThat(run("lint", source, "--check-certificate", certificate.toString())).isEqualTo(1);
    assertThat(run("lint", program, "--check-certificate", folder.resolve("none").toString()))
        .isEqualTo(4);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), out, err);
  }
}

package dev.ovsm.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendererTest {
  private static final Source SOURCE =
      new Source("src/a b.ovsm", "(define x 1)\n(while \"💓\" (f x))\n(g)\n");
  private static final Span LOOP = new Span(SOURCE, 13, 31);
  private static final Span DEFINITION = new Span(SOURCE, 0, 12);

  @TempDir private Path folder;

  @Test
  void humansGetALineForEachProperty() {
    assertThat(render(Format.HUMAN, report()))
        .isEqualTo(
            """
            src/a b.ovsm
              tick
                safe     compute units  about 12 of 100
                unsafe   termination    a loop without a bound
            1 safe, 0 guarded, 1 unsafe, 0 unknown
            """);
  }

  @Test
  void everyLineOfJsonIsAVersionedObject() {
    List<JsonObject> lines =
        render(Format.JSON, report())
            .lines()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();
    assertThat(lines).allMatch(line -> line.get("v").getAsInt() == 1);
    assertThat(lines.stream().map(line -> line.get("type").getAsString()))
        .containsExactly("finding", "finding", "diagnostic", "summary");
    JsonObject diagnostic = lines.get(2);
    assertThat(diagnostic.get("code").getAsString()).isEqualTo("V0001");
    assertThat(diagnostic.get("line").getAsInt()).isEqualTo(2);
    assertThat(diagnostic.get("column").getAsInt()).isEqualTo(1);
    // The emoji is one code point, so one column.
    assertThat(diagnostic.get("end_column").getAsInt()).isEqualTo(18);
    assertThat(diagnostic.getAsJsonObject("fix").get("replacement").getAsString()).isEqualTo("y");
    assertThat(lines.get(3).get("unsafe").getAsInt()).isEqualTo(1);
  }

  @Test
  void sarifHasWhatCodeScanningNeeds() {
    JsonObject log = JsonParser.parseString(render(Format.SARIF, report())).getAsJsonObject();
    assertThat(log.get("$schema").getAsString()).contains("sarif-2.1.0");
    assertThat(log.get("version").getAsString()).isEqualTo("2.1.0");
    JsonObject run = log.getAsJsonArray("runs").get(0).getAsJsonObject();
    assertThat(run.get("columnKind").getAsString()).isEqualTo("unicodeCodePoints");
    JsonObject driver = run.getAsJsonObject("tool").getAsJsonObject("driver");
    assertThat(driver.keySet()).contains("name", "version", "informationUri", "rules");
    for (JsonElement rule : driver.getAsJsonArray("rules")) {
      assertThat(rule.getAsJsonObject().keySet())
          .contains(
              "id",
              "shortDescription",
              "fullDescription",
              "helpUri",
              "defaultConfiguration",
              "properties");
    }
    for (JsonElement element : run.getAsJsonArray("results")) {
      checkResult(element.getAsJsonObject(), driver.getAsJsonArray("rules"));
    }
  }

  private static void checkResult(JsonObject result, JsonArray rules) {
    JsonObject rule = rules.get(result.get("ruleIndex").getAsInt()).getAsJsonObject();
    assertThat(rule.get("id")).isEqualTo(result.get("ruleId"));
    assertThat(result.get("level").getAsString()).isIn("error", "warning", "note");
    assertThat(result.getAsJsonObject("message").get("text").getAsString()).isNotBlank();
    JsonObject physical =
        result
            .getAsJsonArray("locations")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("physicalLocation");
    JsonObject artifact = physical.getAsJsonObject("artifactLocation");
    assertThat(artifact.get("uri").getAsString()).isEqualTo("src/a%20b.ovsm");
    assertThat(artifact.get("uriBaseId").getAsString()).isEqualTo("%SRCROOT%");
    assertThat(physical.getAsJsonObject("region").keySet())
        .contains("startLine", "startColumn", "endLine", "endColumn", "snippet");
    JsonArray steps =
        result
            .getAsJsonArray("codeFlows")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("threadFlows")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("locations");
    assertThat(steps).hasSize(2);
    assertThat(result.getAsJsonArray("relatedLocations")).hasSize(1);
    assertThat(result.getAsJsonObject("partialFingerprints").get("ovsm/v1").getAsString())
        .matches("[0-9a-f]{32}");
    assertThat(result.getAsJsonArray("fixes")).hasSize(1);
  }

  @Test
  void sarifFollowsPlacesThatAreInNoSource() {
    Diagnostic deep =
        Diagnostic.in("instruction 9 in main", VerifierCode.DEEP_CALLS, "too deep")
            .withStep("instruction 1", "calls from here")
            .withStep("instruction 5", "calls from here");
    FileReport report = new FileReport("a.so", List.of(), List.of(deep));
    JsonObject log = JsonParser.parseString(render(Format.SARIF, report)).getAsJsonObject();
    JsonObject run = log.getAsJsonArray("runs").get(0).getAsJsonObject();
    JsonObject result = run.getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.getAsJsonObject("message").get("text").getAsString())
        .isEqualTo("too deep\ninstruction 1: calls from here\ninstruction 5: calls from here");
    JsonObject flow = result.getAsJsonArray("codeFlows").get(0).getAsJsonObject();
    JsonObject thread = flow.getAsJsonArray("threadFlows").get(0).getAsJsonObject();
    List<String> names = new ArrayList<>();
    for (JsonElement step : thread.getAsJsonArray("locations")) {
      JsonObject location = step.getAsJsonObject().getAsJsonObject("location");
      JsonObject logical = location.getAsJsonArray("logicalLocations").get(0).getAsJsonObject();
      names.add(logical.get("fullyQualifiedName").getAsString());
    }
    assertThat(names).containsExactly("instruction 1", "instruction 5", "instruction 9 in main");
  }

  @Test
  void gitHubAnnotationsAreEscapedAndPointToTheirLines() {
    assertThat(render(Format.GITHUB, report()))
        .isEqualTo(
            "::error file=src/a b.ovsm,line=2,endLine=2,col=1,endColumn=18,"
                + "title=V0001 loop without a bound::100%25 sure: no"
                + "%0Asrc/a b.ovsm:1:1: x is set here%0Anote: why, though%0Ahelp: count\n");
    assertThat(GitHubRenderer.property("a:b,c%\n")).isEqualTo("a%3Ab%2Cc%25%0A");
  }

  @Test
  void gitHubShowsTenOfEachSeverityAndSaysWhatIsMissing() {
    List<Diagnostic> many = new ArrayList<>();
    for (int i = 0; i < 46; i++) {
      many.add(Diagnostic.at(LOOP, VerifierCode.UNBOUNDED_LOOP, "number " + i));
    }
    for (int i = 0; i < 10; i++) {
      many.add(Diagnostic.at(LOOP, VerifierCode.UNPROVED, "doubt " + i));
    }
    List<String> lines =
        render(Format.GITHUB, new FileReport("a.ovsm", List.of(), many)).lines().toList();
    assertThat(lines).filteredOn(line -> line.startsWith("::error")).hasSize(10);
    assertThat(lines).filteredOn(line -> line.startsWith("::warning")).hasSize(10);
    assertThat(lines.get(9)).contains("and 37 more");
  }

  /** A job shows fifty annotations at most, of all its steps. */
  @Test
  void gitHubIsNeverToldMoreThanAJobShows() {
    List<FileReport> reports = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Diagnostic error = Diagnostic.at(LOOP, VerifierCode.UNBOUNDED_LOOP, "number " + i);
      reports.add(
          new FileReport(
              i + ".ovsm",
              List.of(),
              List.of(
                  error, error.withSeverity(Severity.WARNING), error.withSeverity(Severity.NOTE))));
    }
    StringWriter out = new StringWriter();
    Format.GITHUB.renderer("1.2.3", null).render(reports, new PrintWriter(out));
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(30).hasSizeLessThan(50);
    assertThat(lines).filteredOn(line -> line.contains("and 51 more")).hasSize(3);
    assertThat(lines.get(0)).startsWith("::error file=src/a b.ovsm,");
    assertThat(lines.get(29)).startsWith("::notice ");
  }

  @Test
  void gitHubGetsNoMessageThatItWouldRefuse() {
    Diagnostic endless = Diagnostic.at(LOOP, VerifierCode.UNPROVED, "💓%".repeat(50_000));
    String line = render(Format.GITHUB, new FileReport("a.ovsm", List.of(), List.of(endless)));
    String message = line.substring(line.lastIndexOf("::") + 2).replace("%25", "%").strip();
    assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(16_000, 65_536);
    assertThat(message).endsWith("…").doesNotContain("?");
  }

  @Test
  void gitHubGetsATableForTheJob() throws IOException {
    Path summary = folder.resolve("summary.md");
    Files.writeString(summary, "before\n");
    StringWriter out = new StringWriter();
    Format.GITHUB.renderer("1", summary).render(List.of(report()), new PrintWriter(out));
    assertThat(Files.readString(summary))
        .startsWith("before\n")
        .contains("| src/a b.ovsm | tick | termination | unsafe | a loop without a bound |");
  }

  private static FileReport report() {
    Diagnostic why =
        Diagnostic.at(LOOP, VerifierCode.UNBOUNDED_LOOP, "100% sure: no")
            .withLabel(DEFINITION, "x is set here")
            .withNote("why, though")
            .withHelp("count")
            .withFix(new Fix("use y", new Span(SOURCE, 8, 9), "y"));
    return new FileReport(
        "src/a b.ovsm",
        List.of(
            new Finding("tick", Property.COMPUTE, Verdict.SAFE, "about 12 of 100", null),
            new Finding(
                "tick", Property.TERMINATION, Verdict.UNSAFE, "a loop without a bound", why)),
        List.of());
  }

  private static String render(Format format, FileReport report) {
    assertThat(report.diagnostics()).allMatch(d -> d.severity() != Severity.NOTE);
    StringWriter out = new StringWriter();
    format.renderer("1.2.3", null).render(List.of(report), new PrintWriter(out));
    return out.toString().replace(System.lineSeparator(), "\n");
  }
}

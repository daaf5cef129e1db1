package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What lint writes as SARIF has the properties that version 2.1.0 knows, where it wants them. */
class SarifTest {
  /** Results beyond these are not shown, or the whole upload is refused. */
  private static final int MOST_RESULTS = 5_000;

  private static final int MOST_STEPS = 1_000;

  /** The objects of the standard that are used: what they must have, and what else they may. */
  private enum Kind {
    LOG("version runs", "$schema"),
    RUN("tool", "results columnKind"),
    TOOL("driver", ""),
    DRIVER("name", "version informationUri rules"),
    RULE("id", "name shortDescription fullDescription helpUri defaultConfiguration properties"),
    CONFIGURATION("", "level"),
    RESULT(
        "message",
        "ruleId ruleIndex level locations relatedLocations codeFlows partialFingerprints fixes"),
    LOCATION("", "physicalLocation logicalLocations message"),
    PHYSICAL("artifactLocation", "region"),
    ARTIFACT("uri", "uriBaseId"),
    LOGICAL("", "fullyQualifiedName"),
    REGION("startLine startColumn endLine endColumn", "snippet"),
    FLOW("threadFlows", ""),
    THREAD("locations", ""),
    STEP("location", ""),
    FIX("artifactChanges", "description"),
    CHANGE("artifactLocation replacements", ""),
    REPLACEMENT("deletedRegion", "insertedContent"),
    TEXT("text", "");

    private final Set<String> needed;
    private final Set<String> known;

    Kind(String needed, String others) {
      this.needed = words(needed);
      this.known = words(needed + " " + others);
    }

    private static Set<String> words(String text) {
      return new TreeSet<>(Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList());
    }

    JsonObject check(JsonElement element) {
      JsonObject object = element.getAsJsonObject();
      assertThat(object.keySet()).as(name()).containsAll(needed).isSubsetOf(known);
      return object;
    }
  }

  @Test
  void everyWarningIsWellFormed() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("lint", "--format", "sarif"));
    try (Stream<Path> files = Files.list(Path.of("../tests/golden/lint"))) {
      files
          .map(Path::toString)
          .filter(name -> name.endsWith(".ovsm"))
          .sorted()
          .forEach(arguments::add);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // one of them leaves a record open, and that is more than a warning
    assertThat(Main.run(arguments, out, new ByteArrayOutputStream())).isEqualTo(1);
    JsonObject log = JsonParser.parseString(out.toString(UTF_8)).getAsJsonObject();
    int flows = check(log);
    assertThat(flows).isGreaterThan(8);
  }

  @Test
  void damageIsFound() {
    JsonObject log =
        JsonParser.parseString("{\"version\":\"2.1.0\",\"runs\":[{}]}").getAsJsonObject();
    assertThatThrownBy(() -> check(log)).isInstanceOf(AssertionError.class);
    JsonObject other =
        JsonParser.parseString("{\"version\":\"2.1.0\",\"runs\":[],\"extra\":1}").getAsJsonObject();
    assertThatThrownBy(() -> check(other)).isInstanceOf(AssertionError.class);
  }

  /** How many results have a flow. */
  private static int check(JsonObject log) {
    assertThat(Kind.LOG.check(log).get("version").getAsString()).isEqualTo("2.1.0");
    int flows = 0;
    for (JsonElement element : log.getAsJsonArray("runs")) {
      JsonObject run = Kind.RUN.check(element);
      assertThat(run.get("columnKind").getAsString()).isEqualTo("unicodeCodePoints");
      JsonObject driver = Kind.DRIVER.check(Kind.TOOL.check(run.get("tool")).get("driver"));
      JsonArray rules = driver.getAsJsonArray("rules");
      rules.forEach(SarifTest::rule);
      JsonArray results = run.getAsJsonArray("results");
      assertThat(results).hasSizeBetween(1, MOST_RESULTS);
      for (JsonElement one : results) {
        flows += result(Kind.RESULT.check(one), rules) ? 1 : 0;
      }
    }
    return flows;
  }

  private static void rule(JsonElement element) {
    JsonObject rule = Kind.RULE.check(element);
    Kind.TEXT.check(rule.get("shortDescription"));
    Kind.TEXT.check(rule.get("fullDescription"));
    assertThat(URI.create(rule.get("helpUri").getAsString()).isAbsolute()).isTrue();
    JsonObject configuration = Kind.CONFIGURATION.check(rule.get("defaultConfiguration"));
    assertThat(configuration.get("level").getAsString()).isIn("error", "warning", "note");
    assertThat(rule.getAsJsonObject("properties").getAsJsonArray("tags")).hasSizeLessThan(11);
  }

  private static boolean result(JsonObject result, JsonArray rules) {
    JsonObject rule = rules.get(result.get("ruleIndex").getAsInt()).getAsJsonObject();
    assertThat(rule.get("id")).isEqualTo(result.get("ruleId"));
    assertThat(result.get("level").getAsString()).isIn("error", "warning", "note");
    Kind.TEXT.check(result.get("message"));
    result.getAsJsonArray("locations").forEach(SarifTest::location);
    if (result.has("fixes")) {
      result.getAsJsonArray("fixes").forEach(SarifTest::fix);
    }
    if (!result.has("codeFlows")) {
      return false;
    }
    result.getAsJsonArray("relatedLocations").forEach(SarifTest::location);
    for (JsonElement flow : result.getAsJsonArray("codeFlows")) {
      for (JsonElement thread : Kind.FLOW.check(flow).getAsJsonArray("threadFlows")) {
        JsonArray steps = Kind.THREAD.check(thread).getAsJsonArray("locations");
        assertThat(steps).hasSizeBetween(2, MOST_STEPS);
        steps.forEach(step -> location(Kind.STEP.check(step).get("location")));
      }
    }
    return true;
  }

  private static void location(JsonElement element) {
    JsonObject location = Kind.LOCATION.check(element);
    JsonObject physical = Kind.PHYSICAL.check(location.get("physicalLocation"));
    artifact(physical.get("artifactLocation"));
    if (physical.has("region")) {
      region(physical.get("region"));
    }
    if (location.has("message")) {
      Kind.TEXT.check(location.get("message"));
    }
    if (location.has("logicalLocations")) {
      location.getAsJsonArray("logicalLocations").forEach(Kind.LOGICAL::check);
    }
  }

  private static void artifact(JsonElement element) {
    String uri = Kind.ARTIFACT.check(element).get("uri").getAsString();
    assertThat(URI.create(uri).getPath()).isNotBlank();
  }

  private static void region(JsonElement element) {
    JsonObject region = Kind.REGION.check(element);
    int line = region.get("startLine").getAsInt();
    int column = region.get("startColumn").getAsInt();
    assertThat(line).isPositive();
    assertThat(column).isPositive();
    assertThat(region.get("endLine").getAsInt()).isGreaterThanOrEqualTo(line);
    if (region.get("endLine").getAsInt() == line) {
      assertThat(region.get("endColumn").getAsInt()).isGreaterThanOrEqualTo(column);
    }
    if (region.has("snippet")) {
      Kind.TEXT.check(region.get("snippet"));
    }
  }

  private static void fix(JsonElement element) {
    JsonObject fix = Kind.FIX.check(element);
    Kind.TEXT.check(fix.get("description"));
    for (JsonElement one : fix.getAsJsonArray("artifactChanges")) {
      JsonObject change = Kind.CHANGE.check(one);
      artifact(change.get("artifactLocation"));
      JsonArray replacements = change.getAsJsonArray("replacements");
      assertThat(replacements).isNotEmpty();
      for (JsonElement replacement : replacements) {
        JsonObject checked = Kind.REPLACEMENT.check(replacement);
        region(checked.get("deletedRegion"));
        Kind.TEXT.check(checked.get("insertedContent"));
      }
    }
  }
}

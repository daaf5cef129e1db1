package dev.ovsm.cli.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ovsm.diag.Code;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Label;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Span;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** For code scanning: SARIF 2.1.0, one run, a rule for each code that occurs. */
final class SarifRenderer implements Renderer {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String HOME = "https://github.com/openSVM/ovsm";
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  private final String version;

  SarifRenderer(String version) {
    this.version = version;
  }

  @Override
  public void render(List<FileReport> reports, PrintWriter out) {
    Set<Code> codes = new LinkedHashSet<>();
    reports.forEach(report -> report.diagnostics().forEach(d -> codes.add(d.code())));
    List<Code> rules = new ArrayList<>(codes);
    JsonArray results = new JsonArray();
    for (FileReport report : reports) {
      for (Diagnostic diagnostic : report.diagnostics()) {
        results.add(result(report.file(), diagnostic, rules.indexOf(diagnostic.code())));
      }
    }
    JsonObject driver = new JsonObject();
    driver.addProperty("name", "ovsm");
    driver.addProperty("version", version);
    driver.addProperty("informationUri", HOME);
    JsonArray described = new JsonArray();
    rules.forEach(code -> described.add(rule(code)));
    driver.add("rules", described);
    JsonObject run = new JsonObject();
    run.add("tool", with("driver", driver));
    run.addProperty("columnKind", "unicodeCodePoints");
    run.add("results", results);
    JsonObject log = new JsonObject();
    log.addProperty("$schema", SCHEMA);
    log.addProperty("version", "2.1.0");
    log.add("runs", array(run));
    out.println(GSON.toJson(log));
  }

  private static JsonObject rule(Code code) {
    JsonObject rule = new JsonObject();
    rule.addProperty("id", code.id());
    rule.addProperty("name", code.name());
    rule.add("shortDescription", text(code.title()));
    rule.add("fullDescription", text(code.explanation().strip()));
    rule.addProperty("helpUri", HOME + "#" + code.id());
    JsonObject configuration = new JsonObject();
    configuration.addProperty("level", level(code.severity()));
    rule.add("defaultConfiguration", configuration);
    JsonArray tags = new JsonArray();
    tags.add("ovsm");
    tags.add("verifier");
    rule.add("properties", with("tags", tags));
    return rule;
  }

  private static JsonObject result(String file, Diagnostic diagnostic, int rule) {
    JsonObject result = new JsonObject();
    result.addProperty("ruleId", diagnostic.code().id());
    result.addProperty("ruleIndex", rule);
    result.addProperty("level", level(diagnostic.severity()));
    result.add("message", text(message(diagnostic)));
    result.add("locations", array(location(file, diagnostic.primary(), diagnostic.place())));
    List<JsonObject> way = way(file, diagnostic);
    if (!way.isEmpty()) {
      JsonArray related = new JsonArray();
      JsonArray steps = new JsonArray();
      for (JsonObject one : way) {
        related.add(one);
        steps.add(with("location", one));
      }
      result.add("relatedLocations", related);
      JsonObject last = location(file, diagnostic.primary(), diagnostic.place());
      last.add("message", text(diagnostic.message()));
      steps.add(with("location", last));
      JsonObject thread = with("locations", steps);
      result.add("codeFlows", array(with("threadFlows", array(thread))));
    }
    result.add("partialFingerprints", fingerprint(file, diagnostic));
    if (diagnostic.fix() != null) {
      result.add("fixes", array(fix(diagnostic)));
    }
    return result;
  }

  private static String message(Diagnostic diagnostic) {
    StringBuilder message = new StringBuilder(diagnostic.message());
    diagnostic.remarks().forEach(note -> message.append("\n").append(note));
    if (diagnostic.help() != null) {
      message.append("\n").append(diagnostic.help());
    }
    return message.toString();
  }

  /** The places along the way to a finding, with what is so at each. */
  private static List<JsonObject> way(String file, Diagnostic diagnostic) {
    List<JsonObject> way = new ArrayList<>();
    for (Label label : diagnostic.labels()) {
      way.add(location(file, label.span(), null));
      way.get(way.size() - 1).add("message", text(label.text()));
    }
    for (Diagnostic.Step step : diagnostic.steps()) {
      way.add(location(file, null, step.place()));
      way.get(way.size() - 1).add("message", text(step.text()));
    }
    return way;
  }

  private static JsonObject location(String file, @Nullable Span span, @Nullable String place) {
    JsonObject physical = new JsonObject();
    JsonObject artifact = new JsonObject();
    artifact.addProperty("uri", uri(Location.of(span).map(Location::file).orElse(file)));
    artifact.addProperty("uriBaseId", "%SRCROOT%");
    physical.add("artifactLocation", artifact);
    Location.of(span).ifPresent(at -> physical.add("region", region(at, span)));
    JsonObject location = with("physicalLocation", physical);
    if (place != null) {
      JsonObject logical = new JsonObject();
      logical.addProperty("fullyQualifiedName", place);
      location.add("logicalLocations", array(logical));
    }
    return location;
  }

  private static JsonObject region(Location at, @Nullable Span span) {
    JsonObject region = new JsonObject();
    region.addProperty("startLine", at.line());
    region.addProperty("startColumn", at.column());
    region.addProperty("endLine", at.endLine());
    region.addProperty("endColumn", at.endColumn());
    if (span != null) {
      region.add("snippet", text(span.text()));
    }
    return region;
  }

  private static JsonObject fix(Diagnostic diagnostic) {
    var change = diagnostic.fix();
    JsonObject fix = new JsonObject();
    if (change == null) {
      return fix;
    }
    fix.add("description", text(change.description()));
    JsonObject replacement = new JsonObject();
    Location.of(change.span()).ifPresent(at -> replacement.add("deletedRegion", region(at, null)));
    replacement.add("insertedContent", text(change.replacement()));
    JsonObject artifact = new JsonObject();
    JsonObject name = new JsonObject();
    name.addProperty("uri", uri(change.span().source().name()));
    name.addProperty("uriBaseId", "%SRCROOT%");
    artifact.add("artifactLocation", name);
    artifact.add("replacements", array(replacement));
    fix.add("artifactChanges", array(artifact));
    return fix;
  }

  private static JsonObject fingerprint(String file, Diagnostic diagnostic) {
    JsonObject fingerprint = new JsonObject();
    fingerprint.addProperty("ovsm/v1", Fingerprint.of(file, diagnostic));
    return fingerprint;
  }

  private static String uri(String path) {
    return path.replace('\\', '/').replace("%", "%25").replace(" ", "%20");
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE -> "note";
    };
  }

  private static JsonObject text(String text) {
    JsonObject object = new JsonObject();
    object.addProperty("text", text);
    return object;
  }

  private static JsonObject with(String name, JsonElement value) {
    JsonObject object = new JsonObject();
    object.add(name, value);
    return object;
  }

  private static JsonArray array(JsonObject only) {
    JsonArray array = new JsonArray();
    array.add(only);
    return array;
  }
}

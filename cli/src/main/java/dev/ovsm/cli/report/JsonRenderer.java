package dev.ovsm.cli.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.Label;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * For programs: one JSON object a line, of type finding or diagnostic, and a summary at the end.
 */
final class JsonRenderer implements Renderer {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  @Override
  public void render(List<FileReport> reports, PrintWriter out) {
    JsonObject summary = object("summary");
    for (Verdict verdict : Verdict.values()) {
      summary.addProperty(verdict.word(), 0);
    }
    for (FileReport report : reports) {
      for (Finding finding : report.findings()) {
        out.println(GSON.toJson(finding(report.file(), finding)));
        String word = finding.verdict().word();
        summary.addProperty(word, summary.get(word).getAsInt() + 1);
      }
      for (Diagnostic diagnostic : report.diagnostics()) {
        out.println(GSON.toJson(diagnostic(report.file(), diagnostic)));
      }
    }
    summary.addProperty("files", reports.size());
    out.println(GSON.toJson(summary));
  }

  private static JsonObject object(String type) {
    JsonObject object = new JsonObject();
    object.addProperty("v", 1);
    object.addProperty("type", type);
    return object;
  }

  private static JsonObject finding(String file, Finding finding) {
    JsonObject object = object("finding");
    object.addProperty("file", file);
    object.addProperty("entry", finding.entry());
    object.addProperty("property", finding.property().name().toLowerCase(Locale.ROOT));
    object.addProperty("verdict", finding.verdict().word());
    object.addProperty("figure", finding.figure());
    if (finding.diagnostic() != null) {
      object.addProperty("code", finding.diagnostic().code().id());
    }
    return object;
  }

  private static JsonObject diagnostic(String file, Diagnostic diagnostic) {
    JsonObject object = object("diagnostic");
    object.addProperty("code", diagnostic.code().id());
    object.addProperty("name", diagnostic.code().name());
    object.addProperty("severity", diagnostic.severity().word());
    object.addProperty("message", diagnostic.message());
    Location.of(diagnostic)
        .ifPresentOrElse(
            location -> place(object, location), () -> object.addProperty("file", file));
    if (diagnostic.place() != null) {
      object.addProperty("place", diagnostic.place());
    }
    JsonArray labels = new JsonArray();
    for (Label label : diagnostic.labels()) {
      JsonObject one = new JsonObject();
      Location.of(label.span()).ifPresent(location -> place(one, location));
      one.addProperty("text", label.text());
      labels.add(one);
    }
    object.add("labels", labels);
    JsonArray notes = new JsonArray();
    diagnostic.remarks().forEach(notes::add);
    object.add("notes", notes);
    if (diagnostic.help() != null) {
      object.addProperty("help", diagnostic.help());
    }
    Fix fix = diagnostic.fix();
    if (fix != null) {
      JsonObject change = new JsonObject();
      change.addProperty("description", fix.description());
      Location.of(fix.span()).ifPresent(location -> place(change, location));
      change.addProperty("replacement", fix.replacement());
      object.add("fix", change);
    }
    return object;
  }

  private static void place(JsonObject object, Location location) {
    object.addProperty("file", location.file());
    object.addProperty("line", location.line());
    object.addProperty("column", location.column());
    object.addProperty("end_line", location.endLine());
    object.addProperty("end_column", location.endColumn());
  }
}

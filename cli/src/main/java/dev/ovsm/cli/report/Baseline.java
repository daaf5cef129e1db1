package dev.ovsm.cli.report;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Warnings and notes that are known and not reported again; errors are never among them.
 *
 * @param known how often each finding is known, by {@link Entry}
 */
public record Baseline(Map<Baseline.Entry, Integer> known) {
  private static final int VERSION = 1;

  /** The most bytes of a baseline file. */
  public static final int MOST_BYTES = 4 * 1024 * 1024;

  public Baseline {
    known = new TreeMap<>(known);
  }

  /** A finding that keeps its identity when lines move. */
  public record Entry(String file, String code, String fingerprint) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return (file + "\n" + code + fingerprint)
          .compareTo(other.file + "\n" + other.code + other.fingerprint);
    }

    static Entry of(String file, Diagnostic diagnostic) {
      return new Entry(file, diagnostic.code().id(), Fingerprint.of(file, diagnostic));
    }
  }

  /** Everything in reports that a baseline can hold. */
  public static Baseline of(List<FileReport> reports) {
    Map<Entry, Integer> known = new TreeMap<>();
    for (FileReport report : reports) {
      report.diagnostics().stream()
          .filter(one -> one.severity() != Severity.ERROR)
          .forEach(one -> known.merge(Entry.of(report.file(), one), 1, Integer::sum));
    }
    return new Baseline(known);
  }

  /** The baseline in a file's text; empty if it is none, and {@code problems} says so. */
  public static Optional<Baseline> read(String name, byte[] bytes, List<Diagnostic> problems) {
    try {
      JsonObject file =
          JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
      Map<Entry, Integer> known = new TreeMap<>();
      if (file.get("version").getAsInt() != VERSION) {
        throw new JsonParseException("another version");
      }
      for (JsonElement element : file.getAsJsonArray("findings")) {
        JsonObject one = element.getAsJsonObject();
        Entry entry =
            new Entry(
                one.get("file").getAsString(),
                one.get("code").getAsString(),
                one.get("fingerprint").getAsString());
        known.merge(entry, Math.max(1, one.get("count").getAsInt()), Math::addExact);
      }
      return Optional.of(new Baseline(known));
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | ArithmeticException
        | UnsupportedOperationException
        | NumberFormatException
        | StackOverflowError e) {
      problems.add(
          Diagnostic.in(name, LintCode.BAD_BASELINE, name + " is no baseline of this version")
              .withHelp("write it anew: ovsm lint FILE… --write-baseline " + name));
      return Optional.empty();
    }
  }

  /** The file, one finding a line, in an order that depends on nothing else. */
  public byte[] text() {
    JsonArray findings = new JsonArray();
    known.forEach(
        (entry, count) -> {
          JsonObject one = new JsonObject();
          one.addProperty("file", entry.file());
          one.addProperty("code", entry.code());
          one.addProperty("fingerprint", entry.fingerprint());
          one.addProperty("count", count);
          findings.add(one);
        });
    JsonObject file = new JsonObject();
    file.addProperty("version", VERSION);
    file.add("findings", findings);
    String json = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create().toJson(file);
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Reports without what is known, and which known findings are gone. */
  public record Applied(List<FileReport> reports, List<Entry> gone) {
    public Applied {
      reports = List.copyOf(reports);
      gone = List.copyOf(gone);
    }
  }

  /** Takes what is known out of reports; each known finding as often as it is known. */
  public Applied apply(List<FileReport> reports) {
    Map<Entry, Integer> left = new TreeMap<>(known);
    List<FileReport> shorter = new ArrayList<>();
    for (FileReport report : reports) {
      Set<Diagnostic> dropped = new LinkedHashSet<>();
      for (Diagnostic diagnostic : report.diagnostics()) {
        Entry entry = Entry.of(report.file(), diagnostic);
        if (diagnostic.severity() != Severity.ERROR && left.getOrDefault(entry, 0) > 0) {
          left.merge(entry, -1, Integer::sum);
          dropped.add(diagnostic);
        }
      }
      shorter.add(report.without(dropped));
    }
    Set<String> files = new LinkedHashSet<>();
    reports.forEach(report -> files.add(report.file()));
    List<Entry> gone =
        left.entrySet().stream()
            .filter(one -> one.getValue() > 0 && files.contains(one.getKey().file()))
            .map(Map.Entry::getKey)
            .toList();
    return new Applied(shorter, gone);
  }
}

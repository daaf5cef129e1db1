package dev.ovsm.cli.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text format of Prometheus strictly: every line as it must be, every family once and in
 * one piece, every sample of a declared family and once, histograms cumulative.
 */
final class Scrape {
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) ([^\\\\\n]+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[^}]*\\})? (-?[0-9]+)");
  private static final Pattern LABELS =
      Pattern.compile("\\{[a-zA-Z_]\\w*=\"[^\"\\\\]*\"(,[a-zA-Z_]\\w*=\"[^\"\\\\]*\")*\\}");
  private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram");

  private final Map<String, String> types = new HashMap<>();
  private final Set<String> helped = new HashSet<>();
  private final Map<String, Long> samples = new LinkedHashMap<>();
  private final Map<String, Long> lastBucket = new HashMap<>();

  /** Reads a text; an {@link AssertionError} says what is wrong with it. */
  static Scrape of(String text) {
    require(text.endsWith("\n"), "the last line does not end");
    Scrape scrape = new Scrape();
    String family = "";
    for (String line : text.lines().toList()) {
      Matcher comment = COMMENT.matcher(line);
      if (line.startsWith("#")) {
        require(comment.matches(), line);
        String name = comment.group(2);
        if (comment.group(1).equals("HELP")) {
          require(scrape.helped.add(name), "two helps: " + line);
        } else {
          require(scrape.helped.contains(name), "no help before: " + line);
          require(TYPES.contains(comment.group(3)), line);
          require(scrape.types.put(name, comment.group(3)) == null, "two types: " + line);
          family = name;
        }
      } else {
        scrape.sample(line, family);
      }
    }
    scrape.types.forEach(scrape::requireWhole);
    return scrape;
  }

  /** The type of a metric by its name. */
  String type(String name) {
    return types.getOrDefault(name, "none");
  }

  /** The value of a sample by its name and labels as they are written. */
  long value(String sample) {
    Long value = samples.get(sample);
    require(value != null, "no sample " + sample + " among " + samples.keySet());
    return value == null ? 0 : value;
  }

  private void sample(String line, String family) {
    Matcher sample = SAMPLE.matcher(line);
    require(sample.matches(), line);
    String name = sample.group(1);
    String labels = sample.group(2) == null ? "" : sample.group(2);
    require(labels.isEmpty() || LABELS.matcher(labels).matches(), line);
    String type = types.getOrDefault(family, "");
    boolean isHistogram = type.equals("histogram");
    List<String> names =
        isHistogram
            ? List.of(family + "_bucket", family + "_sum", family + "_count")
            : List.of(family);
    require(names.contains(name), "not of family " + family + ": " + line);
    long value = Long.parseLong(sample.group(3));
    require(!type.equals("counter") || (name.endsWith("_total") && value >= 0), line);
    require(samples.put(name + labels, value) == null, "twice: " + line);
    if (name.equals(family + "_bucket")) {
      require(labels.matches("\\{le=\"([0-9]+|\\+Inf)\"\\}"), line);
      Long before = lastBucket.put(family, value);
      require(before == null || before <= value, "not cumulative: " + line);
    }
  }

  private void requireWhole(String family, String type) {
    if (type.equals("histogram")) {
      long all = value(family + "_count");
      require(value(family + "_bucket{le=\"+Inf\"}") == all, family + " lacks some");
      require(lastBucket.getOrDefault(family, -1L) == all, family + " goes on after +Inf");
    }
  }

  private static void require(boolean holds, String complaint) {
    if (!holds) {
      throw new AssertionError(complaint);
    }
  }
}

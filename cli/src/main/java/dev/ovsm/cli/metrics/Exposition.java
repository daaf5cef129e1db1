package dev.ovsm.cli.metrics;

import java.util.Map;

/** Metrics in the text format of Prometheus, version 0.0.4: families one after the other. */
final class Exposition {
  /** What a server says that it sends. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(4_096);

  /** What the numbers of a family mean. */
  enum Type {
    COUNTER("counter"),
    GAUGE("gauge"),
    HISTOGRAM("histogram");

    private final String word;

    Type(String word) {
      this.word = word;
    }
  }

  /** Begins a family; the help has no line breaks and no backslashes. */
  Exposition family(String name, Type type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type.word).append('\n');
    return this;
  }

  /** A number of a family; label values have no quotes, backslashes and line breaks. */
  Exposition sample(String name, Map<String, String> labels, long value) {
    text.append(name);
    if (!labels.isEmpty()) {
      char separator = '{';
      for (Map.Entry<String, String> label : labels.entrySet()) {
        text.append(separator).append(label.getKey()).append("=\"").append(label.getValue());
        text.append('"');
        separator = ',';
      }
      text.append('}');
    }
    text.append(' ').append(value).append('\n');
    return this;
  }

  /** A family of one number. */
  Exposition single(String name, Type type, String help, long value) {
    return family(name, type, help).sample(name, Map.of(), value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

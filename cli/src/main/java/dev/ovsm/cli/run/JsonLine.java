package dev.ovsm.cli.run;

import java.util.List;
import java.util.Map;

/** Builds one JSON object on one line, its members in the order in which they are put. */
public final class JsonLine {
  private static final int FIRST_PLAIN = 0x20;

  private final StringBuilder text = new StringBuilder(160);

  /** An object that says its schema's version and its type. */
  public static JsonLine of(String type) {
    return new JsonLine().put("v", 1).put("type", type);
  }

  /** An array of what is JSON already. */
  public static String array(List<String> items) {
    return "[" + String.join(",", items) + "]";
  }

  public JsonLine put(String name, long value) {
    name(name).append(value);
    return this;
  }

  public JsonLine put(String name, String value) {
    quote(name(name), value);
    return this;
  }

  /** Puts an object of numbers. */
  public JsonLine put(String name, Map<String, Long> members) {
    JsonLine inner = new JsonLine();
    members.forEach(inner::put);
    return putRaw(name, inner.toString());
  }

  /** Puts what is JSON already. */
  public JsonLine putRaw(String name, String json) {
    name(name).append(json);
    return this;
  }

  private StringBuilder name(String name) {
    text.append(text.length() == 0 ? '{' : ',');
    quote(text, name);
    return text.append(':');
  }

  private static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < FIRST_PLAIN || c == '\u2028' || c == '\u2029') {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          text.append(Character.forDigit(c >> shift & 0xF, 16));
        }
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text.length() == 0 ? "{}" : text + "}";
  }
}

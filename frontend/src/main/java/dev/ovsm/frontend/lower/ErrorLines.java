package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Declared;
import dev.ovsm.ir.Failure;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a program that is built for debugging logs of an error before it ends with it: the line that
 * Anchor's clients read, with the place in the source.
 */
final class ErrorLines {
  private final Map<Long, Told> errors = new LinkedHashMap<>();

  private record Told(String name, String text) {}

  /**
   * @param declared the program's own errors
   */
  ErrorLines(List<Declared.Failing> declared) {
    for (Failure failure : Failure.values()) {
      errors.put((long) failure.code(), new Told(name(failure), failure.text()));
    }
    declared.forEach(one -> errors.put(one.code(), new Told(one.name(), one.text())));
  }

  /** {@code OUT_OF_BOUNDS} is {@code OutOfBounds}. */
  private static String name(Failure failure) {
    StringBuilder name = new StringBuilder();
    boolean starts = true;
    for (char letter : failure.name().toCharArray()) {
      if (letter != '_') {
        name.append(starts ? letter : Character.toLowerCase(letter));
      }
      starts = letter == '_';
    }
    return name.toString();
  }

  /** The bytes of the line for an error with this number that is raised at this place. */
  byte[] line(long number, Span place) {
    Told error = errors.getOrDefault(number, new Told("Custom", ""));
    String text = error.text().isEmpty() ? error.name() : error.text();
    String line =
        String.format(
            Locale.ROOT,
            "AnchorError thrown in %s:%d. Error Code: %s. Error Number: %s. Error Message: %s.",
            place.source().name(),
            place.line(),
            error.name(),
            Long.toUnsignedString(number),
            text);
    return line.getBytes(StandardCharsets.UTF_8);
  }
}

package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * One thing found of one entry.
 *
 * @param entry the entry's name
 * @param figure what was proved, in numbers, or as much as is known
 * @param diagnostic where and why; null if the property is safe or guarded and nothing is to be
 *     said, or if another finding of the entry says it
 */
public record Finding(
    String entry,
    Property property,
    Verdict verdict,
    String figure,
    @Nullable Diagnostic diagnostic) {
  static Finding safe(String entry, Property property, String figure) {
    return new Finding(entry, property, Verdict.SAFE, figure, null);
  }

  static Finding guarded(String entry, Property property, String figure) {
    return new Finding(entry, property, Verdict.GUARDED, figure, null);
  }

  static Finding unsafe(String entry, Property property, String figure, Diagnostic why) {
    return new Finding(entry, property, Verdict.UNSAFE, figure, why);
  }

  static Finding unknown(String entry, Property property, String figure, Diagnostic why) {
    return new Finding(entry, property, Verdict.UNKNOWN, figure, why);
  }
}

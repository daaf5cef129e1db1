package dev.ovsm.diag;

import java.util.Locale;
import java.util.Optional;

/** Finds the word that the user may have meant; ties go to the candidate that comes first. */
public final class Spelling {
  private static final int LONGEST = 64;
  private static final int SHORT = 5;
  private static final int MIDDLING = 8;

  private Spelling() {}

  /**
   * The candidate fewest slips away from {@code word}, if it is at most two away, in a word of five
   * letters or fewer one, in a long one that begins alike three; none is near a single letter. A
   * slip is one letter too many, too few, wrong, or two swapped.
   */
  public static Optional<String> nearest(String word, Iterable<String> candidates) {
    String best = null;
    int length = word.length();
    int allowed = length < 2 ? 0 : length <= SHORT ? 1 : 2;
    if (length <= LONGEST) {
      for (String candidate : candidates) {
        // What begins alike may end in one slip more: an entry, entries.
        boolean isBeginning = length == SHORT && candidate.startsWith(word);
        boolean isLong = length > MIDDLING && beginAlike(word, candidate);
        int more = best == null && (isBeginning || isLong) ? 1 : 0;
        int slips = slips(word, candidate, allowed + more);
        if (slips <= allowed + more && !candidate.equals(word)) {
          best = candidate;
          allowed = Math.min(allowed, slips - 1);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * The report with the nearest candidate as its way out and its fix, before the help that it has;
   * the report itself if none is near.
   *
   * @param span where the word stands, perhaps with signs around it
   */
  public static Diagnostic corrected(
      Diagnostic report, Span span, String word, Iterable<String> candidates) {
    return nearest(word, candidates)
        .map(
            near -> {
              String rest = report.help();
              String more =
                  rest == null
                      ? ""
                      : " " + rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1);
              Diagnostic helped = report.withHelp("did you mean " + near + "?" + more);
              String written = span.text();
              return written.contains(word)
                  ? helped.withFix(new Fix("use " + near, span, written.replace(word, near)))
                  : helped;
            })
        .orElse(report);
  }

  /** Whether the first two thirds of a word begin a candidate too. */
  private static boolean beginAlike(String word, String candidate) {
    int common = word.length() * 2 / 3;
    return candidate.regionMatches(0, word, 0, common);
  }

  /** The optimal string alignment distance, or more than {@code most} if it is more than that. */
  private static int slips(String a, String b, int most) {
    if (Math.abs(a.length() - b.length()) > most) {
      return most + 1;
    }
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    int leastBefore = 0;
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      int least = i;
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int slips = Math.min(previous[j - 1] + wrong, Math.min(previous[j], current[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          slips = Math.min(slips, beforePrevious[j - 2] + 1);
        }
        current[j] = slips;
        least = Math.min(least, slips);
      }
      // What follows builds on these two rows, and never gets less than they have.
      if (least > most && leastBefore > most) {
        return most + 1;
      }
      leastBefore = least;
      int[] spare = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}

package dev.ovsm.frontend.resolve;

import java.util.Optional;

/** Finds the name that was probably meant: the nearest within two slips of the hand. */
public final class Spelling {
  private static final int FARTHEST = 2;
  private static final int LONGEST = 64;

  private Spelling() {}

  /** The nearest of {@code known} to {@code name}, the first of equals; empty if none is near. */
  public static Optional<String> nearest(String name, Iterable<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    String best = null;
    int least = Math.min(FARTHEST, Math.max(1, name.length() / 2)) + 1;
    for (String candidate : known) {
      if (Math.abs(candidate.length() - name.length()) < least && !candidate.equals(name)) {
        int distance = distance(name, candidate);
        if (distance < least) {
          least = distance;
          best = candidate;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** The least number of insertions, deletions, substitutions and swaps of neighbours. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int substitution = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(substitution, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}

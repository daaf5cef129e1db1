package dev.ovsm.diag;

import java.util.ArrayList;
import java.util.List;

/** Collects the diagnostics of one or more phases, in the order they were found; never throws. */
public final class Diagnostics {
  private static final int MOST = 1_000;
  private static final int MOST_ADVISED = 100;
  private final List<Diagnostic> found = new ArrayList<>();
  private int dropped;
  private int advised;

  /** Adds a diagnostic; past {@value #MOST} further ones are only counted. */
  public void add(Diagnostic diagnostic) {
    if (found.size() < MOST) {
      found.add(diagnostic);
    } else {
      dropped++;
    }
  }

  public void addAll(Iterable<Diagnostic> diagnostics) {
    diagnostics.forEach(this::add);
  }

  /**
   * Whether to look for what may have been meant by one more unknown word, which takes long where
   * there is much; past {@value #MOST_ADVISED} words it is not worth the time.
   */
  public boolean advises() {
    return ++advised <= MOST_ADVISED;
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(d -> d.severity() == Severity.ERROR);
  }

  /** How many were found beyond those listed. */
  public int dropped() {
    return dropped;
  }

  public List<Diagnostic> list() {
    return List.copyOf(found);
  }
}

package dev.ovsm.diag;

import java.util.ArrayList;
import java.util.List;

/** Collects the diagnostics of one or more phases, in the order they were found; never throws. */
public final class Diagnostics {
  private static final int MOST = 1_000;
  private final List<Diagnostic> found = new ArrayList<>();
  private int dropped;

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

package dev.ovsm.cli.chronicle;

import dev.ovsm.runtime.autonomous.FateRecord;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;

/** The last steps of a run, one by one; older ones are only counted. */
final class Window {
  static final int MOST = 20_000;

  private final Deque<FateRecord> steps = new ArrayDeque<>();
  private long all;

  void add(FateRecord step) {
    all++;
    if (steps.size() == MOST) {
      steps.removeFirst();
    }
    steps.addLast(step);
  }

  /** The steps that are kept, oldest first. */
  Collection<FateRecord> steps() {
    return Collections.unmodifiableCollection(steps);
  }

  /** How many older ones are not. */
  long forgotten() {
    return all - steps.size();
  }
}

package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a program smaller while it keeps a property: by choices left out, or the simplest. */
final class Shrinker {
  private static final int TRIES = 3_000;

  private final Predicate<Drawn> property;
  private Drawn best;
  private int tries;

  private Shrinker(Drawn program, Predicate<Drawn> property) {
    this.best = program;
    this.property = property;
  }

  /**
   * The smallest program that was found to have the property that this one has. What one choice
   * does depends on those before it, so that it is begun anew as long as that makes it smaller.
   */
  static Drawn smallest(Drawn program, Predicate<Drawn> property) {
    Shrinker shrinker = new Shrinker(program, property);
    int before;
    do {
      before = shrinker.best.text().length();
      for (int length = shrinker.best.choices().size() / 2; length > 0; length /= 2) {
        shrinker.shrink(length);
      }
    } while (shrinker.best.text().length() < before && shrinker.tries < TRIES);
    return shrinker.best;
  }

  /** Tries to do without each stretch of choices of a length, or with the simplest there. */
  private void shrink(int length) {
    int at = 0;
    while (at < best.choices().size() && tries < TRIES) {
      List<Integer> choices = best.choices();
      int end = Math.min(at + length, choices.size());
      List<Integer> without = new ArrayList<>(choices.subList(0, at));
      without.addAll(choices.subList(end, choices.size()));
      List<Integer> simpler = new ArrayList<>(choices);
      simpler.subList(at, end).replaceAll(choice -> 0);
      List<Integer> shorter = new ArrayList<>(choices);
      shorter.subList(at, end).replaceAll(choice -> choice / 2);
      if (!isTaken(without) && !isTaken(simpler) && !isTaken(shorter)) {
        at += length;
      }
    }
  }

  private boolean isTaken(List<Integer> choices) {
    if (choices.equals(best.choices())) {
      return false;
    }
    tries++;
    Drawn candidate = Drawn.of(choices);
    if (candidate.text().length() >= best.text().length() || !property.test(candidate)) {
      return false;
    }
    best = candidate;
    return true;
  }
}

package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The choices that a program is made of: drawn from a seed, or given, with 0 for what is missing;
 * wherever it matters, 0 is the simplest choice, so that a shorter list makes a smaller program.
 */
final class Draws {
  private final @Nullable SplittableRandom random;
  private final List<Integer> given;
  private final List<Integer> made = new ArrayList<>();

  private Draws(@Nullable SplittableRandom random, List<Integer> given) {
    this.random = random;
    this.given = given;
  }

  static Draws of(long seed) {
    return new Draws(new SplittableRandom(seed), List.of());
  }

  static Draws of(List<Integer> given) {
    return new Draws(null, given);
  }

  /** All choices so far. */
  List<Integer> made() {
    return List.copyOf(made);
  }

  /** A number from 0 on that is less than a limit. */
  int below(int limit) {
    int choice;
    if (random != null) {
      choice = random.nextInt(limit);
    } else {
      choice = made.size() < given.size() ? Math.floorMod(given.get(made.size()), limit) : 0;
    }
    made.add(choice);
    return choice;
  }

  /** True so many times of a hundred. */
  boolean chance(int percent) {
    return below(100) >= 100 - percent;
  }

  /** An element; the first is the simplest. */
  <T> T of(T[] all) {
    return all[below(all.length)];
  }

  /** An element; the first is the simplest. */
  <T> T from(List<T> all) {
    return all.get(below(all.size()));
  }

  /** So many random bits. */
  long bits(int count) {
    long bits = 0;
    for (int done = 0; done < count; done += 16) {
      bits = bits << 16 | below(1 << Math.min(16, count - done));
    }
    return bits;
  }
}

package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What callers need to know of how a function handles resources.
 *
 * @param taken what becomes of the resources that arguments lead to: bit {@code 5·before + after}
 *     for each two phases
 * @param wrongs what goes wrong with those in some phase
 * @param result the phases of a record that it returns, as a set; 0 if it returns none
 * @param left where it begins what may still be open when it returns
 * @param goesOn whether it may go on in another entry
 */
record Conduct(
    Map<Taken, Long> taken, List<Wrong> wrongs, int result, List<Left> left, boolean goesOn) {
  static final Conduct NOTHING = new Conduct(Map.of(), List.of(), 0, List.of(), false);

  Conduct {
    taken = Map.copyOf(taken);
    wrongs = List.copyOf(wrongs);
    left = List.copyOf(left);
  }

  /** A resource that lies at a distance from an argument. */
  record Taken(Resource resource, int argument, long distance) {}

  /** Something that goes wrong with an argument's resource that comes in a phase. */
  record Wrong(Taken taken, Phase before, Misuse misuse, Place place) {}

  /**
   * Something that may be open still.
   *
   * @param results what the function returns then
   * @param seconds what it returns besides
   */
  record Left(Resource resource, Place begun, Word results, Word seconds) {}

  /** The pair of phases as a bit. */
  static long pair(Phase before, Phase after) {
    return 1L << (before.index() * Phase.COUNT + after.index());
  }

  /** The phases after one before, as a set. */
  static int after(long pairs, Phase before) {
    return (int) (pairs >> (before.index() * Phase.COUNT)) & ((1 << Phase.COUNT) - 1);
  }

  /** What is wrong with a resource that comes in a phase, or null. */
  @Nullable Wrong wrong(Taken resource, Phase before) {
    for (Wrong wrong : wrongs) {
      if (wrong.before == before && wrong.taken.equals(resource)) {
        return wrong;
      }
    }
    return null;
  }
}

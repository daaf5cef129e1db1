package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Place;
import java.util.List;
import java.util.Optional;

/**
 * A way on which a resource is not handled as it must be.
 *
 * @param misuse what is wrong, empty if a resource could not be followed
 * @param resource what it is wrong with
 * @param place where
 * @param way where control goes before it gets there: where the resource begins, and the branches
 *     that are taken
 * @param isCertain whether control can go there, as far as comparisons along the way tell
 */
public record Misstep(
    Optional<Misuse> misuse,
    Resource resource,
    Place place,
    String function,
    List<Place> way,
    boolean isCertain) {
  public Misstep {
    way = List.copyOf(way);
  }

  /** The same where it is not known whether control can go there. */
  Misstep uncertain() {
    return new Misstep(misuse, resource, place, function, way, false);
  }
}

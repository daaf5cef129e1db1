package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.analysis.Resource.Event;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Place;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a node does to a handle, phase by phase.
 *
 * @param after the phases that may follow each phase, as sets
 * @param wrong what is wrong with it in each phase, or null
 * @param places where that is
 */
record Change(Node node, int[] after, @Nullable Misuse[] wrong, Place[] places) {
  /** An event. */
  static Change of(Node node, Resource resource, Event event) {
    Change change = nothing(node);
    for (Phase phase : Phase.values()) {
      change.after[phase.index()] = resource.after(event, phase);
      change.wrong[phase.index()] = resource.misuse(event, phase);
    }
    return change;
  }

  /** Nothing, until the arrays are filled. */
  static Change nothing(Node node) {
    int[] after = new int[Phase.COUNT];
    for (Phase phase : Phase.values()) {
      after[phase.index()] = phase.only();
    }
    Place[] places = new Place[Phase.COUNT];
    Arrays.fill(places, node.place());
    return new Change(node, after, new @Nullable Misuse[Phase.COUNT], places);
  }

  /** Something that is wrong in a phase, and else changes nothing. */
  static Change wrongIn(Node node, Phase phase, Misuse misuse) {
    Change change = nothing(node);
    change.wrong[phase.index()] = misuse;
    return change;
  }

  /** Something after which the phase is one of a set, whatever it was before. */
  static Change to(Node node, int phases) {
    Change change = nothing(node);
    Arrays.fill(change.after, phases);
    return change;
  }
}

package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Place;
import java.util.List;

/**
 * A way on which a value from a source reaches a sink.
 *
 * @param path places from the source to the sink, both included
 */
public record Flow(Source source, Sink sink, List<Step> path) {
  public Flow {
    path = List.copyOf(path);
  }

  /** One place on the way and what happens there. */
  public record Step(Place place, String text) {}
}

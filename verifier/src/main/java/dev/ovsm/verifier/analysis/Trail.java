package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From where each label first came to each spot, so that its way can be told afterwards. */
final class Trail {
  private static final int LONGEST = 24;

  private final Map<Key, Cause> causes = new HashMap<>();

  /** Notes that {@code source} enters at a spot. */
  void begin(Spot spot, Source source, Place place) {
    causes.putIfAbsent(new Key(spot, source), new Cause(null, place, source.text()));
  }

  /** Notes that labels came from one spot to another; only the first time counts. */
  void extend(Spot to, long labels, Spot from, Place place, String text) {
    for (Source source : Source.values()) {
      if ((labels & source.label()) != 0 && !to.equals(from)) {
        causes.putIfAbsent(new Key(to, source), new Cause(from, place, text));
      }
    }
  }

  /** The way of a label to a spot, from its source. */
  List<Flow.Step> path(Spot spot, Source source) {
    List<Flow.Step> steps = new ArrayList<>();
    Spot at = spot;
    while (at != null && steps.size() < LONGEST) {
      Cause cause = causes.get(new Key(at, source));
      if (cause == null) {
        break;
      }
      boolean repeats = !steps.isEmpty() && steps.get(steps.size() - 1).place().equals(cause.place);
      if (!repeats || cause.from == null) {
        steps.add(new Flow.Step(cause.place, cause.text));
      }
      at = cause.from;
    }
    Collections.reverse(steps);
    return steps;
  }

  /** A place where labels lie. */
  record Spot(Kind kind, int function, int id) {}

  /** What kind of place. */
  enum Kind {
    VALUE,
    DECISION,
    ENTRY,
    PARAMETER,
    RESULT,
    SECOND,
    ENDING,
    MEMORY
  }

  private record Key(Spot spot, Source source) {}

  private record Cause(@Nullable Spot from, Place place, String text) {}
}

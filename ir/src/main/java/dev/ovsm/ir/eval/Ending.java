package dev.ovsm.ir.eval;

import dev.ovsm.diag.Span;
import java.util.List;

/**
 * How a run ended and where.
 *
 * @param places what the last instruction stands for in the source, then the calls around it,
 *     innermost first
 */
public record Ending(Result result, List<Span> places) {
  public Ending {
    places = List.copyOf(places);
  }
}

package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What functions return. */
interface Results {
  /** A set that includes every result of a function called with such arguments. */
  Word of(int function, List<Word> arguments);

  /** A set that includes every second result of a function. */
  Word second(int function);

  /** A set that includes all that a function leaves at a place. */
  Word left(int function, Op.Left place);

  /** What a function's result, or what it leaves at a place, is no less than; null if none. */
  @Nullable Rise rise(int function, Op.@Nullable Left place);

  /** How a function's result lies to one of its arguments, if it always does; else null. */
  @Nullable Relative relative(int function);

  /** The same where only calls count whose second result is 0. */
  @Nullable Relative relativeBesideZero(int function);

  /**
   * No less than an argument, more by so much unless it is the greatest word, unsigned.
   *
   * @param by not negative
   */
  record Rise(int argument, long by) {}

  /** A result that lies at a distance from an argument. */
  record Relative(int argument, Step distance) {}
}

package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What functions return. */
interface Results {
  /** A set that includes every result of a function called with such arguments. */
  Word of(int function, List<Word> arguments);

  /** A set that includes every second result of a function. */
  Word second(int function);

  /** How a function's result lies to one of its arguments, if it always does; else null. */
  @Nullable Relative relative(int function);

  /** A result that lies at a distance from an argument. */
  record Relative(int argument, Step distance) {}
}

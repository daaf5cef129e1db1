package dev.ovsm.tests.drawn;

import java.util.List;

/**
 * A function that can be called by its name.
 *
 * @param kinds of the parameters that every call gives
 * @param optional what there may be beside them
 */
record Callable(
    String name, List<Kind> kinds, Extra optional, Kind result, boolean local, Body body) {

  /** What a function does with its arguments on a machine. */
  interface Body {
    Object in(Machine machine, List<Object> arguments);
  }

  /** How a call can go on behind the arguments that it has to give. */
  enum Extra {
    NONE,
    /** One more, or its default. */
    OPTIONAL,
    /** Any number of {@code u64}. */
    REST,
    /** One more behind its name, or its default. */
    KEY
  }
}

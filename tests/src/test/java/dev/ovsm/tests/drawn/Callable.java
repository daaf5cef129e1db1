package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.List;

/**
 * A function that can be called by its name.
 *
 * @param kinds of the parameters that every call gives
 * @param extra what there may be beside them
 */
record Callable(String name, List<Kind> kinds, Extra extra, Kind result, boolean local, Body body) {

  /** What a function does with its arguments on a machine. */
  interface Body {
    Object in(Machine machine, List<Object> arguments);
  }

  /**
   * How a call can go on behind the arguments that it has to give: with one more, with any number
   * of {@code u64}, with one behind its name.
   */
  enum Extra {
    NONE(Construct.CALL, false, false, false),
    OPTIONAL(Construct.OPTIONAL, true, false, false),
    REST(Construct.REST, false, true, false),
    KEY(Construct.KEY, false, false, true),
    OPTIONAL_REST(Construct.OPTIONAL_REST, true, true, false),
    OPTIONAL_KEY(Construct.OPTIONAL_KEY, true, false, true),
    REST_KEY(Construct.REST_KEY, false, true, true),
    OPTIONAL_REST_KEY(Construct.OPTIONAL_REST_KEY, true, true, true);

    private final Construct construct;
    private final boolean optional;
    private final boolean rest;
    private final boolean key;

    Extra(Construct construct, boolean optional, boolean rest, boolean key) {
      this.construct = construct;
      this.optional = optional;
      this.rest = rest;
      this.key = key;
    }

    Construct construct() {
      return construct;
    }

    boolean optional() {
      return optional;
    }

    boolean rest() {
      return rest;
    }

    boolean key() {
      return key;
    }

    /** Of what there can be of each sort, what there is. */
    <T> List<T> of(T anOptional, T theRest, T aKey) {
      List<T> all = new ArrayList<>();
      if (optional) {
        all.add(anOptional);
      }
      if (rest) {
        all.add(theRest);
      }
      if (key) {
        all.add(aKey);
      }
      return all;
    }

    /**
     * Arguments by the parameters that they are for: {@link Place#NULL} for what is left out, a
     * list for the rest.
     *
     * @param named which stands behind its name; negative for none
     */
    List<Object> arranged(List<Object> given, int named) {
      List<Object> unnamed = new ArrayList<>(given);
      Object behindName = named < 0 ? Place.NULL : unnamed.remove(named);
      boolean isThere = optional && !unnamed.isEmpty();
      return of(
          isThere ? unnamed.get(0) : Place.NULL,
          unnamed.subList(isThere ? 1 : 0, unnamed.size()),
          behindName);
    }
  }
}

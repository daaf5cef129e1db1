package dev.ovsm.frontend.ast;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operation of the language that is neither a special form nor written in OVSM; each family is
 * an enum that carries its names and how many arguments it takes.
 */
public sealed interface Builtin permits Operator, Conversion, MemoryOperation, Operation {
  /** The names in source text; the first is the one that messages use. */
  List<String> names();

  /** The fewest arguments. */
  int fewest();

  /** The most arguments, or {@link Integer#MAX_VALUE}. */
  int most();

  /** The operation called {@code name}. */
  static Optional<Builtin> of(String name) {
    return Optional.ofNullable(Table.BY_NAME.get(name));
  }

  /** Every name, in the order of the families. */
  static Iterable<String> allNames() {
    return Table.BY_NAME.keySet();
  }

  /** The index of all families; built once, never changed. */
  final class Table {
    private static final Map<String, Builtin> BY_NAME = index();

    private Table() {}

    private static Map<String, Builtin> index() {
      Map<String, Builtin> all = new LinkedHashMap<>();
      for (Builtin[] family :
          List.of(
              Operator.values(),
              Conversion.values(),
              MemoryOperation.values(),
              Operation.values())) {
        for (Builtin builtin : family) {
          for (String name : builtin.names()) {
            all.put(name, builtin);
          }
        }
      }
      return Collections.unmodifiableMap(all);
    }
  }
}

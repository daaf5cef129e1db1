package dev.ovsm.frontend.type;

import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime gives a callback of some registration.
 *
 * @param types the values of its payload in order
 * @param event the event whose fields it gets as one record, or null
 */
record Given(EntryInfo.Payload payload, List<Type> types, @Nullable String event) {
  static final Given NOTHING = new Given(EntryInfo.Payload.NONE, List.of(), null);

  /** Of a watched account: old and new value, count of changes, whether the predicate holds. */
  static final Given CHANGE =
      new Given(
          EntryInfo.Payload.CHANGE, List.of(Type.U64, Type.U64, Type.U32, Type.Basic.BOOL), null);

  static Given event(String name) {
    return new Given(EntryInfo.Payload.EVENT, List.of(), name);
  }
}

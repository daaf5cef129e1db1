package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A map that a program declares: of values by keys, or a sequence of values. */
record DeclaredMap(String name, int id, Type type, int most, Kind key, Kind value) {
  enum Type {
    HASH(true, false),
    LRU_HASH(true, true),
    PERCPU_HASH(true, false),
    QUEUE(false, false),
    STACK(false, false),
    ARRAY(true, false),
    PERCPU_ARRAY(true, false),
    LPM_TRIE(true, false);

    private final boolean keyed;
    private final boolean evicts;

    Type(boolean keyed, boolean evicts) {
      this.keyed = keyed;
      this.evicts = evicts;
    }

    boolean isKeyed() {
      return keyed;
    }

    boolean isArray() {
      return this == ARRAY || this == PERCPU_ARRAY;
    }
  }

  String text() {
    String keyText = isPrefixes() ? "Prefix" : type.isArray() ? "u32" : key.text();
    return "(define-map %s :type %s :max-entries %d%s :value %s)"
        .formatted(name, type, most, type.isKeyed() ? " :key " + keyText : "", value.text());
  }

  boolean isPrefixes() {
    return type == Type.LPM_TRIE;
  }

  Contents in(Machine machine) {
    return machine.contents(
        id, () -> type.isArray() ? Contents.filled(most, value) : new Contents(type.evicts, most));
  }

  /** What a key is compared by: of one that lies in memory its bytes. */
  Object identity(Object found) {
    return found instanceof Place
        ? HexFormat.of().formatHex(new Borsh().put(key, found).bytes())
        : found;
  }

  /** The value that a key finds. */
  @Nullable Object found(Machine machine, Object at) {
    return isPrefixes() ? in(machine).longest((BigInteger) at) : in(machine).lookup(identity(at));
  }

  int update(Machine machine, Object at, Object what, int flag) {
    return in(machine).update(identity(at), at, what, flag);
  }

  /** A value as it is logged, or that there is none. */
  String shown(@Nullable Object found) {
    return found == null ? "null" : Shown.of(value, found);
  }

  String shownKey(Object found) {
    return isPrefixes()
        ? Contents.shown((BigInteger) found)
        : type.isArray() ? found.toString() : Shown.of(key, found);
  }

  /** What there is to count of a use beside what it does. */
  Construct construct(Construct plain) {
    if (type.isKeyed() && !type.isArray() && !isPrefixes() && key.isPlace()) {
      return key == Kind.Key.PUBKEY ? Construct.MAP_PUBKEY : Construct.MAP_STRUCT_KEY;
    }
    return value.isPlace() ? Construct.MAP_STRUCT : plain;
  }
}

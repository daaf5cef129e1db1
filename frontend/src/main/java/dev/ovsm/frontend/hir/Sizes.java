package dev.ovsm.frontend.hir;

import dev.ovsm.frontend.hir.Type.Basic;

/** How many bytes values take where they lie in memory: packed, without padding. */
public final class Sizes {
  /** A length beyond any memory, for types that have none of their own. */
  public static final int UNSIZED = 1 << 28;

  private Sizes() {}

  /** The bytes of a stored value; {@link #UNSIZED} or more if the type cannot be stored. */
  public static int of(Type type) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Int number) {
      return number.bits() / 8;
    }
    if (known instanceof Basic basic) {
      return switch (basic) {
        case BOOL -> 1;
        case F64, CODE, ID -> 8;
        case DECIMAL, STRING, BYTES -> 16;
        case PUBKEY -> 32;
        case UNIT, NEVER, BROKEN -> 0;
      };
    }
    if (known instanceof Type.Option option) {
      return capped(1L + of(option.of()));
    }
    if (known instanceof Type.Array array) {
      return capped((long) array.length() * of(array.of()));
    }
    if (known instanceof Type.Vec vec) {
      return capped(Type.Vec.HEADER + (long) vec.most() * of(vec.of()));
    }
    if (known instanceof Type.Struct struct) {
      return struct.layout().bytes();
    }
    if (known instanceof Type.Fields fields) {
      long sum = 0;
      for (Type.Field field : fields.fields()) {
        sum += of(field.type());
      }
      return capped(sum);
    }
    boolean isNumber = known instanceof Type.Choice choice && choice.parts().size() == 1;
    return isNumber || known instanceof Type.Var ? 8 : UNSIZED;
  }

  private static int capped(long bytes) {
    return (int) Math.min(bytes, UNSIZED);
  }
}

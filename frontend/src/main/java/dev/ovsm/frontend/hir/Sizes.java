package dev.ovsm.frontend.hir;

import dev.ovsm.frontend.hir.Type.Basic;
import java.util.List;

/** How many bytes values take where they lie in memory: packed, without padding. */
public final class Sizes {
  /** A length beyond any memory, for types that have none of their own. */
  public static final int UNSIZED = 1 << 28;

  private static final int WORD = 8;

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
    if (known instanceof Type.Closure || known instanceof Type.Choice) {
      return words(known);
    }
    return known instanceof Type.Var ? WORD : UNSIZED;
  }

  /** The bytes of a value as it travels: of what lies in memory its address. */
  private static int words(Type type) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Closure closure) {
      return sum(closure.captures());
    } else if (known instanceof Type.Choice choice) {
      return sum(choice.parts());
    } else if (known instanceof Type.Fields record) {
      return sum(record.fields().stream().map(Type.Field::type).toList());
    } else if (known instanceof Type.Option option) {
      return isPlace(Type.resolved(option.of())) ? WORD : 1 + words(option.of());
    }
    return isPlace(known) ? WORD : of(known);
  }

  private static int sum(List<Type> types) {
    return types.stream().mapToInt(Sizes::words).sum();
  }

  /** Whether values of a type are addresses of what lies in memory. */
  static boolean isPlace(Type type) {
    return type == Basic.PUBKEY
        || type instanceof Type.Struct
        || type instanceof Type.Array
        || type instanceof Type.Vec
        || type instanceof Type.Account;
  }

  /**
   * Whether what lies in memory as a value of a type has functions in it that capture addresses:
   * such a value ends with what they capture.
   */
  public static boolean keepsAddresses(Type type) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Array array) {
      return keepsAddresses(array.of()) || capturesPlace(array.of());
    } else if (known instanceof Type.Vec vec) {
      return keepsAddresses(vec.of()) || capturesPlace(vec.of());
    } else if (known instanceof Type.Fields record) {
      return record.fields().stream().anyMatch(field -> keepsAddresses(field.type()));
    }
    return known instanceof Type.Option option && keepsAddresses(option.of());
  }

  private static boolean capturesPlace(Type type) {
    Type known = Type.resolved(type);
    List<Type> parts =
        known instanceof Type.Closure closure
            ? closure.captures()
            : known instanceof Type.Choice choice ? choice.parts() : List.of();
    return parts.stream().anyMatch(Sizes::hasPlace);
  }

  private static boolean hasPlace(Type type) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Fields record) {
      return record.fields().stream().anyMatch(field -> hasPlace(field.type()));
    } else if (known instanceof Type.Option option) {
      return hasPlace(option.of());
    }
    return isPlace(known) || capturesPlace(known);
  }

  private static int capped(long bytes) {
    return (int) Math.min(bytes, UNSIZED);
  }
}

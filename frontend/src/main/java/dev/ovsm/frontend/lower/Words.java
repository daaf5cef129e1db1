package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.ArrayList;
import java.util.List;

/** The IR values that a value of the language consists of, in order. */
final class Words {
  private Words() {}

  static List<dev.ovsm.ir.Type> of(Type type) {
    List<dev.ovsm.ir.Type> words = new ArrayList<>();
    add(Type.resolved(type), words);
    return words;
  }

  private static void add(Type type, List<dev.ovsm.ir.Type> words) {
    if (type instanceof Type.Int number) {
      number(number, words);
    } else if (type instanceof Basic basic) {
      switch (basic) {
        case BOOL -> words.add(dev.ovsm.ir.Type.BOOL);
        case F64, CODE, ID -> words.add(dev.ovsm.ir.Type.U64);
        case PUBKEY -> words.add(dev.ovsm.ir.Type.PTR);
        case DECIMAL -> number(Type.I128, words);
        case STRING, BYTES -> {
          words.add(dev.ovsm.ir.Type.PTR);
          words.add(dev.ovsm.ir.Type.U64);
        }
        case UNIT, NEVER, BROKEN -> {}
      }
    } else if (type instanceof Type.Option option) {
      Type of = Type.resolved(option.of());
      if (!isAddress(of)) {
        words.add(dev.ovsm.ir.Type.BOOL);
      }
      add(of, words);
    } else if (type instanceof Type.Fields fields) {
      fields.fields().forEach(field -> add(Type.resolved(field.type()), words));
    } else if (type instanceof Type.Closure closure) {
      closure.captures().forEach(capture -> add(Type.resolved(capture), words));
    } else if (type instanceof Type.Choice choice) {
      choice.parts().forEach(part -> add(Type.resolved(part), words));
    } else if (isAddress(type)) {
      words.add(dev.ovsm.ir.Type.PTR);
    }
  }

  private static void number(Type.Int number, List<dev.ovsm.ir.Type> words) {
    if (number.bits() == 128) {
      words.add(dev.ovsm.ir.Type.U64);
      words.add(number.signed() ? dev.ovsm.ir.Type.I64 : dev.ovsm.ir.Type.U64);
    } else {
      words.add(scalar(number));
    }
  }

  /** The IR type of a number of at most 64 bits. */
  static dev.ovsm.ir.Type scalar(Type.Int number) {
    boolean signed = number.signed();
    return switch (number.bits()) {
      case 8 -> signed ? dev.ovsm.ir.Type.I8 : dev.ovsm.ir.Type.U8;
      case 16 -> signed ? dev.ovsm.ir.Type.I16 : dev.ovsm.ir.Type.U16;
      case 32 -> signed ? dev.ovsm.ir.Type.I32 : dev.ovsm.ir.Type.U32;
      default -> signed ? dev.ovsm.ir.Type.I64 : dev.ovsm.ir.Type.U64;
    };
  }

  /** Whether values of the type are addresses; then an absent option of it is the address 0. */
  static boolean isAddress(Type type) {
    return type == Basic.PUBKEY
        || type instanceof Type.Struct
        || type instanceof Type.Array
        || type instanceof Type.Vec
        || type instanceof Type.Account;
  }
}

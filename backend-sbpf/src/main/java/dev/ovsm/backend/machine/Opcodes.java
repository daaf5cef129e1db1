package dev.ovsm.backend.machine;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Operation;
import java.util.EnumMap;
import java.util.Map;

/** Finds opcodes by what they do, from the opcode table. */
public final class Opcodes {
  private static final Map<Family, Map<Operation, Opcode>> REGISTER = new EnumMap<>(Family.class);
  private static final Map<Family, Map<Operation, Opcode>> IMMEDIATE = new EnumMap<>(Family.class);

  static {
    for (Opcode op : Opcode.values()) {
      (op.usesRegister() ? REGISTER : IMMEDIATE)
          .computeIfAbsent(op.family(), f -> new EnumMap<>(Operation.class))
          .put(op.operation(), op);
    }
  }

  private Opcodes() {}

  /** The opcode of a family for an operation, with a register or an immediate operand. */
  public static Opcode of(Family family, Operation operation, boolean register) {
    Map<Operation, Opcode> table = (register ? REGISTER : IMMEDIATE).getOrDefault(family, Map.of());
    Opcode op = table.get(operation);
    if (op == null) {
      throw new IllegalArgumentException(family + " has no " + operation);
    }
    return op;
  }

  public static Opcode load(int bytes) {
    return switch (bytes) {
      case 1 -> Opcode.LDXB;
      case 2 -> Opcode.LDXH;
      case 4 -> Opcode.LDXW;
      default -> Opcode.LDXDW;
    };
  }

  public static Opcode store(int bytes) {
    return switch (bytes) {
      case 1 -> Opcode.STXB;
      case 2 -> Opcode.STXH;
      case 4 -> Opcode.STXW;
      default -> Opcode.STXDW;
    };
  }

  public static Opcode storeImmediate(int bytes) {
    return switch (bytes) {
      case 1 -> Opcode.STB;
      case 2 -> Opcode.STH;
      case 4 -> Opcode.STW;
      default -> Opcode.STDW;
    };
  }

  /** Whether some conditional jump is taken exactly when this one is not. */
  public static boolean hasOpposite(Opcode jump) {
    return jump.operation() != Operation.JSET;
  }

  /** The conditional jump that is taken exactly when this one is not. */
  public static Opcode opposite(Opcode jump) {
    Operation operation =
        switch (jump.operation()) {
          case JEQ -> Operation.JNE;
          case JNE -> Operation.JEQ;
          case JGT -> Operation.JLE;
          case JLE -> Operation.JGT;
          case JGE -> Operation.JLT;
          case JLT -> Operation.JGE;
          case JSGT -> Operation.JSLE;
          case JSLE -> Operation.JSGT;
          case JSGE -> Operation.JSLT;
          case JSLT -> Operation.JSGE;
          default -> throw new IllegalArgumentException(jump + " has no opposite");
        };
    return of(jump.family(), operation, jump.usesRegister());
  }

  /** Whether a constant is what a 32-bit immediate becomes when sign-extended. */
  public static boolean fits(long constant) {
    return constant == (int) constant;
  }
}

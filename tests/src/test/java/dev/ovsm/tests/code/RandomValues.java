package dev.ovsm.tests.code;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.build.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes up operands and expressions over the variables of a function. */
final class RandomValues {
  /** Every type but addresses. */
  static final List<Type> TYPES =
      Arrays.stream(Type.values()).filter(type -> type != Type.PTR).toList();

  private static final List<Comparison> COMPARISONS = List.of(Comparison.values());

  private final Random random;
  private final FunctionBuilder out;
  private final List<Variable> variables;

  RandomValues(Random random, FunctionBuilder out, List<Variable> variables) {
    this.random = random;
    this.out = out;
    this.variables = variables;
  }

  Type type() {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  Variable any() {
    return variables.get(random.nextInt(variables.size()));
  }

  Value constant(Type type) {
    return out.constant(type, number(type));
  }

  /** A number of a type, often at the edge of it or of another one. */
  long number(Type type) {
    long near = random.nextInt(5) - 2L;
    long raw =
        switch (random.nextInt(6)) {
          case 0, 1 -> near;
          case 2 -> random.nextInt(100);
          case 3 -> type.max() + near;
          case 4 -> (1L << random.nextInt(64)) + near;
          default -> random.nextLong();
        };
    return type.canonical(raw);
  }

  /** A variable's value or a constant, converted if need be. */
  Value operand(Type type) {
    if (random.nextInt(5) == 0) {
      return constant(type);
    }
    for (int tries = 0; tries < 4; tries++) {
      Variable variable = any();
      if (variable.type() == type) {
        return out.read(variable);
      }
    }
    Value value = out.read(any());
    boolean risky = random.nextInt(12) == 0;
    Mode mode = risky ? Mode.CHECK : value.type().fitsIn(type) ? Mode.EXACT : Mode.WRAP;
    return out.convert(type, mode, value);
  }

  Value condition() {
    if (random.nextInt(5) == 0) {
      return operand(Type.BOOL);
    }
    Type type = type();
    Comparison op = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
    Value left = operand(type);
    boolean isNear = type.bits() == 64 && random.nextBoolean();
    return out.compare(op, left, isNear ? beyond(left) : operand(type));
  }

  /** A value of which only a bit beyond the lower 32 is another. */
  private Value beyond(Value value) {
    Value bit = out.constant(value.type(), 1L << (32 + random.nextInt(32)));
    return out.binary(BinaryOp.XOR, Mode.WRAP, value, bit);
  }

  Value expression(Type type) {
    int choice = random.nextInt(10);
    if (choice == 0) {
      return out.select(condition(), operand(type), operand(type));
    }
    if (type == Type.BOOL) {
      return choice < 6 ? condition() : bitwise(type);
    }
    if (choice < 3) {
      return bitwise(type);
    }
    if (choice == 3) {
      BinaryOp shift = random.nextBoolean() ? BinaryOp.SHL : BinaryOp.SHR;
      return out.binary(shift, Mode.WRAP, operand(type), operand(Type.U64));
    }
    if (choice == 4) {
      return divide(type);
    }
    if (choice == 5 && type == Type.U64) {
      return out.binary(BinaryOp.MULHI, Mode.WRAP, operand(type), operand(type));
    }
    BinaryOp op = List.of(BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL).get(random.nextInt(3));
    Mode mode = random.nextInt(5) == 0 ? Mode.CHECK : Mode.WRAP;
    if (mode == Mode.CHECK && random.nextInt(4) != 0) {
      return gentle(op, type);
    }
    return out.binary(op, mode, operand(type), operand(type));
  }

  /** A checked operation that mostly succeeds: its operands are cut to few bits. */
  private Value gentle(BinaryOp op, Type type) {
    Value mask = out.constant(type, 7);
    Value left = out.binary(BinaryOp.AND, Mode.WRAP, operand(type), mask);
    Value right = out.binary(BinaryOp.AND, Mode.WRAP, operand(type), mask);
    if (op == BinaryOp.SUB) {
      left = out.binary(BinaryOp.OR, Mode.WRAP, left, out.constant(type, 8));
    }
    return out.binary(op, random.nextBoolean() ? Mode.CHECK : Mode.EXACT, left, right);
  }

  private Value bitwise(Type type) {
    BinaryOp op = List.of(BinaryOp.AND, BinaryOp.OR, BinaryOp.XOR).get(random.nextInt(3));
    return out.binary(op, Mode.WRAP, operand(type), operand(type));
  }

  /** Gives one of the variables another value. */
  void assign() {
    Variable variable = any();
    out.write(variable, expression(variable.type()));
  }

  /** Rarely by zero. */
  private Value divide(Type type) {
    boolean isPower = random.nextInt(4) == 0;
    Value divisor =
        isPower ? out.constant(type, 1L << random.nextInt(type.bits() - 1)) : operand(type);
    Mode mode = random.nextInt(3) == 0 ? Mode.CHECK : Mode.WRAP;
    if (!isPower && random.nextInt(10) != 0) {
      divisor = out.binary(BinaryOp.OR, Mode.WRAP, divisor, out.constant(type, 1));
      mode = random.nextBoolean() && !type.signed() ? Mode.EXACT : mode;
    }
    BinaryOp op = random.nextBoolean() ? BinaryOp.DIV : BinaryOp.REM;
    return out.binary(op, mode, operand(type), divisor);
  }
}

package dev.ovsm.verifier.certificate;

import dev.ovsm.sbpf.Alu;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Version;

/** What instructions that compute make of ranges. */
final class Arithmetic {
  private static final Interval SIGNED_WORD = new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE);

  private Arithmetic() {}

  /** The value after an instruction of the families ALU32, ALU64, NEG and ENDIAN. */
  static Value result(Version version, Insn insn, Value left, Value right, Roots roots) {
    Opcode op = insn.op();
    Operation operation = op.operation();
    boolean wide = op.width() == 64;
    boolean plain = !left.isFrame() && !right.isFrame();
    boolean narrow = plain && op.width() == 32;
    if (operation == Operation.MOV
        && (wide || (narrow && Interval.SMALL.includes(right.range())))) {
      return right;
    }
    // What stays below 31 bits is the same on 32 and on 64.
    boolean exact = wide || (narrow && Interval.SMALL.includes(left.range()));
    if (exact && !right.isFrame() && right.range().isConstant()) {
      long by = right.range().low();
      boolean adds = operation == Operation.ADD;
      if (adds || (operation == Operation.SUB && by != Long.MIN_VALUE)) {
        Value sum = moved(left, adds ? by : -by, roots);
        if (wide || Interval.SMALL.includes(sum.range())) {
          return sum;
        }
      }
      boolean halves = operation == Operation.RSH ? by > 0 : operation == Operation.DIV && by > 1;
      if (plain && halves && by < 32 && left.range().isNatural()) {
        return roots.half(left, range(version, insn, left.range(), right.range()));
      }
    }
    if (wide && operation == Operation.ADD && left.isFrame() != right.isFrame()) {
      return left.isFrame() ? added(left, right, roots) : added(right, left, roots);
    }
    return plain ? roots.in(range(version, insn, left.range(), right.range())) : roots.any();
  }

  private static Value moved(Value value, long by, Roots roots) {
    if (!value.range().canMove(by)) {
      return value.isFrame() ? new Value(true, Interval.ALL, roots.next(), 0) : roots.any();
    }
    boolean exact =
        by >= 0 ? value.distance() <= Long.MAX_VALUE - by : value.distance() >= Long.MIN_VALUE - by;
    Interval range = value.range().moved(by);
    return exact
        ? new Value(value.isFrame(), range, value.root(), value.distance() + by)
        : new Value(value.isFrame(), range, roots.next(), 0);
  }

  /** An address in the frame at a distance that is not known exactly. */
  private static Value added(Value address, Value by, Roots roots) {
    return new Value(true, sum(address.range(), by.range()), roots.next(), 0);
  }

  private static Interval sum(Interval a, Interval b) {
    boolean fits = a.canMove(b.low()) && a.canMove(b.high());
    return fits ? new Interval(a.low() + b.low(), a.high() + b.high()) : Interval.ALL;
  }

  private static Interval range(Version version, Insn insn, Interval a, Interval b) {
    Opcode op = insn.op();
    boolean unary = op.width() == 0 || op.operation() == Operation.NEG;
    boolean known = a.isConstant() || op.operation() == Operation.MOV;
    if (known && (unary || b.isConstant())) {
      long operand = unary ? insn.imm() : b.low();
      boolean faults = !unary && Alu.fault(op, a.low(), operand) != null;
      return faults ? Interval.ALL : Interval.of(Alu.evaluate(version, op, a.low(), operand));
    }
    if (op.width() == 0) {
      return insn.imm() == 64 ? Interval.ALL : new Interval(0, (1L << insn.imm()) - 1);
    }
    return op.width() == 64 ? wide(op.operation(), a, b) : narrow(op.operation(), a, b);
  }

  private static Interval wide(Operation operation, Interval a, Interval b) {
    boolean natural = a.isNatural() && b.isNatural();
    return switch (operation) {
      case ADD -> sum(a, b);
      case SUB ->
          b.low() == Long.MIN_VALUE ? Interval.ALL : sum(a, new Interval(-b.high(), -b.low()));
      case MUL -> natural ? product(a, b) : Interval.ALL;
      case DIV ->
          natural && b.low() > 0
              ? new Interval(a.low() / b.high(), a.high() / b.low())
              : quotient(a);
      case MOD ->
          b.low() > 0
              ? new Interval(0, natural ? Math.min(a.high(), b.high() - 1) : b.high() - 1)
              : quotient(a);
      case AND -> masked(a, b);
      case OR, XOR -> natural ? new Interval(0, bitsOf(a.high() | b.high())) : Interval.ALL;
      case LSH -> shiftedLeft(a, b);
      case RSH -> shiftedRight(a, b);
      case ARSH ->
          b.isConstant() ? new Interval(a.low() >> b.low(), a.high() >> b.low()) : quotient(a);
      default -> Interval.ALL;
    };
  }

  /** On 32 bits; where nothing leaves 31 bits the result is that on 64. */
  private static Interval narrow(Operation operation, Interval a, Interval b) {
    boolean extends32 =
        operation == Operation.ADD || operation == Operation.SUB || operation == Operation.MUL;
    Interval whole = extends32 ? SIGNED_WORD : Interval.WORD;
    if (operation == Operation.MOV) {
      return Interval.WORD.includes(b) ? b : Interval.WORD;
    }
    boolean shifts =
        operation == Operation.LSH || operation == Operation.RSH || operation == Operation.ARSH;
    if (!Interval.SMALL.includes(a) || !Interval.SMALL.includes(b) || (shifts && b.high() > 31)) {
      return whole;
    }
    Interval wide = wide(operation, a, b);
    return (extends32 ? SIGNED_WORD : Interval.SMALL).includes(wide) ? wide : whole;
  }

  private static Interval product(Interval a, Interval b) {
    boolean fits = Math.multiplyHigh(a.high(), b.high()) == 0 && a.high() * b.high() >= 0;
    return fits ? new Interval(a.low() * b.low(), a.high() * b.high()) : Interval.ALL;
  }

  /** What is left of a natural number that is divided by one, or shifted. */
  private static Interval quotient(Interval a) {
    return a.isNatural() ? new Interval(0, a.high()) : Interval.ALL;
  }

  private static Interval masked(Interval a, Interval b) {
    long first = a.isNatural() ? a.high() : Long.MAX_VALUE;
    long second = b.isNatural() ? b.high() : Long.MAX_VALUE;
    return a.isNatural() || b.isNatural() ? new Interval(0, Math.min(first, second)) : Interval.ALL;
  }

  private static long bitsOf(long high) {
    return high == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(high);
  }

  private static Interval shiftedLeft(Interval a, Interval b) {
    boolean fits =
        a.isNatural() && b.isNatural() && b.high() < 63 && a.high() <= Long.MAX_VALUE >> b.high();
    return fits ? new Interval(a.low() << b.low(), a.high() << b.high()) : Interval.ALL;
  }

  private static Interval shiftedRight(Interval a, Interval b) {
    if (a.isNatural()) {
      boolean plain = b.isNatural() && b.high() < 64;
      return plain ? new Interval(a.low() >> b.high(), a.high() >> b.low()) : quotient(a);
    }
    return b.isConstant() && b.low() > 0 && b.low() < 64
        ? new Interval(0, -1L >>> b.low())
        : Interval.ALL;
  }
}

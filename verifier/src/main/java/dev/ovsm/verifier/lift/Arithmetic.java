package dev.ovsm.verifier.lift;

import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.graph.GraphBuilder;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;

/**
 * Makes nodes of arithmetic instructions and comparisons, by the rules of a version.
 *
 * <p>Pairs of shifts and masks that cut a value become the one operation that they are.
 */
final class Arithmetic {
  private static final int WORD = 32;
  private static final long LOW = 0xFFFF_FFFFL;

  private final Version version;
  private final GraphBuilder builder;
  private Place place = Place.at(Span.none());

  Arithmetic(Version version, GraphBuilder builder) {
    this.version = version;
    this.builder = builder;
  }

  /** The node of an instruction's result; of {@code mov}, {@code dst} is not looked at. */
  int result(Insn insn, int dst, int operand, Place at) {
    place = at;
    return switch (insn.op().family()) {
      case ALU64 -> wide(insn, dst, operand);
      case ALU32 -> narrow(insn, dst, operand);
      case NEG -> {
        int negated = apply(Operator.SUB, builder.constant(0), dst);
        yield insn.op().width() == WORD ? extend(negated, WORD, false) : negated;
      }
      case ENDIAN ->
          insn.op() == Opcode.LE
              ? extend(dst, (int) insn.imm(), false)
              : add(new Op.Swap((int) insn.imm() / 8), dst);
      default -> throw new IllegalArgumentException(insn.op() + " is not arithmetic");
    };
  }

  /** What a conditional jump compares. */
  record Test(Relation relation, int left, int right) {}

  /** What a conditional jump compares when it is taken. */
  Test test(Opcode op, int dst, int operand, Place at) {
    place = at;
    Relation relation =
        switch (op.operation()) {
          case JEQ -> Relation.EQ;
          case JNE, JSET -> Relation.NE;
          case JGT -> Relation.UGT;
          case JGE -> Relation.UGE;
          case JLT -> Relation.ULT;
          case JLE -> Relation.ULE;
          case JSGT -> Relation.SGT;
          case JSGE -> Relation.SGE;
          case JSLT -> Relation.SLT;
          case JSLE -> Relation.SLE;
          default -> throw new IllegalArgumentException(op + " compares nothing");
        };
    boolean signed =
        switch (op.operation()) {
          case JSGT, JSGE, JSLT, JSLE -> true;
          default -> false;
        };
    int left = dst;
    int right = operand;
    if (op.family() == Family.JUMP32) {
      left = extend(left, WORD, signed);
      right = extend(right, WORD, signed);
    }
    return op.operation() == Operation.JSET
        ? new Test(relation, apply(Operator.AND, left, right), builder.constant(0))
        : new Test(relation, left, right);
  }

  private int wide(Insn insn, int a, int b) {
    boolean immediate = !insn.op().usesRegister();
    long imm = insn.imm();
    return switch (insn.op().operation()) {
      case MOV -> b;
      case ADD -> apply(Operator.ADD, a, b);
      case SUB -> {
        boolean swapped = immediate && version.swapSubRegImmOperands();
        yield swapped
            ? apply(Operator.SUB, b, a)
            : immediate
                ? apply(Operator.ADD, a, builder.constant(-imm))
                : apply(Operator.SUB, a, b);
      }
      case MUL, LMUL -> apply(Operator.MUL, a, b);
      case DIV -> apply(Operator.UDIV, a, b);
      case MOD -> apply(Operator.UREM, a, b);
      case UDIV -> apply(Operator.UDIV, a, immediate ? builder.constant(imm & LOW) : b);
      case UREM -> apply(Operator.UREM, a, immediate ? builder.constant(imm & LOW) : b);
      case UHMUL -> apply(Operator.UHMUL, a, immediate ? builder.constant(imm & LOW) : b);
      case SHMUL -> apply(Operator.SHMUL, a, b);
      case SDIV -> apply(Operator.SDIV, a, b);
      case SREM -> apply(Operator.SREM, a, b);
      case OR -> apply(Operator.OR, a, b);
      case AND ->
          immediate && isLowMask(imm)
              ? extend(a, Long.bitCount(imm), false)
              : apply(Operator.AND, a, b);
      case XOR -> apply(Operator.XOR, a, b);
      case LSH -> apply(Operator.SHL, a, b);
      case RSH -> immediate ? back(a, imm, Operator.SHR) : apply(Operator.SHR, a, b);
      case ARSH -> immediate ? back(a, imm, Operator.SAR) : apply(Operator.SAR, a, b);
      case HOR -> apply(Operator.OR, a, builder.constant(imm << WORD));
      default -> throw new IllegalArgumentException(insn.op() + " is not arithmetic");
    };
  }

  private static boolean isLowMask(long mask) {
    return mask > 0 && (mask & (mask + 1)) == 0;
  }

  /** A shift to the right, which after the same shift to the left cuts off high bits. */
  private int back(int a, long amount, Operator operator) {
    Node before = builder.node(a);
    boolean pair =
        amount > 0
            && before.op() instanceof Op.Arithmetic shift
            && shift.operator() == Operator.SHL
            && before.input(1) == builder.constant(amount);
    return pair
        ? extend(before.input(0), 64 - (int) amount, operator == Operator.SAR)
        : apply(operator, a, builder.constant(amount));
  }

  private int narrow(Insn insn, int a, int b) {
    boolean immediate = !insn.op().usesRegister();
    boolean sums = !version.explicitSignExtension();
    return switch (insn.op().operation()) {
      case MOV ->
          immediate
              ? builder.constant(insn.imm() & LOW)
              : extend(b, WORD, version.explicitSignExtension());
      case ADD -> extend(apply(Operator.ADD, a, b), WORD, sums);
      case SUB ->
          extend(
              immediate && version.swapSubRegImmOperands()
                  ? apply(Operator.SUB, b, a)
                  : apply(Operator.SUB, a, b),
              WORD,
              sums);
      case MUL -> extend(apply(Operator.MUL, a, b), WORD, sums);
      case LMUL -> extend(apply(Operator.MUL, a, b), WORD, false);
      case DIV, UDIV -> apply(Operator.UDIV, extend(a, WORD, false), extend(b, WORD, false));
      case MOD, UREM -> apply(Operator.UREM, extend(a, WORD, false), extend(b, WORD, false));
      case SDIV -> low(apply(Operator.SDIV, extend(a, WORD, true), extend(b, WORD, true)));
      case SREM -> low(apply(Operator.SREM, extend(a, WORD, true), extend(b, WORD, true)));
      case OR -> low(apply(Operator.OR, a, b));
      case AND -> low(apply(Operator.AND, a, b));
      case XOR -> low(apply(Operator.XOR, a, b));
      case LSH -> low(apply(Operator.SHL, a, amount(b)));
      case RSH -> apply(Operator.SHR, extend(a, WORD, false), amount(b));
      case ARSH -> low(apply(Operator.SAR, extend(a, WORD, true), amount(b)));
      default -> throw new IllegalArgumentException(insn.op() + " is not arithmetic");
    };
  }

  private int amount(int b) {
    return apply(Operator.AND, b, builder.constant(WORD - 1));
  }

  private int low(int a) {
    return extend(a, WORD, false);
  }

  private int extend(int a, int bits, boolean signed) {
    return bits == 64 ? a : add(new Op.Extend(bits, signed), a);
  }

  private int apply(Operator operator, int a, int b) {
    return add(new Op.Arithmetic(operator), a, b);
  }

  private int add(Op op, int... inputs) {
    return builder.add(op, place, inputs);
  }
}

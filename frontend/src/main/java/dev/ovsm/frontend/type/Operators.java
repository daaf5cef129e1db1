package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Conversion;
import dev.ovsm.frontend.ast.Operator;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types arithmetic, bit operations, comparisons and conversions. */
final class Operators {
  private final Session session;
  private final FunctionTyper typer;
  private final Agreement agreement;

  Operators(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
    this.agreement = typer.agreement();
  }

  Hir apply(Operator operator, Ast.Apply apply) {
    return switch (operator) {
      case ADD -> fold(BinaryOp.ADD, Mode.CHECK, apply);
      case SUB ->
          apply.arguments().size() == 1 ? negate(apply) : fold(BinaryOp.SUB, Mode.CHECK, apply);
      case MUL -> fold(BinaryOp.MUL, Mode.CHECK, apply);
      case DIV -> fold(BinaryOp.DIV, Mode.CHECK, apply);
      case REM -> fold(BinaryOp.REM, Mode.CHECK, apply);
      case WRAPPING_ADD -> fold(BinaryOp.ADD, Mode.WRAP, apply);
      case WRAPPING_SUB -> fold(BinaryOp.SUB, Mode.WRAP, apply);
      case WRAPPING_MUL -> fold(BinaryOp.MUL, Mode.WRAP, apply);
      case WRAPPING_DIV -> fold(BinaryOp.DIV, Mode.WRAP, apply);
      case WRAPPING_NEG -> wrappingNegate(apply);
      case SATURATING_ADD -> saturate(BinaryOp.ADD, apply);
      case SATURATING_SUB -> saturate(BinaryOp.SUB, apply);
      case SATURATING_MUL -> saturate(BinaryOp.MUL, apply);
      case SATURATING_DIV -> saturate(BinaryOp.DIV, apply);
      case SATURATING_NEG -> saturatingNegate(apply);
      case MUL_HIGH -> fold(BinaryOp.MULHI, Mode.WRAP, apply);
      case BIT_AND -> fold(BinaryOp.AND, Mode.WRAP, apply);
      case BIT_OR -> fold(BinaryOp.OR, Mode.WRAP, apply);
      case BIT_XOR -> fold(BinaryOp.XOR, Mode.WRAP, apply);
      case BIT_NOT -> complement(apply);
      case SHIFT_LEFT -> shift(BinaryOp.SHL, apply);
      case SHIFT_RIGHT -> shift(BinaryOp.SHR, apply);
      case EQ -> compare(Comparison.EQ, apply);
      case NE -> compare(Comparison.NE, apply);
      case LT -> compare(Comparison.LT, apply);
      case LE -> compare(Comparison.LE, apply);
      case GT -> compare(Comparison.GT, apply);
      case GE -> compare(Comparison.GE, apply);
      case NOT -> FunctionTyper.not(typer.condition(apply.arguments().get(0)), apply.span());
    };
  }

  private Hir broken(Ast.Apply apply) {
    return agreement.broken(apply.span());
  }

  /** The operands as numbers, or nothing if one is none. */
  private Optional<List<Hir>> numbers(Ast.Apply apply) {
    return numbers(apply.arguments().stream().map(typer::value).toList());
  }

  private Optional<List<Hir>> numbers(List<Hir> values) {
    List<Hir> numbers = new ArrayList<>();
    boolean good = true;
    for (Hir value : values) {
      Optional<Hir> number = agreement.number(value);
      number.ifPresent(numbers::add);
      good &= number.isPresent();
    }
    return good ? Optional.of(numbers) : Optional.empty();
  }

  private Hir fold(BinaryOp op, Mode mode, Ast.Apply apply) {
    List<Hir> values = apply.arguments().stream().map(typer::value).toList();
    boolean isText =
        op == BinaryOp.ADD
            && mode == Mode.CHECK
            && values.stream().anyMatch(value -> Type.resolved(value.type()) == Basic.STRING);
    if (isText) {
      return new Texts(session, typer).sum(values, apply.span());
    }
    Optional<List<Hir>> operands = numbers(values);
    if (operands.isEmpty()) {
      return broken(apply);
    }
    if (!op.hasMode() || op == BinaryOp.REM || mode == Mode.WRAP) {
      wantWhole(operands.get());
    }
    Hir result = operands.get().get(0);
    for (Hir next : operands.get().subList(1, operands.get().size())) {
      if (agreement.same(result, next, apply.span()).isEmpty()) {
        return broken(apply);
      }
      result = new Hir.Arithmetic(op, mode, result, next, apply.span());
    }
    return result;
  }

  /** Bits and remainders are those of whole numbers; operands have one type, so one tells. */
  private void wantWhole(List<Hir> operands) {
    Hir telling =
        operands.stream()
            .filter(operand -> !(operand instanceof Hir.Constant))
            .findFirst()
            .orElse(operands.get(0));
    typer.context().whole(telling.type(), telling.span());
  }

  private Hir negate(Ast.Apply apply) {
    Ast operand = apply.arguments().get(0);
    if (operand instanceof Ast.Whole whole && whole.suffix() == null) {
      return typer.context().literal(whole.value().negate(), apply.span());
    }
    Optional<List<Hir>> operands = numbers(apply);
    if (operands.isEmpty()) {
      return broken(apply);
    }
    Hir value = operands.get().get(0);
    Hir zero = new Hir.NegativeZero(value.type(), apply.span());
    return new Hir.Arithmetic(BinaryOp.SUB, Mode.CHECK, zero, value, apply.span());
  }

  private Hir wrappingNegate(Ast.Apply apply) {
    Optional<List<Hir>> operands = numbers(apply);
    if (operands.isEmpty()) {
      return broken(apply);
    }
    wantWhole(operands.get());
    Hir value = operands.get().get(0);
    Hir zero = new Hir.Constant(BigInteger.ZERO, value.type(), apply.span());
    return new Hir.Arithmetic(BinaryOp.SUB, Mode.WRAP, zero, value, apply.span());
  }

  private Hir saturate(BinaryOp op, Ast.Apply apply) {
    return numbers(apply)
        .map(operands -> new Saturation(typer).fold(op, operands, apply.span()))
        .orElseGet(() -> broken(apply));
  }

  private Hir saturatingNegate(Ast.Apply apply) {
    return numbers(apply)
        .map(operands -> new Saturation(typer).negate(operands.get(0), apply.span()))
        .orElseGet(() -> broken(apply));
  }

  private Hir complement(Ast.Apply apply) {
    Optional<List<Hir>> operands = numbers(apply);
    if (operands.isEmpty()) {
      return broken(apply);
    }
    Hir value = operands.get().get(0);
    Unifier.close(value.type(), apply.span());
    Type type = Type.resolved(value.type());
    BigInteger ones =
        type instanceof Type.Int number && !number.signed()
            ? Literals.greatest(number)
            : BigInteger.ONE.negate();
    Hir mask = new Hir.Constant(ones, type, apply.span());
    return new Hir.Arithmetic(BinaryOp.XOR, Mode.WRAP, value, mask, apply.span());
  }

  private Hir shift(BinaryOp op, Ast.Apply apply) {
    Optional<List<Hir>> operands = numbers(apply);
    if (operands.isEmpty()) {
      return broken(apply);
    }
    wantWhole(operands.get());
    Hir amount = operands.get().get(1);
    Hir count = Agreement.convert(amount, Type.U64, Mode.WRAP, amount.span());
    return new Hir.Arithmetic(op, Mode.WRAP, operands.get().get(0), count, apply.span());
  }

  Hir convert(Conversion conversion, String written, Ast.Apply apply) {
    Optional<List<Hir>> operands = booleanOrNumber(apply);
    if (operands.isEmpty()) {
      return broken(apply);
    }
    Type.Int to = new Type.Int(conversion.bits(), conversion.signed());
    if (written.startsWith("saturating-")) {
      return new Saturation(typer).convert(operands.get().get(0), to, apply.span());
    }
    Mode mode = written.startsWith("wrapping-") ? Mode.WRAP : Mode.CHECK;
    return Agreement.convert(operands.get().get(0), to, mode, apply.span());
  }

  private Optional<List<Hir>> booleanOrNumber(Ast.Apply apply) {
    Hir value = agreement.operand(typer.value(apply.arguments().get(0)));
    return Type.resolved(value.type()) == Basic.BOOL
        ? Optional.of(List.of(value))
        : agreement.number(value).map(List::of);
  }

  private Hir compare(Comparison op, Ast.Apply apply) {
    List<Ast> arguments = apply.arguments();
    Span span = apply.span();
    if (arguments.size() == 2) {
      return pair(op, typer.value(arguments.get(0)), typer.value(arguments.get(1)), span);
    }
    List<Hir> statements = new ArrayList<>();
    List<Hir> reads = new ArrayList<>();
    for (Ast argument : arguments) {
      Hir value = agreement.operand(typer.value(argument));
      Local local = typer.context().local("operand", value.type(), argument.span());
      statements.add(new Hir.Write(local, value, argument.span()));
      reads.add(new Hir.Read(local, argument.span()));
    }
    Hir result = new Hir.Constant(BigInteger.ONE, Basic.BOOL, span);
    Hir no = new Hir.Constant(BigInteger.ZERO, Basic.BOOL, span);
    for (int i = reads.size() - 2; i >= 0; i--) {
      Hir test = pair(op, reads.get(i), reads.get(i + 1), span);
      result = new Hir.If(test, result, no, Basic.BOOL, span);
    }
    statements.add(result);
    return new Hir.Sequence(statements, span);
  }

  /** Whether two values are equal. */
  Hir equal(Hir left, Hir right, Span span) {
    return pair(Comparison.EQ, left, right, span);
  }

  private Hir pair(Comparison op, Hir left, Hir right, Span span) {
    boolean equality = op == Comparison.EQ || op == Comparison.NE;
    if (equality && (left instanceof Hir.Absent || right instanceof Hir.Absent)) {
      return presence(op, left instanceof Hir.Absent ? right : left, span);
    }
    Hir a = agreement.operand(left);
    Hir b = agreement.operand(right);
    if (Type.resolved(a.type()) == Basic.PUBKEY || Type.resolved(b.type()) == Basic.PUBKEY) {
      a = agreement.coerce(a, Basic.PUBKEY, "compared with", b.span());
      b = agreement.coerce(b, Basic.PUBKEY, "compared with", a.span());
    }
    Optional<Type> type = agreement.same(a, b, span);
    if (type.isEmpty()) {
      return agreement.broken(span);
    }
    String library =
        type.get() == Basic.PUBKEY
            ? "rt-same-key"
            : type.get() == Basic.STRING ? "rt-same-text" : "";
    if (equality && !library.isEmpty()) {
      Hir same =
          new Hir.Call(
              session.function(library, List.of(type.get(), type.get())), List.of(a, b), span);
      return op == Comparison.EQ ? same : FunctionTyper.not(same, span);
    }
    boolean ordered =
        type.get() instanceof Type.Int
            || type.get() instanceof Type.Var
            || type.get() == Basic.F64
            || type.get() == Basic.DECIMAL
            || (equality && type.get() == Basic.BOOL);
    if (!ordered) {
      typer
          .context()
          .report(
              dev.ovsm.diag.Diagnostic.at(
                      span,
                      dev.ovsm.diag.LanguageCode.TYPE_MISMATCH,
                      "two values of type " + type.get().word() + " cannot be compared so")
                  .withHelp("compare numbers, or test public keys and strings with ="));
      return agreement.broken(span);
    }
    return new Hir.Compare(op, a, b, span);
  }

  private Hir presence(Comparison op, Hir value, Span span) {
    Type type = Type.resolved(value.type());
    Hir present =
        type instanceof Type.Option
            ? new Hir.IsPresent(value, span)
            : new Hir.Constant(BigInteger.ONE, Basic.BOOL, span);
    return op == Comparison.NE ? present : FunctionTyper.not(present, span);
  }
}

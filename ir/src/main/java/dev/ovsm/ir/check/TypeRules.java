package dev.ovsm.ir.check;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.InstVisitor;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The typing rule of each instruction and terminator; the answer is whether it holds. */
final class TypeRules implements InstVisitor<Boolean>, Terminator.Visitor<Boolean> {
  private static final int LARGEST_COPY = 10_240;
  private static final int FRAME = 4_096;
  private static final int MOST_ARGUMENTS = 5;

  private final Module module;
  private final Map<String, Function> functions;
  private final Function function;
  private final BiConsumer<String, Span> report;

  TypeRules(
      Module module,
      Map<String, Function> functions,
      Function function,
      BiConsumer<String, Span> report) {
    this.module = module;
    this.functions = functions;
    this.function = function;
    this.report = report;
  }

  @Override
  public Boolean visit(Inst.Const inst) {
    boolean canonical = inst.result().type().canonical(inst.value()) == inst.value();
    return require(canonical, "constant not in canonical form", inst.span());
  }

  @Override
  public Boolean visit(Inst.DataAddress inst) {
    boolean exists = inst.data() >= 0 && inst.data() < module.data().size();
    return require(exists, "no data item " + inst.data(), inst.span())
        && require(inst.result().type() == Type.PTR, "not an address", inst.span());
  }

  @Override
  public Boolean visit(Inst.StackSlot inst) {
    boolean fits = inst.bytes() >= 1 && inst.bytes() <= FRAME;
    boolean aligned = inst.align() >= 1 && inst.align() <= 8 && Integer.bitCount(inst.align()) == 1;
    return require(fits, "slot of " + inst.bytes() + " bytes", inst.span())
        && require(aligned, "alignment " + inst.align(), inst.span())
        && require(inst.result().type() == Type.PTR, "not an address", inst.span());
  }

  @Override
  public Boolean visit(Inst.Binary inst) {
    return require(
            inst.result().type() == inst.left().type(), "result of another type", inst.span())
        && require(operands(inst), "operand types", inst.span())
        && require(
            inst.op().hasMode() || inst.mode() == Mode.WRAP,
            "mode of " + inst.op().word(),
            inst.span());
  }

  private static boolean operands(Inst.Binary inst) {
    Type left = inst.left().type();
    Type right = inst.right().type();
    BinaryOp op = inst.op();
    if (left == Type.PTR) {
      return (op == BinaryOp.ADD || op == BinaryOp.SUB)
          && (right == Type.U64 || right == Type.I64)
          && inst.mode() != Mode.CHECK;
    }
    if (left == Type.BOOL) {
      boolean bitwise = op == BinaryOp.AND || op == BinaryOp.OR || op == BinaryOp.XOR;
      return bitwise && right == Type.BOOL;
    }
    if (op.isShift()) {
      return right == Type.U64;
    }
    return left == right && (op != BinaryOp.MULHI || left == Type.U64);
  }

  @Override
  public Boolean visit(Inst.Compare inst) {
    return require(inst.left().type() == inst.right().type(), "operand types", inst.span())
        && require(inst.result().type() == Type.BOOL, "result of another type", inst.span());
  }

  @Override
  public Boolean visit(Inst.Convert inst) {
    Type from = inst.operand().type();
    Type to = inst.result().type();
    boolean address = from == Type.PTR || to == Type.PTR;
    boolean wide = from == Type.U64 || to == Type.U64;
    return require(from != to, "conversion to the same type", inst.span())
        && require(!address || wide, "an address converts to and from u64", inst.span());
  }

  @Override
  public Boolean visit(Inst.Select inst) {
    Type type = inst.result().type();
    boolean same = inst.left().type() == type && inst.right().type() == type;
    return require(inst.condition().type() == Type.BOOL, "condition", inst.span())
        && require(same, "operand types", inst.span());
  }

  @Override
  public Boolean visit(Inst.Load inst) {
    return address(inst.address(), inst.span());
  }

  @Override
  public Boolean visit(Inst.Store inst) {
    return address(inst.address(), inst.span());
  }

  @Override
  public Boolean visit(Inst.Copy inst) {
    return address(inst.target(), inst.span())
        && address(inst.source(), inst.span())
        && size(inst.bytes(), inst.span());
  }

  @Override
  public Boolean visit(Inst.Zero inst) {
    return address(inst.target(), inst.span()) && size(inst.bytes(), inst.span());
  }

  @Override
  public Boolean visit(Inst.Call inst) {
    Function callee = functions.get(inst.function());
    if (callee == null) {
      return require(false, "no function " + inst.function(), inst.span());
    }
    Value result = inst.result();
    return require(
            types(inst.arguments()).equals(types(callee.parameters())),
            "arguments do not fit " + callee.name(),
            inst.span())
        && require(
            result == null || result.type() == callee.result(),
            "result does not fit " + callee.name(),
            inst.span());
  }

  @Override
  public Boolean visit(Inst.Syscall inst) {
    Value result = inst.result();
    return require(inst.arguments().size() <= MOST_ARGUMENTS, "too many arguments", inst.span())
        && require(result == null || result.type().bits() == 64, "result type", inst.span());
  }

  @Override
  public Boolean visit(Terminator.Jump terminator) {
    return true;
  }

  @Override
  public Boolean visit(Terminator.Branch terminator) {
    return require(terminator.condition().type() == Type.BOOL, "condition", terminator.span());
  }

  @Override
  public Boolean visit(Terminator.Switch terminator) {
    Type type = terminator.value().type();
    Set<Long> seen = new HashSet<>();
    boolean good = true;
    for (Terminator.Case each : terminator.cases()) {
      good &= seen.add(each.constant()) && type.canonical(each.constant()) == each.constant();
    }
    return require(good, "constants of the switch", terminator.span());
  }

  @Override
  public Boolean visit(Terminator.Return terminator) {
    Value value = terminator.value();
    boolean fits = (value == null ? null : value.type()) == function.result();
    return require(fits, "return does not fit the function", terminator.span());
  }

  @Override
  public Boolean visit(Terminator.Fail terminator) {
    return require(terminator.code().type() == Type.U64, "failure code", terminator.span());
  }

  @Override
  public Boolean visit(Terminator.Unreachable terminator) {
    return true;
  }

  private boolean address(@Nullable Value value, Span span) {
    return require(value != null && value.type() == Type.PTR, "not an address", span);
  }

  private boolean size(int bytes, Span span) {
    return require(bytes >= 1 && bytes <= LARGEST_COPY, "size " + bytes, span);
  }

  private static List<Type> types(List<Value> values) {
    return values.stream().map(Value::type).toList();
  }

  private boolean require(boolean holds, String text, Span span) {
    if (!holds) {
      report.accept(text, span);
    }
    return holds;
  }
}

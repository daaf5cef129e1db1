package dev.ovsm.ir.text;

import dev.ovsm.ir.Inst;
import dev.ovsm.ir.InstVisitor;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Value;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints instructions and terminators, one indented line each. */
final class InstPrinter implements InstVisitor<StringBuilder>, Terminator.Visitor<StringBuilder> {
  private final StringBuilder out;

  InstPrinter(StringBuilder out) {
    this.out = out;
  }

  @Override
  public StringBuilder visit(Inst.Const inst) {
    return define(inst.result(), "const").append(' ').append(inst.value()).append('\n');
  }

  @Override
  public StringBuilder visit(Inst.DataAddress inst) {
    return line(inst.result(), "data " + inst.data());
  }

  @Override
  public StringBuilder visit(Inst.StackSlot inst) {
    return line(inst.result(), "slot " + inst.bytes() + " align " + inst.align());
  }

  @Override
  public StringBuilder visit(Inst.Binary inst) {
    return define(inst.result(), inst.op().word() + inst.mode().suffix())
        .append(' ')
        .append(list(inst.operands()))
        .append('\n');
  }

  @Override
  public StringBuilder visit(Inst.Compare inst) {
    String operation = inst.op().word() + ' ' + inst.left().type().word();
    return line(inst.result(), operation + ' ' + list(inst.operands()));
  }

  @Override
  public StringBuilder visit(Inst.Convert inst) {
    return define(inst.result(), "convert" + inst.mode().suffix())
        .append(' ')
        .append(inst.operand())
        .append('\n');
  }

  @Override
  public StringBuilder visit(Inst.Select inst) {
    return define(inst.result(), "select").append(' ').append(list(inst.operands())).append('\n');
  }

  @Override
  public StringBuilder visit(Inst.Load inst) {
    return define(inst.result(), "load")
        .append(' ')
        .append(place(inst.address(), inst.offset()))
        .append('\n');
  }

  @Override
  public StringBuilder visit(Inst.Store inst) {
    String place = place(inst.address(), inst.offset());
    return line(null, "store " + inst.value().type().word() + ' ' + place + ", " + inst.value());
  }

  @Override
  public StringBuilder visit(Inst.Copy inst) {
    return line(null, "copy " + inst.bytes() + ' ' + list(inst.operands()));
  }

  @Override
  public StringBuilder visit(Inst.Zero inst) {
    return line(null, "zero " + inst.bytes() + ' ' + inst.target());
  }

  @Override
  public StringBuilder visit(Inst.Call inst) {
    return invoke(inst.result(), "call", inst.function(), inst.arguments());
  }

  @Override
  public StringBuilder visit(Inst.Syscall inst) {
    return invoke(inst.result(), "syscall", inst.name(), inst.arguments());
  }

  @Override
  public StringBuilder visit(Terminator.Jump terminator) {
    return line(null, "jump " + target(terminator.target()));
  }

  @Override
  public StringBuilder visit(Terminator.Branch terminator) {
    String targets = target(terminator.then()) + ", " + target(terminator.otherwise());
    return line(null, "branch " + terminator.condition() + ", " + targets);
  }

  @Override
  public StringBuilder visit(Terminator.Switch terminator) {
    out.append("  switch ").append(terminator.value());
    for (Terminator.Case each : terminator.cases()) {
      out.append(", ").append(each.constant()).append(": ").append(target(each.target()));
    }
    return out.append(", else ").append(target(terminator.otherwise())).append('\n');
  }

  @Override
  public StringBuilder visit(Terminator.Return terminator) {
    Value value = terminator.value();
    return line(null, value == null ? "return" : "return " + value);
  }

  @Override
  public StringBuilder visit(Terminator.Fail terminator) {
    return line(null, "fail " + terminator.code());
  }

  @Override
  public StringBuilder visit(Terminator.Unreachable terminator) {
    return line(null, "unreachable");
  }

  private StringBuilder invoke(
      @Nullable Value result, String word, String callee, List<Value> arguments) {
    String call = Names.name(callee) + '(' + list(arguments) + ')';
    return result == null
        ? line(null, word + ' ' + call)
        : define(result, word).append(' ').append(call).append('\n');
  }

  /** {@code %r = word type}, without the end of the line. */
  private StringBuilder define(Value result, String word) {
    return out.append("  ")
        .append(result)
        .append(" = ")
        .append(word)
        .append(' ')
        .append(result.type().word());
  }

  private StringBuilder line(@Nullable Value result, String text) {
    out.append("  ");
    if (result != null) {
      out.append(result).append(" = ");
    }
    return out.append(text).append('\n');
  }

  private static String list(List<Value> values) {
    return values.stream().map(Value::toString).collect(Collectors.joining(", "));
  }

  private static String place(Value address, int offset) {
    if (offset == 0) {
      return "[" + address + "]";
    }
    return "[" + address + (offset < 0 ? " - " + -(long) offset : " + " + offset) + "]";
  }

  private static String target(Terminator.Target target) {
    String block = "b" + target.block();
    return target.arguments().isEmpty() ? block : block + '(' + list(target.arguments()) + ')';
  }
}

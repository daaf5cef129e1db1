package dev.ovsm.ir.build;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds one function block by block; variables may be written and read anywhere and become SSA
 * values and block parameters in {@link #build}.
 *
 * <p>There is always a current block. What is emitted after a terminator goes to a block that
 * nothing reaches and that is dropped in the end, so lowering need not ask. Values that it hands
 * out are names: {@code build} numbers them anew.
 */
public final class FunctionBuilder {
  private final String name;
  private final @Nullable Type result;
  private final List<Value> parameters = new ArrayList<>();
  private final List<Draft> drafts = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private final Span whole;
  private Span span;
  private int current;
  private int values;

  /**
   * Starts a function; the first block is current.
   *
   * @param result null if it returns nothing
   * @param span the definition, also the first current span
   */
  public FunctionBuilder(String name, @Nullable Type result, List<Type> parameters, Span span) {
    this.name = name;
    this.result = result;
    this.whole = span;
    this.span = span;
    block();
    for (Type type : parameters) {
      this.parameters.add(parameter(0, type));
    }
  }

  /** The function's parameter, from 0. */
  public Value parameter(int index) {
    return parameters.get(index);
  }

  /** Sets the span that the following instructions and terminators carry. */
  public void at(Span place) {
    span = place;
  }

  /** The span that instructions carry now. */
  public Span span() {
    return span;
  }

  /** A new block without parameters; {@link #enter} makes it current. */
  public int block() {
    drafts.add(new Draft());
    return drafts.size() - 1;
  }

  /** Adds an explicit parameter to a block; every jump to it must bring an argument. */
  public Value parameter(int block, Type type) {
    Value value = value(type);
    drafts.get(block).parameters.add(value);
    return value;
  }

  /** Makes a block current that has no terminator yet. */
  public void enter(int block) {
    if (drafts.get(block).ended) {
      throw new IllegalStateException("block " + block + " of " + name + " is complete");
    }
    current = block;
  }

  /** The current block. */
  public int current() {
    return current;
  }

  /** Whether the current block still lacks its terminator, so that control can go on from here. */
  public boolean isOpen() {
    return !draft().ended;
  }

  /** A new variable; the name is for messages only. */
  public Variable variable(String variableName, Type type) {
    Variable variable = new Variable(variables.size(), variableName, type);
    variables.add(variable);
    return variable;
  }

  /** Assigns a variable from here on. */
  public void write(Variable variable, Value value) {
    if (variable.type() != value.type()) {
      throw new IllegalArgumentException(
          variable.name() + ": " + variable.type().word() + " := " + value.type().word());
    }
    open().steps.add(new Draft.Write(variable, value));
  }

  /** What a variable holds here; every path to here must have written it. */
  public Value read(Variable variable) {
    Value value = value(variable.type());
    open().steps.add(new Draft.Read(value, variable));
    return value;
  }

  /** A constant; the number is brought to the type's canonical form. */
  public Value constant(Type type, long number) {
    return emit(new Inst.Const(value(type), type.canonical(number), span));
  }

  public Value constant(boolean truth) {
    return constant(Type.BOOL, truth ? 1 : 0);
  }

  /** The address of item {@code index} of the module's data. */
  public Value data(int index) {
    return emit(new Inst.DataAddress(value(Type.PTR), index, span));
  }

  /** The address of a new slot of the frame. */
  public Value slot(int bytes, int align) {
    return emit(new Inst.StackSlot(value(Type.PTR), bytes, align, span));
  }

  /** Arithmetic; the result has the type of {@code left}, the mode counts only where it can. */
  public Value binary(BinaryOp op, Mode mode, Value left, Value right) {
    Mode effective = op.hasMode() ? mode : Mode.WRAP;
    return emit(new Inst.Binary(value(left.type()), op, effective, left, right, span));
  }

  /** {@code address + bytes} without a check, or the address itself for 0. */
  public Value offset(Value address, long bytes) {
    return bytes == 0
        ? address
        : binary(BinaryOp.ADD, Mode.WRAP, address, constant(Type.U64, bytes));
  }

  public Value compare(Comparison op, Value left, Value right) {
    return emit(new Inst.Compare(value(Type.BOOL), op, left, right, span));
  }

  /** A value in another type, or the value itself if it has that type. */
  public Value convert(Type type, Mode mode, Value operand) {
    return type == operand.type()
        ? operand
        : emit(new Inst.Convert(value(type), mode, operand, span));
  }

  public Value select(Value condition, Value left, Value right) {
    return emit(new Inst.Select(value(left.type()), condition, left, right, span));
  }

  public Value load(Type type, Value address, int offset) {
    return emit(new Inst.Load(value(type), address, offset, span));
  }

  public void store(Value address, int offset, Value value) {
    add(new Inst.Store(address, offset, value, span));
  }

  public void copy(Value target, Value source, int bytes) {
    add(new Inst.Copy(target, source, bytes, span));
  }

  public void zero(Value target, int bytes) {
    add(new Inst.Zero(target, bytes, span));
  }

  /** Calls a function of the module for its result. */
  public Value call(Type type, String function, List<Value> arguments) {
    return emit(new Inst.Call(value(type), function, arguments, span));
  }

  /** Calls a function of the module that returns nothing, or drops its result. */
  public void callVoid(String function, List<Value> arguments) {
    add(new Inst.Call(null, function, arguments, span));
  }

  /** Calls the runtime for its result. */
  public Value syscall(Type type, String syscall, List<Value> arguments) {
    return emit(new Inst.Syscall(value(type), syscall, arguments, span));
  }

  /** Calls the runtime and drops its result. */
  public void syscallVoid(String syscall, List<Value> arguments) {
    add(new Inst.Syscall(null, syscall, arguments, span));
  }

  /**
   * Adds an instruction made elsewhere, over values of this builder; its result, if any, comes from
   * {@link #value}.
   */
  public void add(Inst inst) {
    open().steps.add(new Draft.Emit(inst));
  }

  /** A value without a definition yet, for {@link #add}. */
  public Value value(Type type) {
    return new Value(values++, type);
  }

  /** Ends the block with a jump. */
  public void jump(int block, Value... arguments) {
    end(new Terminator.Jump(new Target(block, List.of(arguments)), span));
  }

  /** Ends the block with a branch to blocks without explicit parameters. */
  public void branch(Value condition, int then, int otherwise) {
    branch(condition, new Target(then, List.of()), new Target(otherwise, List.of()));
  }

  public void branch(Value condition, Target then, Target otherwise) {
    end(new Terminator.Branch(condition, then, otherwise, span));
  }

  public void switchOn(Value value, List<Terminator.Case> cases, Target otherwise) {
    end(new Terminator.Switch(value, cases, otherwise, span));
  }

  /** Ends the block with a return; null exactly if the function returns nothing. */
  public void ret(@Nullable Value value) {
    end(new Terminator.Return(value, span));
  }

  /** Ends the block and the whole invocation with a code of type {@code U64}. */
  public void fail(Value code) {
    end(new Terminator.Fail(code, span));
  }

  /** Ends the block and the whole invocation with one of the language's own failures. */
  public void fail(Failure failure) {
    fail(constant(Type.U64, failure.code()));
  }

  public void unreachable() {
    end(new Terminator.Unreachable(span));
  }

  /**
   * The function in SSA form, its reachable blocks in reverse postorder.
   *
   * @throws IllegalStateException if a reachable block has no terminator or a variable is read that
   *     some path did not write
   */
  public Function build() {
    return new Construction(name, result, drafts, variables, values, whole).run();
  }

  private Value emit(Inst inst) {
    add(inst);
    Value defined = inst.result();
    if (defined == null) {
      throw new IllegalStateException("no result: " + inst);
    }
    return defined;
  }

  /** Ends the block with a terminator made elsewhere, over values and blocks of this builder. */
  public void end(Terminator terminator) {
    Draft draft = open();
    draft.terminator = terminator;
    draft.ended = true;
  }

  private Draft open() {
    if (draft().ended) {
      current = block();
    }
    return draft();
  }

  private Draft draft() {
    return drafts.get(current);
  }
}

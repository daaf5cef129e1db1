package dev.ovsm.backend.expand;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rewrites one function, block by block. */
final class FunctionExpander implements Terminator.Visitor<Boolean> {
  private final Function function;
  private final Drafts out;
  private final SignedArithmetic signed;
  private final Map<Integer, Long> constants = new HashMap<>();

  /** Comparisons that are repeated before each branch on them instead of becoming a number. */
  private final Map<Integer, Inst.Compare> conditions = new HashMap<>();

  FunctionExpander(Function function) {
    this.function = function;
    this.out = new Drafts(function);
    this.signed = new SignedArithmetic(out, constants);
  }

  Function run() {
    scan();
    for (Block block : function.blocks()) {
      out.enter(block.id());
      for (Inst inst : block.insts()) {
        out.at(inst.span());
        expand(inst);
      }
      out.at(block.terminator().span());
      block.terminator().accept(this);
    }
    return out.function(function);
  }

  private void scan() {
    Set<Integer> numbers = new HashSet<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        List<Value> used =
            inst instanceof Inst.Select select
                ? List.of(select.left(), select.right())
                : inst.operands();
        used.forEach(value -> numbers.add(value.id()));
      }
      Terminator end = block.terminator();
      if (!(end instanceof Terminator.Branch)) {
        end.operands().forEach(value -> numbers.add(value.id()));
      }
      for (Target target : end.targets()) {
        target.arguments().forEach(value -> numbers.add(value.id()));
      }
    }
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Const constant) {
          constants.put(constant.result().id(), constant.value());
        } else if (inst instanceof Inst.Compare compare
            && !numbers.contains(compare.result().id())) {
          conditions.put(compare.result().id(), compare);
        }
      }
    }
  }

  private void expand(Inst inst) {
    if (inst instanceof Inst.Compare compare) {
      if (!conditions.containsKey(compare.result().id())) {
        number(compare);
      }
    } else if (inst instanceof Inst.Select select) {
      select(select);
    } else if (inst instanceof Inst.Binary binary) {
      binary(binary);
    } else {
      out.emit(inst);
    }
  }

  private void number(Inst.Compare compare) {
    int yes = out.block();
    int no = out.block();
    int join = out.block(compare.result());
    out.branch(compare.op(), compare.left(), compare.right(), yes, no);
    out.enter(yes);
    out.jump(join, out.constant(Type.BOOL, 1));
    out.enter(no);
    out.jump(join, out.constant(Type.BOOL, 0));
    out.enter(join);
  }

  private void select(Inst.Select select) {
    int yes = out.block();
    int no = out.block();
    int join = out.block(select.result());
    branch(select.condition(), yes, no);
    out.enter(yes);
    out.jump(join, select.left());
    out.enter(no);
    out.jump(join, select.right());
    out.enter(join);
  }

  private void branch(Value condition, int then, int otherwise) {
    Inst.Compare compare = conditions.get(condition.id());
    if (compare == null) {
      out.branch(condition, then, otherwise);
    } else {
      out.branch(compare.op(), compare.left(), compare.right(), then, otherwise);
    }
  }

  private void binary(Inst.Binary binary) {
    boolean isSigned = binary.result().type().signed();
    switch (binary.op()) {
      case DIV, REM -> {
        if (isSigned) {
          signed.divide(binary);
        } else {
          out.emit(binary);
        }
      }
      case MULHI -> multiplyHigh(binary);
      case ADD, SUB, MUL -> {
        boolean isChecked = binary.mode() == Mode.CHECK;
        if (isChecked && binary.result().type() == Type.I64) {
          signed.checked(binary);
        } else if (isChecked
            && binary.op() == BinaryOp.MUL
            && binary.result().type() == Type.U64
            && !constants.containsKey(binary.left().id())
            && !constants.containsKey(binary.right().id())) {
          out.product(binary.result(), binary.left(), binary.right());
        } else {
          out.emit(binary);
        }
      }
      case AND, OR, XOR, SHL, SHR -> out.emit(binary);
    }
  }

  /** Schoolbook multiplication in halves of 32 bits; no sum of it overflows. */
  private void multiplyHigh(Inst.Binary binary) {
    Value shift = out.constant(Type.U64, 32);
    Value leftLow = low(binary.left());
    Value leftHigh = out.binary(BinaryOp.SHR, binary.left(), shift);
    Value rightLow = low(binary.right());
    Value rightHigh = out.binary(BinaryOp.SHR, binary.right(), shift);
    Value lows = out.binary(BinaryOp.MUL, leftLow, rightLow);
    Value carry = out.binary(BinaryOp.SHR, lows, shift);
    Value cross = out.binary(BinaryOp.MUL, leftHigh, rightLow);
    Value middle = out.binary(BinaryOp.ADD, cross, carry);
    Value otherCross = out.binary(BinaryOp.MUL, leftLow, rightHigh);
    Value otherMiddle = out.binary(BinaryOp.ADD, otherCross, low(middle));
    Value highs = out.binary(BinaryOp.MUL, leftHigh, rightHigh);
    Value sum = out.binary(BinaryOp.ADD, highs, out.binary(BinaryOp.SHR, middle, shift));
    Value last = out.binary(BinaryOp.SHR, otherMiddle, shift);
    out.emit(new Inst.Binary(binary.result(), BinaryOp.ADD, Mode.WRAP, sum, last, binary.span()));
  }

  private Value low(Value value) {
    return out.wrap(Type.U64, out.wrap(Type.U32, value));
  }

  @Override
  public Boolean visit(Terminator.Jump terminator) {
    out.end(terminator);
    return true;
  }

  @Override
  public Boolean visit(Terminator.Branch terminator) {
    Span span = terminator.span();
    int then = plain(terminator.then(), span);
    int otherwise = plain(terminator.otherwise(), span);
    branch(terminator.condition(), then, otherwise);
    connect(terminator.then(), then, span);
    connect(terminator.otherwise(), otherwise, span);
    return true;
  }

  /** The block to branch to: the target, or a new block that is to bring its arguments. */
  private int plain(Target target, Span span) {
    out.at(span);
    return target.arguments().isEmpty() ? target.block() : out.block();
  }

  private void connect(Target target, int plain, Span span) {
    if (plain != target.block()) {
      out.enter(plain);
      out.end(new Terminator.Jump(target, span));
    }
  }

  @Override
  public Boolean visit(Terminator.Switch terminator) {
    new SwitchExpander(out, terminator).run();
    return true;
  }

  @Override
  public Boolean visit(Terminator.Return terminator) {
    out.end(terminator);
    return true;
  }

  @Override
  public Boolean visit(Terminator.Fail terminator) {
    out.end(terminator);
    return true;
  }

  @Override
  public Boolean visit(Terminator.Unreachable terminator) {
    out.end(terminator);
    return true;
  }
}

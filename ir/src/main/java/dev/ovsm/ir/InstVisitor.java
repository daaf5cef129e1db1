package dev.ovsm.ir;

/**
 * One method for each kind of instruction.
 *
 * @param <R> what is said of an instruction
 */
public interface InstVisitor<R> {
  R visit(Inst.Const inst);

  R visit(Inst.DataAddress inst);

  R visit(Inst.StackSlot inst);

  R visit(Inst.Binary inst);

  R visit(Inst.Compare inst);

  R visit(Inst.Convert inst);

  R visit(Inst.Select inst);

  R visit(Inst.Load inst);

  R visit(Inst.Store inst);

  R visit(Inst.Copy inst);

  R visit(Inst.Zero inst);

  R visit(Inst.Call inst);

  R visit(Inst.Syscall inst);
}

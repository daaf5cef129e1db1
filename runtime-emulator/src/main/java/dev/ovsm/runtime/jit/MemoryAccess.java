package dev.ovsm.runtime.jit;

import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes loads and stores as calls of {@link Access}. */
final class MemoryAccess {
  private static final String INVOCATION = Type.getDescriptor(Invocation.class);
  private static final String LOAD = "(" + INVOCATION + "[[BJJI)J";
  private static final String STORE = "(" + INVOCATION + "[[BJJJI)V";
  private static final String STACK_LOAD = "([BI)J";
  private static final String STACK_STORE = "([BIJ)V";

  private final MethodCode code;
  private final Compilation compilation;

  MemoryAccess(MethodCode code, Compilation compilation) {
    this.code = code;
    this.compilation = compilation;
  }

  void load(Insn insn, int pc) {
    int bytes = insn.op().bytes();
    if (compilation.isInFrame(insn)) {
      stackIndex(insn);
      code.callAccess("stackLoad" + bytes, STACK_LOAD);
    } else {
      code.invocation();
      code.variable(Opcodes.ALOAD, code.locals().readable());
      address(insn.src(), insn.off());
      code.meter();
      code.intConstant(pc);
      code.callAccess("load" + bytes, LOAD);
    }
    code.setRegister(insn.dst());
  }

  void store(Insn insn, int pc) {
    int bytes = insn.op().bytes();
    if (compilation.isInFrame(insn)) {
      stackIndex(insn);
      value(insn);
      code.callAccess("stackStore" + bytes, STACK_STORE);
    } else {
      code.invocation();
      code.variable(Opcodes.ALOAD, code.locals().writable());
      address(insn.dst(), insn.off());
      value(insn);
      code.meter();
      code.intConstant(pc);
      code.callAccess("store" + bytes, STORE);
    }
  }

  private void value(Insn insn) {
    if (insn.op().usesRegister()) {
      code.register(insn.src());
    } else {
      code.constant(insn.imm());
    }
  }

  private void address(int register, int offset) {
    code.register(register);
    if (offset != 0) {
      code.constant(offset);
      code.op(Opcodes.LADD);
    }
  }

  private void stackIndex(Insn insn) {
    code.variable(Opcodes.ALOAD, code.locals().stack());
    code.variable(Opcodes.ILOAD, code.locals().frame());
    code.intConstant(insn.off());
    code.op(Opcodes.IADD);
  }

  /** About how many bytes of bytecode an access takes. */
  static int estimate(Opcode op) {
    return op.family().stores() ? 22 : 20;
  }
}

package dev.ovsm.runtime.jit;

import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes loads and stores as calls of {@link Access}. */
final class MemoryAccess {
  private static final String INVOCATION = Type.getDescriptor(Invocation.class);
  private static final String OPEN = "(" + INVOCATION + "[[BJ)[B";
  private static final String LOAD = "(" + INVOCATION + "[[BJJI)J";
  private static final String STORE = "(" + INVOCATION + "[[BJJJI)V";
  private static final String NEAR_LOAD = "(" + INVOCATION + "[[B[BJJJI)J";
  private static final String NEAR_STORE = "(" + INVOCATION + "[[B[BJJJJI)V";
  private static final String STACK_LOAD = "([BI)J";
  private static final String STACK_STORE = "([BIJ)V";

  private final MethodCode code;
  private final Compilation compilation;

  MemoryAccess(MethodCode code, Compilation compilation) {
    this.code = code;
    this.compilation = compilation;
  }

  /** Looks up, where a loop is entered, what its registers point to. */
  void enter(Loop loop) {
    for (int register = 0; register < Registers.COUNT; register++) {
      if (Registers.contains(loop.loads(), register)) {
        code.variable(Opcodes.ALOAD, code.locals().readable());
        code.register(register);
        code.callAccess("region", "([[BJ)[B");
        isNear(register, code.locals().nearReadable(register));
      }
      if (Registers.contains(loop.stores(), register)) {
        code.invocation();
        code.variable(Opcodes.ALOAD, code.locals().writable());
        code.register(register);
        code.callAccess("openRegion", OPEN);
        isNear(register, code.locals().nearWritable(register));
      }
    }
  }

  /** Keeps the region on the stack as the one that a register points to. */
  private void isNear(int register, int near) {
    code.variable(Opcodes.ASTORE, near);
    code.register(register);
    code.callAccess("lowerHalf", "(J)J");
    code.variable(Opcodes.LSTORE, near + 1);
  }

  /** Writes a load in a loop, or in none. */
  void load(Insn insn, int pc, @Nullable Loop loop) {
    int bytes = insn.op().bytes();
    if (compilation.isInFrame(insn)) {
      stackIndex(insn);
      code.callAccess("stackLoad" + bytes, STACK_LOAD);
    } else {
      code.invocation();
      code.variable(Opcodes.ALOAD, code.locals().readable());
      boolean near = loop != null && Registers.contains(loop.loads(), insn.src());
      if (near) {
        near(code.locals().nearReadable(insn.src()));
      }
      address(insn.src(), insn.off());
      code.meter();
      code.intConstant(pc);
      code.callAccess("load" + bytes, near ? NEAR_LOAD : LOAD);
    }
    code.setRegister(insn.dst());
  }

  /** Writes a store in a loop, or in none. */
  void store(Insn insn, int pc, @Nullable Loop loop) {
    int bytes = insn.op().bytes();
    if (compilation.isInFrame(insn)) {
      stackIndex(insn);
      value(insn);
      code.callAccess("stackStore" + bytes, STACK_STORE);
    } else {
      code.invocation();
      code.variable(Opcodes.ALOAD, code.locals().writable());
      boolean near = loop != null && Registers.contains(loop.stores(), insn.dst());
      if (near) {
        near(code.locals().nearWritable(insn.dst()));
      }
      address(insn.dst(), insn.off());
      value(insn);
      code.meter();
      code.intConstant(pc);
      code.callAccess("store" + bytes, near ? NEAR_STORE : STORE);
    }
  }

  private void near(int local) {
    code.variable(Opcodes.ALOAD, local);
    code.variable(Opcodes.LLOAD, local + 1);
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

  /**
   * About how many bytes of bytecode an access takes.
   *
   * @param near whether it is in a loop, so that it may be the one for which something is looked up
   *     where the loop is entered
   */
  static int estimate(Opcode op, boolean near) {
    return (op.family().stores() ? 22 : 20) + (near ? 34 : 0);
  }
}

package dev.ovsm.runtime.jit;

import dev.ovsm.sbpf.MemoryMap;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The bytecode of one generated method while it is written: its local variables, and the values
 * that compiled code keeps in them.
 *
 * <p>All locals are set before the first label and keep their types, so that every frame has the
 * same locals and at most one {@code int} on the stack.
 */
final class MethodCode {
  static final String INVOCATION = Type.getInternalName(Invocation.class);
  static final String FAULT = "Ldev/ovsm/runtime/vm/Fault;";
  private static final String ACCESS = Type.getInternalName(Access.class);
  private static final Object[] NOTHING = {};
  private static final Object[] ONE_INT = {Opcodes.INTEGER};

  private final MethodVisitor mv;
  private final Object[] frame;
  private final Locals locals;
  private final ConstantBudget constants;

  MethodCode(MethodVisitor mv, Locals locals, ConstantBudget constants) {
    this.mv = mv;
    this.locals = locals;
    this.constants = constants;
    this.frame = locals.types();
    mv.visitCode();
  }

  Locals locals() {
    return locals;
  }

  void end() {
    mv.visitMaxs(0, 0);
    mv.visitEnd();
  }

  /**
   * Sets every local that is not a parameter.
   *
   * @param given the registers that are parameters
   */
  void setUp(Needs needs, int given, Compilation compilation) {
    for (int register = 0; register < Registers.COUNT; register++) {
      if (Registers.contains(needs.registers() & ~given, register)) {
        constant(0);
        setRegister(register);
      }
    }
    if (needs.framePointer()) {
      invocation();
      field(Opcodes.GETFIELD, "frameBase", "J");
      depth();
      op(Opcodes.I2L);
      constant(compilation.flow().executable().frameStride());
      op(Opcodes.LMUL);
      op(Opcodes.LADD);
      setRegister(10);
    }
    setUpField(needs.loads(), "readable", "[[B", locals.readable());
    setUpField(needs.stores(), "writable", "[[B", locals.writable());
    setUpField(needs.frame(), "stack", "[B", locals.stack());
    if (needs.frame()) {
      innerDepth();
      intConstant(Integer.numberOfTrailingZeros(MemoryMap.FRAME_BYTES));
      op(Opcodes.ISHL);
      variable(Opcodes.ISTORE, locals.frame());
      invocation();
      op(Opcodes.DUP);
      field(Opcodes.GETFIELD, "frames", "I");
      variable(Opcodes.ILOAD, locals.frame());
      op(Opcodes.IOR);
      field(Opcodes.PUTFIELD, "frames", "I");
    }
  }

  /** Sets the locals of what is near registers to nothing. */
  void setUpNear(Loops loops) {
    for (int register = 0; register < Registers.COUNT; register++) {
      if (Registers.contains(loops.loads(), register)) {
        setNothingNear(locals.nearReadable(register));
      }
      if (Registers.contains(loops.stores(), register)) {
        setNothingNear(locals.nearWritable(register));
      }
    }
  }

  private void setNothingNear(int local) {
    mv.visitFieldInsn(Opcodes.GETSTATIC, ACCESS, "NONE", "[B");
    variable(Opcodes.ASTORE, local);
    constant(-1);
    variable(Opcodes.LSTORE, local + 1);
  }

  private void setUpField(boolean needed, String name, String descriptor, int local) {
    if (needed) {
      invocation();
      field(Opcodes.GETFIELD, name, descriptor);
      variable(Opcodes.ASTORE, local);
    }
  }

  /** Begins code that is jumped to with nothing on the stack. */
  void label(Label label) {
    mv.visitLabel(label);
    mv.visitFrame(Opcodes.F_NEW, frame.length, frame, 0, NOTHING);
  }

  /** Begins code that is jumped to with an {@code int} on the stack. */
  void labelWithInt(Label label) {
    mv.visitLabel(label);
    mv.visitFrame(Opcodes.F_NEW, frame.length, frame, 1, ONE_INT);
  }

  void op(int opcode) {
    mv.visitInsn(opcode);
  }

  void jump(int opcode, Label label) {
    mv.visitJumpInsn(opcode, label);
  }

  void goTo(Label label) {
    mv.visitJumpInsn(Opcodes.GOTO, label);
  }

  /** Chooses by the {@code int} on the stack: 0, 1, … and for everything else the last. */
  void choose(List<Label> labels) {
    int last = labels.size() - 1;
    mv.visitTableSwitchInsn(0, last, labels.get(last), labels.toArray(new Label[0]));
  }

  /** How many bytes of bytecode a constant takes at most. */
  static int mostBytes(long value) {
    if (value == (short) value) {
      return 4;
    }
    return value == (int) value ? 11 : 28;
  }

  void constant(long value) {
    if (value == 0 || value == 1) {
      op(value == 0 ? Opcodes.LCONST_0 : Opcodes.LCONST_1);
    } else if (value == (int) value) {
      intConstant((int) value);
      op(Opcodes.I2L);
    } else if (constants.take(2)) {
      mv.visitLdcInsn(value);
    } else {
      composed((int) ((value - (int) value) >> 32));
      op(Opcodes.I2L);
      intConstant(32);
      op(Opcodes.LSHL);
      composed((int) value);
      op(Opcodes.I2L);
      op(Opcodes.LADD);
    }
  }

  void intConstant(int value) {
    if (value >= -1 && value <= 5) {
      op(Opcodes.ICONST_0 + value);
    } else if (value == (byte) value) {
      mv.visitIntInsn(Opcodes.BIPUSH, value);
    } else if (value == (short) value) {
      mv.visitIntInsn(Opcodes.SIPUSH, value);
    } else if (constants.take(1)) {
      mv.visitLdcInsn(value);
    } else {
      composed(value);
    }
  }

  /** Pushes an {@code int} without the help of the constant pool. */
  private void composed(int value) {
    mv.visitIntInsn(Opcodes.SIPUSH, (short) ((value - (short) value) >> 16));
    intConstant(16);
    op(Opcodes.ISHL);
    mv.visitIntInsn(Opcodes.SIPUSH, (short) value);
    op(Opcodes.IADD);
  }

  void invocation() {
    mv.visitVarInsn(Opcodes.ALOAD, locals.invocation());
  }

  void meter() {
    mv.visitVarInsn(Opcodes.LLOAD, locals.meter());
  }

  void setMeter() {
    mv.visitVarInsn(Opcodes.LSTORE, locals.meter());
  }

  void depth() {
    mv.visitVarInsn(Opcodes.ILOAD, locals.depth());
  }

  /** The depth of a function that is called. */
  void innerDepth() {
    depth();
    op(Opcodes.ICONST_1);
    op(Opcodes.IADD);
  }

  void register(int register) {
    mv.visitVarInsn(Opcodes.LLOAD, locals.register(register));
  }

  void setRegister(int register) {
    mv.visitVarInsn(Opcodes.LSTORE, locals.register(register));
  }

  void variable(int opcode, int local) {
    mv.visitVarInsn(opcode, local);
  }

  /** Pushes registers in their order. */
  void registers(int registers) {
    for (int register = 0; register < Registers.COUNT; register++) {
      if (Registers.contains(registers, register)) {
        register(register);
      }
    }
  }

  /** Copies registers to the invocation's fields. */
  void spill(int registers) {
    for (int register = 0; register < Registers.COUNT; register++) {
      if (Registers.contains(registers, register)) {
        invocation();
        register(register);
        field(Opcodes.PUTFIELD, "r" + register, "J");
      }
    }
  }

  /** Pushes registers in their order from the invocation's fields. */
  void fields(int registers) {
    for (int register = 0; register < Registers.COUNT; register++) {
      if (Registers.contains(registers, register)) {
        invocation();
        field(Opcodes.GETFIELD, "r" + register, "J");
      }
    }
  }

  /** Copies registers from the invocation's fields. */
  void reload(int registers) {
    for (int register = 0; register < Registers.COUNT; register++) {
      if (Registers.contains(registers, register)) {
        invocation();
        field(Opcodes.GETFIELD, "r" + register, "J");
        setRegister(register);
      }
    }
  }

  /** Reads or writes a field of the invocation. */
  void field(int opcode, String name, String descriptor) {
    mv.visitFieldInsn(opcode, INVOCATION, name, descriptor);
  }

  /** Calls a method of the invocation. */
  void callInvocation(String name, String descriptor) {
    mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, INVOCATION, name, descriptor, false);
  }

  /** Calls a method of {@link Access}. */
  void callAccess(String name, String descriptor) {
    mv.visitMethodInsn(Opcodes.INVOKESTATIC, ACCESS, name, descriptor, false);
  }

  /** Calls a static method. */
  void callStatic(String owner, String name, String descriptor) {
    mv.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
  }
}

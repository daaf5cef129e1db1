package dev.ovsm.tests.verifier;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Ways to change the code of a method. */
final class Planting {
  /** Where the verifier's classes are, as class files write it. */
  static final String PACKAGE = "dev/ovsm/verifier/";

  static final String WORD = PACKAGE + "domain/Word";
  static final String STEP = PACKAGE + "analysis/Step";

  private Planting() {}

  /** Leaves the method's own code behind a condition, so that it still can be reached. */
  static void onlyThen(MethodVisitor method, Runnable code) {
    Label own = new Label();
    method.visitInsn(Opcodes.ICONST_1);
    method.visitJumpInsn(Opcodes.IFEQ, own);
    code.run();
    method.visitLabel(own);
    method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
  }

  /** Code that comes before the method's own. */
  interface Code {
    void emit(MethodVisitor method);
  }

  static MethodVisitor beginning(MethodVisitor method, Code code) {
    return new MethodVisitor(Opcodes.ASM9, method) {
      @Override
      public void visitCode() {
        super.visitCode();
        code.emit(this.mv);
      }
    };
  }

  /** Other code in the place of the method's own. */
  static MethodVisitor instead(MethodVisitor method, Code code) {
    return beginning(method, m -> onlyThen(m, () -> code.emit(m)));
  }

  /** The method with other code in the place of its calls of a name, or of the n-th alone. */
  static MethodVisitor replacingCall(MethodVisitor method, String callee, int number, Code code) {
    return new MethodVisitor(Opcodes.ASM9, method) {
      private int count;

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        boolean replaced = name.equals(callee) && (++count == number || number == 0);
        if (replaced) {
          code.emit(this.mv);
        } else {
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
      }
    };
  }
}

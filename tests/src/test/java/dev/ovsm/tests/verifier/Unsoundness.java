package dev.ovsm.tests.verifier;

import static dev.ovsm.tests.verifier.Planting.PACKAGE;
import static dev.ovsm.tests.verifier.Planting.WORD;
import static dev.ovsm.tests.verifier.Planting.beginning;
import static dev.ovsm.tests.verifier.Planting.instead;
import static dev.ovsm.tests.verifier.Planting.replacingCall;

import dev.ovsm.runtime.PlantedWorld;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes that verifiers of this kind have made, each put into a class file of ours: a search that
 * does not find them finds nothing.
 */
enum Unsoundness {
  /** A 32-bit move leaves the upper half as it is. */
  WIDE_MOVE(
      "verifier.lift.Arithmetic",
      "narrow",
      method -> replacingCall(method, "extend", 1, Unsoundness::keepOperand)),
  /** A 32-bit comparison tells of all 64 bits. */
  WIDE_COMPARISON(
      "verifier.lift.Arithmetic",
      "test",
      method -> replacingCall(method, "extend", 0, Unsoundness::keepOperand)),
  /** A word that is only partly overwritten is taken for the value that was stored. */
  STRADDLED_WORD(
      "verifier.lift.FunctionLifter",
      "part",
      method ->
          new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitInsn(int opcode) {
              if (opcode == Opcodes.ICONST_M1) {
                super.visitVarInsn(Opcodes.ILOAD, 3);
              } else {
                super.visitInsn(opcode);
              }
            }
          }),
  /** What is overwritten by way of an address that cannot be followed keeps its old value. */
  KEPT_WORD(
      "verifier.lift.FunctionLifter",
      "store",
      method ->
          replacingCall(
              method,
              "written",
              1,
              m -> {
                m.visitInsn(Opcodes.POP2);
                m.visitInsn(Opcodes.POP);
              })),
  /** What two facts leave is nothing where it is one word. */
  EMPTY_MEET(
      "verifier.domain.Word",
      "meet",
      method ->
          beginning(
              method,
              m -> {
                Label goOn = new Label();
                m.visitVarInsn(Opcodes.ALOAD, 0);
                m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, WORD, "isConstant", "()Z", false);
                m.visitJumpInsn(Opcodes.IFEQ, goOn);
                m.visitIntInsn(Opcodes.BIPUSH, 64);
                m.visitMethodInsn(Opcodes.INVOKESTATIC, WORD, "empty", "(I)L" + WORD + ";", false);
                m.visitInsn(Opcodes.ARETURN);
                m.visitLabel(goOn);
                m.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
              })),
  /** Back edges are lost, so that loops count for one round. */
  LOST_BACK_EDGE(
      "verifier.graph.LoopForest$Search",
      "collect",
      method -> instead(method, m -> m.visitInsn(Opcodes.RETURN))),
  /** What is sign-extended is taken for zero-extended. */
  UNSIGNED_LOAD(
      "verifier.domain.Arithmetic",
      "signExtend",
      method ->
          instead(
              method,
              m -> {
                m.visitVarInsn(Opcodes.ALOAD, 0);
                m.visitVarInsn(Opcodes.ILOAD, 1);
                String type = "(L" + WORD + ";I)L" + WORD + ";";
                String owner = PACKAGE + "domain/Arithmetic";
                m.visitMethodInsn(Opcodes.INVOKESTATIC, owner, "zeroExtend", type, false);
                m.visitInsn(Opcodes.ARETURN);
              })),
  /** What a branch told is believed where it no longer holds. */
  STALE_FACT(
      "verifier.analysis.Nest",
      "in",
      method ->
          replacingCall(
              method,
              "dominates",
              0,
              m -> {
                m.visitInsn(Opcodes.POP2);
                m.visitInsn(Opcodes.POP);
                m.visitInsn(Opcodes.ICONST_1);
              })),
  /** A store changes one byte, however wide it is. */
  NARROW_STORE(
      "verifier.lift.FrameFlow",
      "store",
      method ->
          replacingCall(
              method,
              "bytes",
              1,
              m -> {
                m.visitInsn(Opcodes.POP);
                m.visitInsn(Opcodes.ICONST_1);
              })),
  /** What is known already is taken to include whatever comes. */
  INVERTED_ORDER(
      "verifier.domain.Word",
      "join",
      method ->
          beginning(
              method,
              m -> {
                Label goOn = new Label();
                m.visitVarInsn(Opcodes.ALOAD, 0);
                m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, WORD, "isEmpty", "()Z", false);
                m.visitJumpInsn(Opcodes.IFNE, goOn);
                m.visitVarInsn(Opcodes.ALOAD, 0);
                m.visitInsn(Opcodes.ARETURN);
                m.visitLabel(goOn);
                m.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
              })),
  /** A quotient of a negative divisor is the dividend. */
  NEGATIVE_DIVISOR(
      "verifier.domain.Quotients",
      "signedQuotient",
      method ->
          replacingCall(
              method,
              "corners",
              2,
              m -> {
                m.visitInsn(Opcodes.POP2);
                m.visitInsn(Opcodes.POP2);
              })),
  /** The constant of a store is zero-extended. */
  UNSIGNED_CONSTANT(
      "verifier.lift.FunctionLifter",
      "step",
      method ->
          new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean isInterface) {
              super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
              if (name.equals("imm")) {
                super.visitLdcInsn(0xFFFF_FFFFL);
                super.visitInsn(Opcodes.LAND);
              }
            }
          }),
  /** A 32-bit division looks at all bits of the divisor. */
  WIDE_DIVISOR(
      "verifier.lift.Arithmetic",
      "narrow",
      method -> replacingCall(method, "extend", Unsoundness.DIVISOR, Unsoundness::keepOperand)),
  /** The analyser calls itself for every instruction before one. */
  RECURSION(
      "verifier.lift.Code",
      "at",
      method ->
          beginning(
              method,
              m -> {
                Label goOn = new Label();
                m.visitVarInsn(Opcodes.ILOAD, 1);
                m.visitJumpInsn(Opcodes.IFLE, goOn);
                m.visitVarInsn(Opcodes.ALOAD, 0);
                m.visitVarInsn(Opcodes.ILOAD, 1);
                m.visitInsn(Opcodes.ICONST_1);
                m.visitInsn(Opcodes.ISUB);
                String type = "(I)Ldev/ovsm/sbpf/Insn;";
                m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, PACKAGE + "lift/Code", "at", type, false);
                m.visitInsn(Opcodes.POP);
                m.visitLabel(goOn);
                m.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
              })),
  /** Products of counts wrap around. */
  WRAPPED_COUNT(
      "verifier.analysis.Saturated",
      "product",
      method ->
          instead(
              method,
              m -> {
                m.visitVarInsn(Opcodes.LLOAD, 0);
                m.visitVarInsn(Opcodes.LLOAD, 2);
                m.visitInsn(Opcodes.LMUL);
                m.visitInsn(Opcodes.LRETURN);
              })),
  /** Nothing is compared, and all is well. */
  VACUOUS_CHECK(
      "tests.verifier.Watched",
      "check",
      method -> instead(method, m -> m.visitInsn(Opcodes.RETURN)));

  /** The divisor is what the method extends last before remainders. */
  private static final int DIVISOR = 7;

  private final String className;
  private final String methodName;
  private final UnaryOperator<MethodVisitor> plant;

  /** A mistake in a method, which {@code plant} rewrites. */
  Unsoundness(String className, String methodName, UnaryOperator<MethodVisitor> plant) {
    this.className = "dev.ovsm." + className;
    this.methodName = methodName;
    this.plant = plant;
  }

  /** A search in the world that has the mistake, whose classes are not those of this one. */
  Callable<String> search(Class<? extends Callable<String>> type)
      throws ReflectiveOperationException {
    return new PlantedWorld(className, methodName, plant).search(type);
  }

  private static void keepOperand(MethodVisitor method) {
    method.visitInsn(Opcodes.POP2);
    method.visitInsn(Opcodes.SWAP);
    method.visitInsn(Opcodes.POP);
  }
}

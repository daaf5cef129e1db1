package dev.ovsm.tests.machine;

import dev.ovsm.runtime.PlantedWorld;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes of the kind that one makes in a machine, each put into a class file of ours: a campaign
 * that does not find them finds nothing.
 */
enum PlantedBug {
  /** The interpreter's 32-bit sums zero-extend instead of sign-extending. */
  ZERO_EXTENDED_SUM(
      "dev.ovsm.runtime.vm.Loop",
      "straight",
      method ->
          new MethodVisitor(Opcodes.ASM9, method) {
            private boolean narrowed;

            @Override
            public void visitInsn(int opcode) {
              super.visitInsn(opcode);
              if (narrowed && opcode == Opcodes.I2L) {
                super.visitLdcInsn(0xFFFF_FFFFL);
                super.visitInsn(Opcodes.LAND);
              }
              narrowed = opcode == Opcodes.L2I;
            }
          }),
  /** The interpreter pays one unit for instructions that it has joined. */
  CHEAP_JOINTS(
      "dev.ovsm.runtime.vm.Fusion",
      "append",
      method ->
          new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitVarInsn(int opcode, int variable) {
              if (opcode == Opcodes.ILOAD && variable == 3) {
                super.visitInsn(Opcodes.ICONST_1);
              } else {
                super.visitVarInsn(opcode, variable);
              }
            }
          }),
  /** Compiled code pays one unit too few for each block. */
  CHEAP_BLOCKS(
      "dev.ovsm.runtime.jit.BodyEmitter",
      "charge",
      method ->
          new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean isInterface) {
              super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
              if (name.equals("size")) {
                super.visitInsn(Opcodes.ICONST_1);
                super.visitInsn(Opcodes.ISUB);
              }
            }
          }),
  /** Compiled code takes what lies below its frame for a part of it. */
  MISSING_BOUND(
      "dev.ovsm.runtime.jit.Compilation",
      "isInFrame",
      method ->
          new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitIntInsn(int opcode, int operand) {
              super.visitIntInsn(opcode, operand == -4096 ? -4097 - 8 : operand);
            }
          }),
  /** What a program leaves on its stack is forgotten by half. */
  DIRTY_STACK(
      "dev.ovsm.runtime.vm.Written",
      "clear",
      method ->
          new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
              super.visitFieldInsn(opcode, owner, name, descriptor);
              if (opcode == Opcodes.GETFIELD && name.equals("to")) {
                super.visitInsn(Opcodes.ICONST_1);
                super.visitInsn(Opcodes.ISHR);
              }
            }
          }),
  /** Compiled loops take their pointers to stay in the region where they began. */
  LOYAL_POINTERS(
      "dev.ovsm.runtime.jit.Access",
      "half",
      method ->
          new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitInsn(int opcode) {
              if (opcode == Opcodes.LRETURN) {
                super.visitInsn(Opcodes.POP2);
                super.visitInsn(Opcodes.LCONST_0);
              }
              super.visitInsn(opcode);
            }
          });

  private final String className;
  private final String methodName;
  private final UnaryOperator<MethodVisitor> plant;

  /** A bug in a method, which {@code plant} rewrites. */
  PlantedBug(String className, String methodName, UnaryOperator<MethodVisitor> plant) {
    this.className = className;
    this.methodName = methodName;
    this.plant = plant;
  }

  /** A search in the world that has the bug, whose classes are not those of this one. */
  Callable<String> search(Class<? extends Callable<String>> type)
      throws ReflectiveOperationException {
    return new PlantedWorld(className, methodName, plant).search(type);
  }
}

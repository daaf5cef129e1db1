package dev.ovsm.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** How many bytes of code the methods of a class have. */
public final class MethodSizes {
  private MethodSizes() {}

  /** The sizes by the methods' names; of several of one name the largest. */
  public static Map<String, Integer> of(byte[] classFile) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    // A writer is what knows offsets, so the class is written once more.
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  String signature,
                  String[] exceptions) {
                MethodVisitor method =
                    super.visitMethod(access, name, descriptor, signature, exceptions);
                return new MethodVisitor(Opcodes.ASM9, method) {
                  @Override
                  public void visitMaxs(int maxStack, int maxLocals) {
                    Label end = new Label();
                    super.visitLabel(end);
                    super.visitMaxs(maxStack, maxLocals);
                    sizes.merge(name, end.getOffset(), Math::max);
                  }
                };
              }
            },
            0);
    return sizes;
  }
}

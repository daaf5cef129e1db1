package dev.ovsm.verifier.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A loader of this package in which one instruction of one method is another one. */
final class Mistake extends ClassLoader {
  private static final String PACKAGE = Mistake.class.getPackageName() + ".";

  private final String className;
  private final String method;
  private final Kind kind;
  private final int number;

  /** What is exchanged. */
  enum Kind {
    /** A jump for its opposite. */
    JUMP,
    /** A call of the lesser for one of the greater, and the reverse. */
    EXTREME,
    /** A view's lower bound for its upper one, and the reverse. */
    BOUND,
    /** A sum for a difference, an or for an and, and the reverse of each. */
    ARITHMETIC,
    /** A long 1 for 0, and the reverse. */
    ONE
  }

  /** With the {@code number}-th place of that kind changed, from 0. */
  Mistake(String className, String method, Kind kind, int number) {
    super(Mistake.class.getClassLoader());
    this.className = className;
    this.method = method;
    this.kind = kind;
    this.number = number;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!name.startsWith(PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      byte[] planted = name.equals(PACKAGE + className) ? planted(bytes) : bytes;
      return defineClass(name, planted, 0, planted.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] planted(byte[] classFile) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    int[] found = new int[1];
    ClassVisitor visitor =
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor own = super.visitMethod(access, name, type, signature, exceptions);
            return name.equals(method) ? new Exchange(own, found) : own;
          }
        };
    new ClassReader(classFile).accept(visitor, 0);
    if (found[0] <= number) {
      throw new IllegalArgumentException(className + "." + method + " has no such place");
    }
    return writer.toByteArray();
  }

  private final class Exchange extends MethodVisitor {
    private final int[] found;

    Exchange(MethodVisitor own, int[] found) {
      super(Opcodes.ASM9, own);
      this.found = found;
    }

    private boolean isHere(Kind place) {
      return kind == place && found[0]++ == number;
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      boolean conditional = opcode >= Opcodes.IFEQ && opcode <= Opcodes.IF_ACMPNE;
      // Opposite jumps stand side by side, the first at an odd number.
      int opposite = ((opcode + 1) ^ 1) - 1;
      super.visitJumpInsn(conditional && isHere(Kind.JUMP) ? opposite : opcode, label);
    }

    @Override
    public void visitInsn(int opcode) {
      int other =
          switch (opcode) {
            case Opcodes.LADD -> Opcodes.LSUB;
            case Opcodes.LSUB -> Opcodes.LADD;
            case Opcodes.LAND -> Opcodes.LOR;
            case Opcodes.LOR, Opcodes.LXOR -> Opcodes.LAND;
            case Opcodes.LCONST_0 -> Opcodes.LCONST_1;
            case Opcodes.LCONST_1 -> Opcodes.LCONST_0;
            default -> opcode;
          };
      boolean one = opcode == Opcodes.LCONST_0 || opcode == Opcodes.LCONST_1;
      boolean here = other != opcode && isHere(one ? Kind.ONE : Kind.ARITHMETIC);
      super.visitInsn(here ? other : opcode);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String type, boolean isInterface) {
      String other =
          switch (name) {
            case "min" -> "max";
            case "max" -> "min";
            case "unsignedMin" -> "unsignedMax";
            case "unsignedMax" -> "unsignedMin";
            case "umin" -> "umax";
            case "umax" -> "umin";
            case "smin" -> "smax";
            case "smax" -> "smin";
            default -> name;
          };
      Kind place = type.startsWith("()") ? Kind.BOUND : Kind.EXTREME;
      boolean here = !other.equals(name) && isHere(place);
      super.visitMethodInsn(opcode, owner, here ? other : name, type, isInterface);
    }
  }
}

package dev.ovsm.tests.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes of the kind that one makes in a machine, each put into a class file of ours: a campaign
 * that does not find them finds nothing.
 */
enum PlantedBug {
  /** The interpreter's 32-bit sums zero-extend instead of sign-extending. */
  ZERO_EXTENDED_SUM("dev.ovsm.runtime.vm.Interpreter", "run") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return new MethodVisitor(Opcodes.ASM9, method) {
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
      };
    }
  },
  /** Compiled code pays one unit too few for each block. */
  CHEAP_BLOCKS("dev.ovsm.runtime.jit.BodyEmitter", "charge") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return new MethodVisitor(Opcodes.ASM9, method) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
          if (name.equals("size")) {
            super.visitInsn(Opcodes.ICONST_1);
            super.visitInsn(Opcodes.ISUB);
          }
        }
      };
    }
  },
  /** Compiled code takes what lies below its frame for a part of it. */
  MISSING_BOUND("dev.ovsm.runtime.jit.Compilation", "isInFrame") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return new MethodVisitor(Opcodes.ASM9, method) {
        @Override
        public void visitIntInsn(int opcode, int operand) {
          super.visitIntInsn(opcode, operand == -4096 ? -4097 - 8 : operand);
        }
      };
    }
  };

  private final String className;
  private final String methodName;

  PlantedBug(String className, String methodName) {
    this.className = className;
    this.methodName = methodName;
  }

  /** Changes the code of the method that the bug is in. */
  abstract MethodVisitor plant(MethodVisitor method);

  /** A search in the world that has the bug, whose classes are not those of this one. */
  @SuppressWarnings("unchecked")
  Callable<String> search(Class<? extends Callable<String>> type)
      throws ReflectiveOperationException {
    Class<?> there = Class.forName(type.getName(), true, loader());
    return (Callable<String>) there.getDeclaredConstructor().newInstance();
  }

  /** A loader that has its own copy of everything of ours, with the bug in it. */
  private ClassLoader loader() {
    return new ClassLoader(PlantedBug.class.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
          if (!name.startsWith("dev.ovsm.")) {
            return super.loadClass(name, resolve);
          }
          Class<?> known = findLoadedClass(name);
          return known != null ? known : define(name);
        }
      }

      private Class<?> define(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = getParent().getResourceAsStream(file)) {
          if (in == null) {
            throw new ClassNotFoundException(name);
          }
          byte[] bytes = in.readAllBytes();
          byte[] changed = name.equals(className) ? rewritten(bytes) : bytes;
          return defineClass(name, changed, 0, changed.length);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private byte[] rewritten(byte[] classFile) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
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
                return name.equals(methodName) ? plant(method) : method;
              }
            },
            0);
    return writer.toByteArray();
  }
}

package dev.ovsm.runtime.jit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes a class with some of a program's functions. */
final class UnitEmitter {
  private static final String SUPER = Type.getInternalName(Unit.class);
  private static final String CLASS_NAME = SUPER + "$Code";
  private static final String CALL = "(" + Type.getDescriptor(Invocation.class) + "IJI)J";

  /** How many functions one method calls, so that it stays small. */
  private static final int CALLS = 50;

  private final Compilation compilation;
  private final List<Function> functions;
  private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
  private final FunctionEmitter emitter;

  UnitEmitter(Compilation compilation, List<Function> functions) {
    this.compilation = compilation;
    this.functions = functions;
    this.emitter =
        new FunctionEmitter(writer, CLASS_NAME, compilation, Set.copyOf(functions)::contains);
  }

  /** The class file. */
  byte[] emit(Limits limits) {
    writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, CLASS_NAME, null, SUPER, null);
    constructor();
    functions.forEach(function -> emitter.emit(function, limits));
    callByIndex();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private void constructor() {
    MethodVisitor mv = writer.visitMethod(0, "<init>", "()V", null, null);
    mv.visitCode();
    mv.visitVarInsn(Opcodes.ALOAD, 0);
    mv.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", "()V", false);
    mv.visitInsn(Opcodes.RETURN);
    mv.visitMaxs(0, 0);
    mv.visitEnd();
  }

  /** Overrides {@link Unit#call}: a choice of methods, each of which is a choice of functions. */
  private void callByIndex() {
    List<String> groups = new ArrayList<>();
    for (int from = 0; from < functions.size(); from += CALLS) {
      int to = Math.min(from + CALLS, functions.size());
      String name = "call" + from;
      groups.add(name);
      group(name, functions.subList(from, to));
    }
    MethodVisitor mv = writer.visitMethod(0, "call", CALL, null, null);
    mv.visitCode();
    Label[] labels = new Label[groups.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = new Label();
    }
    mv.visitVarInsn(Opcodes.ILOAD, 2);
    mv.visitLdcInsn(functions.get(0).index());
    mv.visitInsn(Opcodes.ISUB);
    mv.visitIntInsn(Opcodes.BIPUSH, CALLS);
    mv.visitInsn(Opcodes.IDIV);
    mv.visitTableSwitchInsn(0, labels.length - 1, labels[labels.length - 1], labels);
    for (int i = 0; i < labels.length; i++) {
      mv.visitLabel(labels[i]);
      mv.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
      mv.visitVarInsn(Opcodes.ALOAD, 1);
      mv.visitVarInsn(Opcodes.ILOAD, 2);
      mv.visitVarInsn(Opcodes.LLOAD, 3);
      mv.visitVarInsn(Opcodes.ILOAD, 5);
      mv.visitMethodInsn(Opcodes.INVOKESTATIC, CLASS_NAME, groups.get(i), CALL, false);
      mv.visitInsn(Opcodes.LRETURN);
    }
    mv.visitMaxs(0, 0);
    mv.visitEnd();
  }

  private void group(String name, List<Function> some) {
    Locals locals = new Locals();
    locals.addInvocation();
    locals.addPosition();
    locals.addMeter();
    locals.addDepth();
    MethodCode code = emitter.method(name, CALL, locals);
    List<Label> labels = new ArrayList<>();
    some.forEach(any -> labels.add(new Label()));
    code.variable(Opcodes.ILOAD, locals.position());
    code.intConstant(some.get(0).index());
    code.op(Opcodes.ISUB);
    code.choose(labels);
    for (int i = 0; i < labels.size(); i++) {
      Function function = some.get(i);
      code.label(labels.get(i));
      code.invocation();
      code.meter();
      code.depth();
      code.fields(compilation.liveness().needed(function));
      emitter.callMethod(code, function);
      code.op(Opcodes.LRETURN);
    }
    code.end();
  }
}

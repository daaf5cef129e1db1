package dev.ovsm.tests.verifier;

import static dev.ovsm.tests.verifier.Planting.STEP;
import static dev.ovsm.tests.verifier.Planting.instead;
import static dev.ovsm.tests.verifier.Planting.replacingCall;

import dev.ovsm.runtime.PlantedWorld;
import dev.ovsm.sbpf.Version;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes in showing what was supposed of addresses, each put into a class file of ours: a search
 * that does not find them finds nothing.
 */
enum Credulity {
  /** What was supposed is never checked. */
  UNCHECKED(
      "Examination",
      "unshown",
      method ->
          instead(
              method,
              m -> {
                String type = "()Ljava/util/List;";
                m.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/List", "of", type, true);
                m.visitInsn(Opcodes.ARETURN);
              })),
  /** Every address lies in some interval. */
  ANYWHERE("Avoidance", "isIn", method -> returning(method, Opcodes.ICONST_1)),
  /** What the heap holds is what first was put there. */
  FIRST_CONTENT("HeapCells", "store", method -> returning(method, Opcodes.ICONST_0)),
  /** An address in a frame is the lowest that it can be. */
  LOWEST_PLACE(
      "Framing",
      "framed",
      method ->
          replacingCall(
              method,
              "high",
              0,
              m -> m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, STEP, "low", "()J", false)));

  private final String className;
  private final String methodName;
  private final UnaryOperator<MethodVisitor> plant;

  /** A mistake in a method, which {@code plant} rewrites. */
  Credulity(String className, String methodName, UnaryOperator<MethodVisitor> plant) {
    this.className = "dev.ovsm.verifier.analysis." + className;
    this.methodName = methodName;
    this.plant = plant;
  }

  /** The search that is to find it, in the world that has the mistake. */
  Callable<String> search() throws ReflectiveOperationException {
    return new PlantedWorld(className, methodName, plant).search(Search.class);
  }

  private static MethodVisitor returning(MethodVisitor method, int constant) {
    return instead(
        method,
        m -> {
          m.visitInsn(constant);
          m.visitInsn(Opcodes.IRETURN);
        });
  }

  /** Looks for an execution that is not as was said; finds none as a rule. */
  public static final class Search implements Callable<String> {
    private static final int PROGRAMS = 600;

    @Override
    public String call() {
      Execution all = new Execution(Version.V0, Draw.STORES);
      for (long seed = 0; seed < PROGRAMS; seed++) {
        try {
          all.tryProgram(seed);
        } catch (AssertionError e) {
          return String.valueOf(e.getMessage());
        }
      }
      return "";
    }
  }
}

package dev.ovsm.tests.verifier;

import static dev.ovsm.tests.verifier.Planting.WORD;
import static dev.ovsm.tests.verifier.Planting.instead;
import static dev.ovsm.tests.verifier.Planting.replacingCall;

import dev.ovsm.runtime.PlantedWorld;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes in how far values lie from each other and how far writes reach, each put into a class
 * file of ours: cases that come near to what may be accepted show them.
 */
enum Displacement {
  /** Behind the test of a counter one round less is over than may be. */
  LOST_ROUND(
      "Elapsed",
      "counted",
      method ->
          replacingCall(
              method,
              "umax",
              2,
              m -> {
                m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, WORD, "umax", "()J", false);
                m.visitInsn(Opcodes.LCONST_1);
                m.visitInsn(Opcodes.LSUB);
              })),
  /** A function is taken to have done well wherever its result is used. */
  UNASKED_SUCCESS(
      "Anchors",
      "of",
      method ->
          replacingCall(
              method,
              "equals",
              0,
              m -> {
                m.visitInsn(Opcodes.POP2);
                m.visitInsn(Opcodes.ICONST_1);
              })),
  /** What a function returned with a first result of 0 is what it returned. */
  SURE_RESULT(
      "Return",
      "of",
      method ->
          replacingCall(
              method,
              "in",
              0,
              m -> {
                m.visitInsn(Opcodes.POP2);
                m.visitInsn(Opcodes.POP);
                m.visitInsn(Opcodes.LCONST_0);
                String type = "(J)L" + WORD + ";";
                m.visitMethodInsn(Opcodes.INVOKESTATIC, WORD, "constant", type, false);
              })),
  /** A function that can have ended in several ways has ended in the last of them. */
  LAST_OUTCOME(
      "Outcomes",
      "after",
      method ->
          replacingCall(
              method,
              "join",
              0,
              m -> {
                m.visitInsn(Opcodes.SWAP);
                m.visitInsn(Opcodes.POP);
              })),
  /** What lies at a distance from what a function returned is what it returned. */
  NO_DISTANCE(
      "Outcomes",
      "in",
      method ->
          replacingCall(
              method,
              "apply",
              0,
              m -> {
                m.visitInsn(Opcodes.POP);
                m.visitInsn(Opcodes.SWAP);
                m.visitInsn(Opcodes.POP);
              })),
  /** What is left of a sum without an addend is more than the sum. */
  ADDED_BACK(
      "Narrowing$Question",
      "throughSum",
      method -> {
        String operator = "dev/ovsm/verifier/domain/Operator";
        return replacingCall(
            method,
            "back",
            0,
            m -> {
              m.visitInsn(Opcodes.POP);
              m.visitFieldInsn(Opcodes.GETSTATIC, operator, "ADD", "L" + operator + ";");
            });
      }),
  /** The runtime changes one byte of the heap, however many it is told to. */
  SHORT_FILL(
      "HeapCells$Held",
      "meets",
      method ->
          new MethodVisitor(Opcodes.ASM9, method) {
            @Override
            public void visitVarInsn(int opcode, int variable) {
              if (opcode == Opcodes.LLOAD) {
                super.visitInsn(Opcodes.LCONST_1);
              } else {
                super.visitVarInsn(opcode, variable);
              }
            }
          }),
  /** The runtime changes no more of the heap than it surely does. */
  LEAST_FILL(
      "Writing",
      "bytes",
      method ->
          replacingCall(
              method,
              "umax",
              0,
              m -> m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, WORD, "umin", "()J", false))),
  /** What is merged leads nowhere, wherever it comes from. */
  LOST_ORIGINS("Avoidance", "ways", method -> instead(method, m -> m.visitInsn(Opcodes.RETURN))),
  /** What is merged again lies where it lay before. */
  MOVING_MERGE(
      "Avoidance",
      "isAwayEachWay",
      method ->
          replacingCall(
              method,
              "equals",
              0,
              m -> {
                m.visitInsn(Opcodes.POP2);
                m.visitInsn(Opcodes.ICONST_1);
              })),
  /** Where an address was supposed to lie is never checked. */
  UNCHECKED_PLACE(
      "Framing",
      "unframed",
      method ->
          instead(
              method,
              m -> {
                m.visitTypeInsn(Opcodes.NEW, "java/util/HashSet");
                m.visitInsn(Opcodes.DUP);
                m.visitMethodInsn(
                    Opcodes.INVOKESPECIAL, "java/util/HashSet", "<init>", "()V", false);
                m.visitInsn(Opcodes.ARETURN);
              }));

  private final String className;
  private final String methodName;
  private final UnaryOperator<MethodVisitor> plant;

  /** A mistake in a method, which {@code plant} rewrites. */
  Displacement(String className, String methodName, UnaryOperator<MethodVisitor> plant) {
    this.className = "dev.ovsm.verifier.analysis." + className;
    this.methodName = methodName;
    this.plant = plant;
  }

  /** The search that is to find it, in the world that has the mistake. */
  Callable<String> search() throws ReflectiveOperationException {
    return new PlantedWorld(className, methodName, plant).search(Search.class);
  }

  /** Looks for a case that is not as it says; finds none as a rule. */
  public static final class Search implements Callable<String> {
    private static final Set<String> FILES = Set.of("branches.yaml", "calls.yaml", "memory.yaml");

    @Override
    public String call() throws IOException {
      for (Case one : Case.all(CasesTest.FOLDER)) {
        if (FILES.contains(one.file())) {
          try {
            CasesTest.check(one);
          } catch (AssertionError e) {
            return one.name();
          }
        }
      }
      return "";
    }
  }
}

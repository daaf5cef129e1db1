package dev.ovsm.tests.verifier;

import static dev.ovsm.tests.verifier.Planting.STEP;
import static dev.ovsm.tests.verifier.Planting.WORD;
import static dev.ovsm.tests.verifier.Planting.beginning;
import static dev.ovsm.tests.verifier.Planting.onlyThen;
import static dev.ovsm.tests.verifier.Planting.replacingCall;

import dev.ovsm.diag.VerifierCode;
import dev.ovsm.runtime.PlantedWorld;
import java.util.concurrent.Callable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes in what is said of memory, frames, records, handles, registrations, writes and the time
 * of day, each put into a class file of ours: a search that does not find them finds nothing.
 */
enum Misjudgement {
  /** Calls are taken to have no frames. */
  FLAT_CALLS(VerifierCode.DEEP_CALLS, "FrameUse", "below", Returned.NOUGHT),
  /** What is allocated is not counted. */
  FREE_HEAP(VerifierCode.DEEP_CALLS, "HeapUse", "of", Returned.NOUGHT),
  /** Nothing has to end. */
  ENDLESS_LIFE(VerifierCode.LEFT_OPEN, "Resource", "mustEnd", Returned.FALSE),
  /** What a function leaves open is closed when it returns. */
  CLOSED_AT_RETURN(VerifierCode.LEFT_OPEN, "OpenEnds", "areAny", Returned.FALSE),
  /** Whatever a function returns tells of a failure. */
  FAILED_END(VerifierCode.LEFT_OPEN, "OpenEnds", "areGood", Returned.FALSE),
  /** Iterators at two values that are no frame's addresses are two. */
  TWIN_ITERATORS(VerifierCode.LEFT_OPEN, "Strays", "add", Returned.NOTHING),
  /** What is over can still be used. */
  LIFE_AFTER_END(VerifierCode.WRONG_ORDER, "Resource", "misuse", Returned.NULL_IF_CLOSED),
  /** A callback of one timer is one of all. */
  SHARED_CALLBACK(VerifierCode.WRONG_ORDER, "Handles", "areApart", Returned.FALSE),
  /** What a function gets is no record, whatever it does with it. */
  PASSED_RECORD(VerifierCode.WRONG_ORDER, "Handles", "note", Returned.NOTHING),
  /** A null record can be given back. */
  NULL_RECORD(VerifierCode.UNCHECKED_NULL, "Resource", "misuse", Returned.NULL_IF_NULL),
  /** There is always room for a record. */
  SURE_RECORD(VerifierCode.UNCHECKED_NULL, "Resource", "after", Returned.OPEN),
  /** Everything lies within. */
  ENDLESS_OBJECT(VerifierCode.OUT_OF_BOUNDS, "Reach", "isWithin", Returned.TRUE),
  /** An access begins nowhere else than at its lowest place. */
  LOWEST_PLACE(VerifierCode.OUT_OF_BOUNDS, "Reach", "after", Returned.LOW),
  /** Criteria are in order, whatever they are. */
  ANY_CRITERIA(VerifierCode.BAD_REGISTRATION, "", "criteria", Returned.NO_DEMANDS),
  /** A trigger is in order, whatever it is. */
  ANY_TRIGGER(VerifierCode.BAD_REGISTRATION, "", "trigger", Returned.NO_DEMANDS),
  /** A check counts wherever it is. */
  ANY_CHECK(VerifierCode.READ_ONLY_WRITE, "Inspections", "said", Returned.CHECKED),
  /** What is written belongs to one account, wherever it is. */
  ANY_CONTENT(VerifierCode.READ_ONLY_WRITE, "Writing$Target", "isContent", Returned.TRUE),
  /** What is written belongs to no account, wherever it is. */
  NO_ACCOUNT(VerifierCode.READ_ONLY_WRITE, "Writing$Target", "isAside", Returned.TRUE),
  /** The next record begins wherever the program says. */
  ANY_SIZE(VerifierCode.READ_ONLY_WRITE, "AccountTable$Walk", "isSize", Returned.TRUE),
  /** Whatever is called succeeds. */
  SURE_SUCCESS(VerifierCode.READ_ONLY_WRITE, "Return", "seconds", Returned.ONLY_ZERO),
  /** What else is written leaves the table alone. */
  SAFE_TABLE(VerifierCode.READ_ONLY_WRITE, "AccountTable", "meets", Returned.FALSE),
  /** Whatever writes to a place overwrites all that is read there. */
  WHOLE_WRITES(VerifierCode.NONDETERMINISM, "Contents", "covers", Returned.TRUE),
  /** Whatever is called overwrites what is read afterwards. */
  WRITING_CALLS(VerifierCode.NONDETERMINISM, "Writers$Search", "isOverwrittenBy", Returned.TRUE),
  /** What is called has overwritten what it is passed, though it failed. */
  WRITING_FAILURE(VerifierCode.NONDETERMINISM, "Return", "seconds", Returned.ONLY_ZERO),
  /** Nothing is left in a frame by an earlier call. */
  CLEAN_FRAMES(VerifierCode.NONDETERMINISM, "Scope", "entersOnce", Returned.TRUE),
  /** What was written before a block is not read there. */
  NO_WAY_BACK(VerifierCode.NONDETERMINISM, "Writers$Search", "follow", Returned.NOTHING);

  private static final String PACKAGE = "dev.ovsm.verifier.";

  private final VerifierCode code;
  private final String className;
  private final String methodName;
  private final Returned returned;

  Misjudgement(VerifierCode code, String className, String methodName, Returned returned) {
    this.code = code;
    this.className =
        PACKAGE + (className.isEmpty() ? "RegistrationCheck" : "analysis." + className);
    this.methodName = methodName;
    this.returned = returned;
  }

  /** What the mistake keeps from being told. */
  VerifierCode code() {
    return code;
  }

  /** The search that is to find it, in the world that has the mistake. */
  Callable<String> search() throws ReflectiveOperationException {
    PlantedWorld world = new PlantedWorld(className, methodName, returned::in);
    return switch (code) {
      case READ_ONLY_WRITE -> world.search(Encroachment.class);
      case NONDETERMINISM -> world.search(Silence.class);
      default -> world.search(Dispute.class);
    };
  }

  /** What a method comes to instead. */
  private enum Returned {
    NOUGHT,
    FALSE,
    TRUE,
    NOTHING,
    OPEN,
    NULL_IF_CLOSED,
    NULL_IF_NULL,
    LOW,
    CHECKED,
    ONLY_ZERO,
    NO_DEMANDS;

    private static final String PHASE = "dev/ovsm/verifier/analysis/Phase";
    private static final String STANDING = "dev/ovsm/verifier/analysis/AccountWrite$Standing";
    private static final int OPEN_ONLY = 4;

    MethodVisitor in(MethodVisitor method) {
      if (this == LOW) {
        return replacingCall(
            method,
            "high",
            0,
            m -> m.visitMethodInsn(Opcodes.INVOKEVIRTUAL, STEP, "low", "()J", false));
      }
      return beginning(method, this::begin);
    }

    private void begin(MethodVisitor m) {
      switch (this) {
        case NOUGHT -> onlyThen(m, () -> give(m, Opcodes.LCONST_0, Opcodes.LRETURN));
        case FALSE -> onlyThen(m, () -> give(m, Opcodes.ICONST_0, Opcodes.IRETURN));
        case TRUE -> onlyThen(m, () -> give(m, Opcodes.ICONST_1, Opcodes.IRETURN));
        case NOTHING -> onlyThen(m, () -> m.visitInsn(Opcodes.RETURN));
        case NULL_IF_CLOSED -> nullIf(m, "CLOSED");
        case NULL_IF_NULL -> nullIf(m, "NULL");
        case OPEN -> openAfterBegin(m);
        case CHECKED ->
            onlyThen(
                m,
                () -> {
                  m.visitFieldInsn(Opcodes.GETSTATIC, STANDING, "CHECKED", "L" + STANDING + ";");
                  m.visitInsn(Opcodes.ARETURN);
                });
        case ONLY_ZERO ->
            onlyThen(
                m,
                () -> {
                  m.visitInsn(Opcodes.LCONST_0);
                  String type = "(J)L" + WORD + ";";
                  m.visitMethodInsn(Opcodes.INVOKESTATIC, WORD, "constant", type, false);
                  m.visitInsn(Opcodes.ARETURN);
                });
        default ->
            onlyThen(
                m,
                () -> {
                  String type = "()Ljava/util/List;";
                  m.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/List", "of", type, true);
                  m.visitInsn(Opcodes.ARETURN);
                });
      }
    }

    private static void give(MethodVisitor m, int constant, int giving) {
      m.visitInsn(constant);
      m.visitInsn(giving);
    }

    private static void nullIf(MethodVisitor m, String phase) {
      Label own = new Label();
      m.visitVarInsn(Opcodes.ALOAD, 2);
      m.visitFieldInsn(Opcodes.GETSTATIC, PHASE, phase, "L" + PHASE + ";");
      m.visitJumpInsn(Opcodes.IF_ACMPNE, own);
      give(m, Opcodes.ACONST_NULL, Opcodes.ARETURN);
      m.visitLabel(own);
      m.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }

    private static void openAfterBegin(MethodVisitor m) {
      String event = "dev/ovsm/verifier/analysis/Resource$Event";
      Label own = new Label();
      m.visitVarInsn(Opcodes.ALOAD, 1);
      m.visitFieldInsn(Opcodes.GETSTATIC, event, "BEGIN", "L" + event + ";");
      m.visitJumpInsn(Opcodes.IF_ACMPNE, own);
      m.visitIntInsn(Opcodes.BIPUSH, OPEN_ONLY);
      m.visitInsn(Opcodes.IRETURN);
      m.visitLabel(own);
      m.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }
  }
}

package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.PlantedWorld;
import java.util.concurrent.Callable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes of the kind that one makes in a scheduler, each put into a class file of ours: a
 * comparison that does not find them finds nothing.
 */
enum Mistake {
  /** What does not fit its slot is taken out of its queue all the same. */
  POP_BEFORE_ADMIT("Scheduler", "carryOver") {
    @Override
    void begin(MethodVisitor out) {
      field(out, "Scheduler", "triggers", TRIGGERS);
      out.visitVarInsn(Opcodes.ALOAD, 1);
      call(out, "Triggers", "take", "(" + TRIGGER + ")V");
      out.visitInsn(Opcodes.RETURN);
      out.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }
  },
  /** The next tick comes a period after now. */
  PERIOD_FROM_NOW("Registry", "tick") {
    @Override
    void begin(MethodVisitor out) {
      field(out, "Registry", "triggers", TRIGGERS);
      call(out, "Triggers", "slot", "()J");
      out.visitVarInsn(Opcodes.ALOAD, 1);
      call(out, "Registration", "period", "()J");
      out.visitInsn(Opcodes.LADD);
      out.visitVarInsn(Opcodes.LSTORE, 2);
    }
  },
  /** What a watcher sees while it waits to run is not told. */
  LOST_CROSSING("Signals", "notice") {
    @Override
    void begin(MethodVisitor out) {
      Label otherwise = new Label();
      out.visitVarInsn(Opcodes.ALOAD, 1);
      out.visitFieldInsn(Opcodes.GETFIELD, HOME + "Registration", "pending", TRIGGER);
      out.visitJumpInsn(Opcodes.IFNULL, otherwise);
      out.visitInsn(Opcodes.RETURN);
      out.visitLabel(otherwise);
      out.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
      out.visitInsn(Opcodes.NOP);
    }
  },
  /** An event is delivered twice. */
  DOUBLE_DELIVERY("Signals", "happened") {
    @Override
    void begin(MethodVisitor out) {
      field(out, "Signals", "triggers", TRIGGERS);
      out.visitVarInsn(Opcodes.ALOAD, 1);
      for (int i = 0; i < 2; i++) {
        field(out, "Signals", "triggers", TRIGGERS);
        call(out, "Triggers", "slot", "()J");
      }
      out.visitVarInsn(Opcodes.ALOAD, 2);
      call(out, "Triggers", "create", "(L" + HOME + "Registration;JJ[B)" + TRIGGER);
      out.visitInsn(Opcodes.POP);
    }
  },
  /** Another attempt has the number of the first. */
  RETRY_KEEPS_ITS_PLACE("Triggers", "retry") {
    @Override
    boolean replaces(MethodVisitor out, int opcode, String name) {
      boolean found = opcode == Opcodes.PUTFIELD && name.equals("seq");
      if (found) {
        out.visitInsn(Opcodes.POP2);
        out.visitInsn(Opcodes.POP);
      }
      return found;
    }
  },
  /** What ran leaves the slot its budget. */
  FREE_RUNS("SlotBudget", "charge") {
    @Override
    void begin(MethodVisitor out) {
      out.visitInsn(Opcodes.LCONST_0);
      out.visitVarInsn(Opcodes.LSTORE, 2);
    }
  },
  /** The breaker never holds anything up. */
  BREAKER_STAYS_CLOSED("Breaker", "blocks") {
    @Override
    void begin(MethodVisitor out) {
      out.visitInsn(Opcodes.LCONST_0);
      out.visitVarInsn(Opcodes.LSTORE, 1);
      out.visitVarInsn(Opcodes.ALOAD, 0);
      out.visitInsn(Opcodes.LCONST_0);
      out.visitFieldInsn(Opcodes.PUTFIELD, HOME + "Breaker", "openUntil", "J");
    }
  },
  /** A record that is still being written is passed over. */
  BUSY_IS_SKIPPED("Ring", "nextLength") {
    @Override
    Object constant(Object value) {
      return value.equals(DISCARD) ? (Object) (DISCARD | BUSY) : value;
    }
  },
  /** The oldest record can be taken, whichever is submitted. */
  SUBMITS_THE_OLDEST("Ring", "submit") {
    @Override
    void begin(MethodVisitor out) {
      field(out, "Ring", "consumer", "J");
      out.visitVarInsn(Opcodes.LSTORE, 1);
    }
  },
  /** A chain that fails leaves what it did before its last tail call. */
  CHAIN_COMMITS_TOO_SOON("Engine", "calledTail") {
    @Override
    void begin(MethodVisitor out) {
      field(out, "Engine", "journal", JOURNAL);
      call(out, "Journal", "close", "()V");
      field(out, "Engine", "journal", JOURNAL);
      call(out, "Journal", "open", "()V");
    }
  },
  /** A chain that succeeds has only done what came after its last tail call. */
  CHAIN_FORGETS("Engine", "calledTail") {
    @Override
    void begin(MethodVisitor out) {
      field(out, "Engine", "journal", JOURNAL);
      call(out, "Journal", "rollback", "()V");
      field(out, "Engine", "journal", JOURNAL);
      call(out, "Journal", "open", "()V");
    }
  },
  /** A map that evicts one element ends the timers of all. */
  EVICTS_ALL("Registry", "checkHandles") {
    @Override
    void called(MethodVisitor out, String name) {
      if (name.equals("isIn")) {
        out.visitVarInsn(Opcodes.ILOAD, 4);
        out.visitInsn(Opcodes.ICONST_1);
        out.visitInsn(Opcodes.IXOR);
        out.visitInsn(Opcodes.IAND);
      }
    }
  },
  /** A registration is paid twice. */
  DOUBLE_FEE("Dues", "lamports") {
    @Override
    Object constant(Object value) {
      return value.equals(Economy.REGISTRATION_LAMPORTS)
          ? (Object) (2 * Economy.REGISTRATION_LAMPORTS)
          : value;
    }
  };

  private static final String HOME = "dev/ovsm/runtime/autonomous/";
  private static final String TRIGGER = "L" + HOME + "Trigger;";
  private static final String TRIGGERS = "L" + HOME + "Triggers;";
  private static final String JOURNAL = "L" + HOME + "Journal;";
  private static final Long DISCARD = 1L << 30;
  private static final long BUSY = 1L << 31;

  private final String className;
  private final String methodName;

  Mistake(String className, String methodName) {
    this.className = className;
    this.methodName = methodName;
  }

  /** What the method does before anything else. */
  void begin(MethodVisitor out) {}

  /** What the method does behind a call. */
  void called(MethodVisitor out, String name) {}

  /** What the method does instead of reaching for a field; false if it does that. */
  boolean replaces(MethodVisitor out, int opcode, String name) {
    return false;
  }

  /** What the method has instead of a constant. */
  Object constant(Object value) {
    return value;
  }

  private static void field(MethodVisitor out, String owner, String name, String type) {
    out.visitVarInsn(Opcodes.ALOAD, 0);
    out.visitFieldInsn(Opcodes.GETFIELD, HOME + owner, name, type);
  }

  private static void call(MethodVisitor out, String owner, String name, String type) {
    out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, HOME + owner, name, type, false);
  }

  /** A search in a world that has the mistake, whose classes are not those of this one. */
  Callable<String> search(Class<? extends Callable<String>> type)
      throws ReflectiveOperationException {
    String changed = HOME.replace('/', '.') + className;
    return new PlantedWorld(changed, methodName, Changed::new).search(type);
  }

  private final class Changed extends MethodVisitor {
    Changed(MethodVisitor out) {
      super(Opcodes.ASM9, out);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      begin(mv);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String type, boolean isInterface) {
      super.visitMethodInsn(opcode, owner, name, type, isInterface);
      called(mv, name);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String type) {
      if (!replaces(mv, opcode, name)) {
        super.visitFieldInsn(opcode, owner, name, type);
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      super.visitLdcInsn(constant(value));
    }
  }
}

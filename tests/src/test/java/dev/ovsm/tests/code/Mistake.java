package dev.ovsm.tests.code;

import dev.ovsm.tests.machine.PlantedWorld;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes of the kind that one makes in an optimiser or an allocator, each one method of ours that
 * says something else: random modules that do not find them find nothing.
 */
enum Mistake {
  /** A load takes what was there before an overlapping store. */
  STALE_LOAD("dev.ovsm.ir.opt.LoadForwarding$Cell", "overlaps", Answer.NO),
  /** A store through an address cannot change what another address points to. */
  NO_ALIAS("dev.ovsm.ir.opt.LoadForwarding$Walk", "differ", Answer.YES),
  /** A slot whose address a callee has is taken to be out of everybody's reach. */
  UNSEEN_ESCAPE("dev.ovsm.ir.opt.SlotUses", "escape", Answer.NOTHING),
  /** Exchanging the operands of a comparison leaves it the same. */
  SWAPPED_COMPARISON("dev.ovsm.ir.Comparison", "swapped", Answer.ITSELF),
  /** A comparison holds exactly when its opposite does. */
  UNNEGATED_COMPARISON("dev.ovsm.ir.Comparison", "negated", Answer.ITSELF),
  /** Every check is taken to be proved. */
  LOST_CHECK("dev.ovsm.ir.flow.Range", "fits", Answer.YES),
  /** What may fail is dropped if its result is not used. */
  DROPPED_FAILURE("dev.ovsm.ir.opt.Effects", "isDroppable", Answer.YES),
  /** What is computed on one path counts as computed on the others. */
  FOREIGN_SUBEXPRESSION("dev.ovsm.ir.opt.CommonSubexpressions$Walk", "leave", Answer.NOTHING),
  /** What is computed in a loop is the same in each round. */
  MOVED_VARIANT("dev.ovsm.ir.opt.LoopInvariants$Hoisting", "isInvariant", Answer.YES),
  /** Jumps go past blocks whatever is in them. */
  SKIPPED_BLOCK("dev.ovsm.ir.opt.JumpThreading$Threading", "isPassable", Answer.YES),
  /** A slot falls into scalars whatever parts of it are read. */
  TORN_SLOT("dev.ovsm.ir.opt.ScalarReplacement$Layout", "isSound", Answer.YES),
  /** What is put anywhere is there already. */
  REDUNDANT_ALWAYS("dev.ovsm.backend.alloc.Redundancy", "set", Answer.YES),
  /** What was spilled is not brought to its slot. */
  DROPPED_SPILL("dev.ovsm.backend.alloc.Spiller$Split", "isWantedBehind", Answer.NO),
  /** Stores to the slots of spilled registers are taken to be dead. */
  DEAD_STORES("dev.ovsm.backend.alloc.SlotSharing", "reads", Answer.NOTHING),
  /** Two registers get the same place while both are wanted. */
  SHARED_REGISTER("dev.ovsm.backend.alloc.Occupancy", "isFree", Answer.YES),
  /** What moves from one slot to another does not arrive. */
  LOST_MOVE("dev.ovsm.backend.alloc.MoveSequencer", "throughRegister", Answer.NOTHING);

  private final String className;
  private final String methodName;
  private final Answer answer;

  Mistake(String className, String methodName, Answer answer) {
    this.className = className;
    this.methodName = methodName;
    this.answer = answer;
  }

  /** A search in the world that has the mistake, whose classes are not those of this one. */
  Callable<String> search(Class<? extends Callable<String>> type)
      throws ReflectiveOperationException {
    return new PlantedWorld(className, methodName, method -> new Replaced(method, answer))
        .search(type);
  }

  /** What the method says whatever it is asked. */
  private enum Answer {
    YES(method -> constant(method, Opcodes.ICONST_1)),
    NO(method -> constant(method, Opcodes.ICONST_0)),
    NOTHING(method -> method.visitInsn(Opcodes.RETURN)),
    ITSELF(
        method -> {
          method.visitVarInsn(Opcodes.ALOAD, 0);
          method.visitInsn(Opcodes.ARETURN);
        });

    private final Consumer<MethodVisitor> body;

    Answer(Consumer<MethodVisitor> body) {
      this.body = body;
    }

    private static void constant(MethodVisitor method, int opcode) {
      method.visitInsn(opcode);
      method.visitInsn(Opcodes.IRETURN);
    }
  }

  /** Drops what is read, and writes the answer instead. */
  private static final class Replaced extends MethodVisitor {
    private final MethodVisitor out;
    private final Answer answer;

    Replaced(MethodVisitor out, Answer answer) {
      super(Opcodes.ASM9);
      this.out = out;
      this.answer = answer;
    }

    @Override
    public void visitCode() {
      out.visitCode();
      answer.body.accept(out);
      out.visitMaxs(0, 0);
      out.visitEnd();
    }
  }
}

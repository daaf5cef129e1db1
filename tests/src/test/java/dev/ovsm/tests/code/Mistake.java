package dev.ovsm.tests.code;

import dev.ovsm.runtime.PlantedWorld;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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
  /** A constant that is computed again has no slot, but a parallel move takes it from there. */
  UNSTORED_CONSTANT(
      "dev.ovsm.backend.alloc.Spills", "refresh", "dev/ovsm/backend/machine/MachineInst$Moves"),
  /** Stores to the slots of spilled registers are taken to be dead. */
  DEAD_STORES("dev.ovsm.backend.alloc.SlotSharing", "reads", Answer.NOTHING),
  /** Two registers get the same place while both are wanted. */
  SHARED_REGISTER("dev.ovsm.backend.alloc.Occupancy", "isFree", Answer.YES),
  /** What moves from one slot to another does not arrive. */
  LOST_MOVE("dev.ovsm.backend.alloc.MoveSequencer", "throughRegister", Answer.NOTHING),
  /** What registers hold is taken to outlive every call. */
  KEPT_REGISTER("dev.ovsm.backend.alloc.Access", "writes", "isCall"),
  /** Cycles of moves go through a register that is in use. */
  TAKEN_SCRATCH("dev.ovsm.backend.alloc.MoveSequencer", "scratch", Answer.YES),
  /** What arithmetic leaves above the bits of a narrow number stays there. */
  UNCUT_RESULT("dev.ovsm.backend.select.Emitter", "cut", Answer.NOTHING),
  /** Slots share a place of the frame although both are in use. */
  SHARED_SLOT("dev.ovsm.backend.select.SharedSlots$Place", "isFree", Answer.YES),
  /** What is reached through an address in a slot does not count as reached. */
  UNFOLLOWED_HOLDER("dev.ovsm.backend.select.AddressFlow$Pursuit", "ofHolder", Answer.NOTHING),
  /** No number is cut to 32 bits, as where only a comparison by them wants it. */
  SHORT_COMPARISON("dev.ovsm.backend.select.Comparing", "isUncut", Answer.YES),
  /** Where a function that was compiled into another one returns, the other one returns. */
  RETURNING_CALLER("dev.ovsm.ir.opt.Splice", "copy", "dev/ovsm/ir/Terminator$Return"),
  /** Ways to failures are merged although they are about different values. */
  MERGED_FAILURES("dev.ovsm.ir.opt.TailMerging$Round", "differs", Answer.NO),
  /** A division of a signed number by a power of two is a shift. */
  SHIFTED_SIGN("dev.ovsm.ir.opt.ArithmeticRules", "power", "signed"),
  /** An address that a loop computes goes on by what its counter does, whatever the scale. */
  UNSCALED_STEP("dev.ovsm.backend.expand.LoopAddresses$Sum", "scale", Answer.ONE),
  /** Data lie anywhere in data that are as long. */
  FOREIGN_DATA("dev.ovsm.backend.layout.DataPool", "isEnd", Answer.YES),
  /** Control that comes to an island of jumps goes into it. */
  ENTERED_ISLAND("dev.ovsm.backend.layout.LongJumps", "endsBefore", Answer.YES);

  private final String className;
  private final String methodName;
  private final UnaryOperator<MethodVisitor> plant;

  /** A method says the same whatever it is asked. */
  Mistake(String className, String methodName, Answer answer) {
    this.className = className;
    this.methodName = methodName;
    this.plant = method -> new Replaced(method, answer);
  }

  /** A method takes it that something is not so: that a value is of a type, or what a call says. */
  Mistake(String className, String methodName, String denied) {
    this.className = className;
    this.methodName = methodName;
    this.plant = method -> new Denying(method, denied);
  }

  /** A search in the world that has the mistake, whose classes are not those of this one. */
  Callable<String> search(Class<? extends Callable<String>> type)
      throws ReflectiveOperationException {
    return new PlantedWorld(className, methodName, plant).search(type);
  }

  /** What the method says whatever it is asked. */
  private enum Answer {
    YES(method -> constant(method, Opcodes.ICONST_1)),
    NO(method -> constant(method, Opcodes.ICONST_0)),
    ONE(
        method -> {
          method.visitInsn(Opcodes.LCONST_1);
          method.visitInsn(Opcodes.LRETURN);
        }),
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

  /** Asks something, and goes on as if the answer were no. */
  private static final class Denying extends MethodVisitor {
    private final String denied;

    Denying(MethodVisitor out, String denied) {
      super(Opcodes.ASM9, out);
      this.denied = denied;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      super.visitTypeInsn(opcode, type);
      if (opcode == Opcodes.INSTANCEOF && type.equals(denied)) {
        deny();
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      if (name.equals(denied)) {
        deny();
      }
    }

    private void deny() {
      super.visitInsn(Opcodes.POP);
      super.visitInsn(Opcodes.ICONST_0);
    }
  }
}

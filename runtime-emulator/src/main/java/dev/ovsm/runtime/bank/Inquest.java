package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.Restart;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Observer;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Interprets programs and finds the instruction that made the first of them fail; of one that
 * returns an error, the last one that wrote r0.
 */
final class Inquest implements Engine {
  private final Interpreter interpreter = new Interpreter();
  private @Nullable Blame blame;

  @Override
  public Outcome execute(Vm vm) {
    Watch watch = new Watch(vm.program());
    vm.observe(watch);
    Outcome outcome = interpreter.execute(vm);
    Fault fault = outcome.fault();
    if (blame == null && (fault == null ? outcome.r0() != 0 : !isRestart(fault))) {
      Pubkey program = vm.context(InstructionContext.class).program();
      blame =
          fault == null
              ? new Blame(program, watch.written, watch.ways())
              : new Blame(program, (int) fault.pc(), List.of());
    }
    return outcome;
  }

  private static boolean isRestart(Fault fault) {
    return fault.error() instanceof Restart;
  }

  /** What is to blame; empty if no program failed. */
  Optional<Blame> blame() {
    return Optional.ofNullable(blame);
  }

  /** Remembers where r0 got its value, and which jump led there. */
  private static final class Watch implements Observer {
    private static final int NONE = -1;

    private final Program program;
    private int last = NONE;
    private int jump = NONE;
    private int start;
    private int written = NONE;
    private int way = NONE;
    private int wayStart;

    Watch(Program program) {
      this.program = program;
    }

    @Override
    public void before(long[] registers, int pc) {
      if (pc >= program.slots()) {
        return;
      }
      if (last == NONE || pc != last + 1 || isJump(last)) {
        jump = last;
        start = pc;
      }
      last = pc;
      if (writesResult(pc)) {
        written = pc;
        way = jump;
        wayStart = start;
      }
    }

    /** The jumps to the code that wrote r0 last, the one that was taken first. */
    List<Integer> ways() {
      List<Integer> ways = new ArrayList<>();
      for (int pc = 0; pc < program.slots(); pc++) {
        int target = pc + 1 + Slot.off(Slot.read(program.text(), pc));
        if (isJump(pc) && target >= wayStart && target <= written) {
          ways.add(pc == way ? 0 : ways.size(), pc);
        }
      }
      return ways;
    }

    private boolean isJump(int pc) {
      Opcode op = opcode(pc);
      return op != null && op.family().jumps();
    }

    private boolean writesResult(int pc) {
      Opcode op = opcode(pc);
      if (op == null) {
        return false;
      }
      return switch (op.family()) {
        case ALU32, ALU64, NEG, ENDIAN, LDDW, LOAD -> Slot.dst(Slot.read(program.text(), pc)) == 0;
        case CALL, CALLX -> true;
        case STORE_IMM, STORE_REG, JUMP, JUMP64, JUMP32, EXIT -> false;
      };
    }

    private @Nullable Opcode opcode(int pc) {
      long slot = Slot.read(program.text(), pc);
      return Opcode.decode(program.version(), Slot.code(slot));
    }
  }
}

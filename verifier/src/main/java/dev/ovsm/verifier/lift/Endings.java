package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * From which slots control can come to the end of a function, and so which calls never come back:
 * what lies behind such a call is not reached from there.
 */
final class Endings {
  private final Code code;
  private final boolean[] returns;
  private final Map<Integer, List<Integer>> jumps = new HashMap<>();
  private final Map<Integer, List<Integer>> calls = new HashMap<>();
  private final Deque<Integer> open = new ArrayDeque<>();

  Endings(Code code) {
    this.code = code;
    this.returns = new boolean[code.slots() + 1];
    for (int pc = 0; pc < code.slots(); pc++) {
      Insn insn = code.at(pc);
      if (insn != null) {
        note(pc, insn);
      }
    }
    while (!open.isEmpty()) {
      int pc = open.pop();
      comeTo(pc - 1);
      comeTo(pc - 2);
      jumps.getOrDefault(pc, List.of()).forEach(this::mark);
      calls.getOrDefault(pc, List.of()).forEach(this::comeTo);
    }
  }

  /** Whether control never comes back from the call at a slot. */
  boolean endsAt(int pc) {
    Insn insn = code.at(pc);
    if (insn == null || insn.op().family() != Family.CALL || code.isAmbiguous(insn)) {
      return false;
    }
    OptionalInt callee = code.callee(pc);
    return callee.isPresent()
        ? !returns[callee.getAsInt()]
        : Code.syscall(insn).filter(s -> s.effects().contains(Effect.NO_RETURN)).isPresent();
  }

  private void note(int pc, Insn insn) {
    if (insn.op().family() == Family.EXIT) {
      mark(pc);
    } else if (insn.op().family().jumps()) {
      jumps.computeIfAbsent(insn.target(pc), target -> new ArrayList<>()).add(pc);
    } else {
      code.callee(pc)
          .ifPresent(callee -> calls.computeIfAbsent(callee, c -> new ArrayList<>()).add(pc));
    }
  }

  /** Marks an instruction from which control goes on, without a jump, to one that is marked. */
  private void comeTo(int pc) {
    Insn insn = code.at(pc);
    boolean goesOn =
        insn != null
            && insn.op().family() != Family.JUMP
            && insn.op().family() != Family.EXIT
            && returns[Math.min(pc + insn.op().slots(), code.slots())];
    if (goesOn && !endsAt(pc)) {
      mark(pc);
    }
  }

  private void mark(int pc) {
    if (!returns[pc]) {
      returns[pc] = true;
      open.push(pc);
    }
  }
}

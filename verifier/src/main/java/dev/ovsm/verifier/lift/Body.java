package dev.ovsm.verifier.lift;

import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The instructions that control can reach from a function's first without a call, in blocks; block
 * 0 begins the function.
 *
 * <p>Whatever symbols say, code belongs to every function that jumps to it.
 */
final class Body {
  private final Code code;
  private final int start;
  private final int[] firsts;
  private final int[] ends;
  private final Cfg cfg;
  private final int size;

  private Body(Code code, int start, int[] firsts, int[] ends, int[][] successors, int size) {
    this.code = code;
    this.start = start;
    this.firsts = firsts;
    this.ends = ends;
    this.cfg = Cfg.of(successors);
    this.size = size;
  }

  /**
   * The body of the function at a slot; null if it has more than {@code most} instructions.
   *
   * @param ends at which calls control never comes back
   */
  static @Nullable Body of(Code code, int start, int most, IntPredicate ends) {
    BitSet leaders = new BitSet();
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    leaders.set(start);
    open.push(start);
    int size = 0;
    while (!open.isEmpty()) {
      int pc = open.pop();
      while (pc >= 0 && !seen.get(pc)) {
        seen.set(pc);
        if (++size > most) {
          return null;
        }
        Insn insn = code.at(pc);
        if (insn != null && insn.op().family().jumps()) {
          leaders.set(insn.target(pc));
          open.push(insn.target(pc));
          if (insn.op().family().isConditional()) {
            leaders.set(pc + 1);
          }
        }
        pc = next(insn, pc, ends);
      }
    }
    return cut(code, start, leaders, seen, size, ends);
  }

  /** The slot that control goes on to without a jump, or -1. */
  private static int next(@Nullable Insn insn, int pc, IntPredicate ends) {
    if (insn == null || insn.op().family() == Family.EXIT || insn.op().family() == Family.JUMP) {
      return -1;
    }
    return insn.op().family() == Family.CALL && ends.test(pc) ? -1 : pc + insn.op().slots();
  }

  private static Body cut(
      Code code, int start, BitSet leaders, BitSet seen, int size, IntPredicate endings) {
    List<Integer> order = new ArrayList<>();
    order.add(start);
    leaders.stream().filter(pc -> pc != start).forEach(order::add);
    int first = leaders.nextSetBit(0);
    int[] blockAt = new int[leaders.length() - first];
    int[] firsts = order.stream().mapToInt(Integer::intValue).toArray();
    for (int block = 0; block < firsts.length; block++) {
      blockAt[firsts[block] - first] = block;
    }
    int[] ends = new int[firsts.length];
    int[][] successors = new int[firsts.length][];
    for (int block = 0; block < firsts.length; block++) {
      int pc = firsts[block];
      int next = next(code.at(pc), pc, endings);
      while (next >= 0 && seen.get(next) && !leaders.get(next)) {
        pc = next;
        next = next(code.at(pc), pc, endings);
      }
      Insn last = code.at(pc);
      ends[block] = pc;
      if (last != null && last.op().family().isConditional()) {
        successors[block] = new int[] {blockAt[last.target(pc) - first], blockAt[pc + 1 - first]};
      } else if (last != null && last.op().family() == Family.JUMP) {
        successors[block] = new int[] {blockAt[last.target(pc) - first]};
      } else {
        successors[block] = next >= 0 ? new int[] {blockAt[next - first]} : new int[0];
      }
    }
    return new Body(code, start, firsts, ends, successors, size);
  }

  Code code() {
    return code;
  }

  int start() {
    return start;
  }

  /** How many instructions there are. */
  int size() {
    return size;
  }

  Cfg cfg() {
    return cfg;
  }

  /** The slot at which a block begins. */
  int first(int block) {
    return firsts[block];
  }

  /** The slot of a block's last instruction. */
  int last(int block) {
    return ends[block];
  }

  /** The slots of a block's instructions in order; the last may hold none. */
  int[] slots(int block) {
    int[] slots = new int[ends[block] - firsts[block] + 1];
    int count = 0;
    for (int pc = firsts[block]; pc <= ends[block]; ) {
      slots[count++] = pc;
      Insn insn = code.at(pc);
      pc += insn == null ? 1 : insn.op().slots();
    }
    return Arrays.copyOf(slots, count);
  }
}

package dev.ovsm.backend.select;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The check at the start of an entrypoint that there is any account: a word that is loaded from the
 * start of the input, only to be compared with zero.
 *
 * <p>Where the runtime gives the address of the instruction data in r2 (SIMD-0321), that tells it
 * without a load: accounts lie before the data, which without any begins 16 bytes from the start.
 * Elsewhere r2 is zero, which tells nothing, and the word is loaded.
 *
 * @param load the load of the number of accounts
 * @param present the block that runs if there is an account
 */
record PresenceCheck(Inst.Load load, int present) {
  /**
   * The bits of an address in the input of which one is set if it is 32 bytes or more from the
   * start; the input is shorter than two gigabytes and begins at a multiple of four.
   */
  static final int FAR = 0x7FFF_FFE0;

  /**
   * Whether r2 has nothing else than the address of the instruction data whenever the entrypoint is
   * entered; a tail call brings an address of its own.
   */
  static boolean isPossible(Module module) {
    return module.arrays().isEmpty()
        && module.entries().stream().allMatch(entry -> entry.kind() == Entry.Kind.INSTRUCTION);
  }

  /** The check at the end of a function's first block; null if there is none. */
  static @Nullable PresenceCheck of(Function function) {
    Block block = function.blocks().get(0);
    if (!(block.terminator() instanceof Terminator.Branch branch)
        || branch.then().block() == branch.otherwise().block()) {
      return null;
    }
    Inst.Load load = null;
    Inst.Compare compare = null;
    List<Value> zeros = new ArrayList<>();
    for (Inst inst : block.insts()) {
      if (inst instanceof Inst.Load one && isCount(one, function)) {
        load = one;
      } else if (inst instanceof Inst.Compare one && one.result().equals(branch.condition())) {
        compare = one;
      } else if (inst instanceof Inst.Const one && one.value() == 0) {
        zeros.add(one.result());
      } else if (inst instanceof Inst.Store
          || inst instanceof Inst.Copy
          || inst instanceof Inst.Zero
          || inst instanceof Inst.Call
          || inst instanceof Inst.Syscall) {
        return null;
      }
    }
    if (load == null
        || compare == null
        || !compare.left().equals(load.result())
        || !zeros.contains(compare.right())
        || uses(function, load.result()) != 1
        || uses(function, compare.result()) != 1) {
      return null;
    }
    return switch (compare.op()) {
      case EQ -> new PresenceCheck(load, branch.otherwise().block());
      case NE, GT -> new PresenceCheck(load, branch.then().block());
      case LT, LE, GE -> null;
    };
  }

  private static boolean isCount(Inst.Load load, Function function) {
    return load.address().equals(function.parameters().get(0))
        && load.offset() == 0
        && load.result().type().bytes() == 8;
  }

  private static int uses(Function function, Value value) {
    int uses = 0;
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        uses += count(inst.operands(), value);
      }
      uses += count(block.terminator().operands(), value);
      for (Terminator.Target target : block.terminator().targets()) {
        uses += count(target.arguments(), value);
      }
    }
    return uses;
  }

  private static int count(List<Value> used, Value value) {
    int count = 0;
    for (Value one : used) {
      count += one.equals(value) ? 1 : 0;
    }
    return count;
  }
}

package dev.ovsm.verifier.lift;

import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.sbpf.Insn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which definition of each variable reaches each block: one in an earlier block, or a phi of a
 * block where several meet.
 *
 * <p>A phi is put wherever ways meet and the variable is still needed; then those that only ever
 * stand for one other definition are taken away, until few are left.
 */
final class Definitions {
  /** The function's beginning, as a definition. */
  static final int ENTRY = 0;

  private static final int PASSES = 24;
  private static final int MOST_ARGUMENTS = 5;

  private final Cfg cfg;
  private final int count;
  private final BitSet[] live;
  private final BitSet[] defined;
  private final int[][] entering;
  private final int[][] instead;
  private final Map<Integer, List<Integer>> phis = new HashMap<>();

  Definitions(Variables variables) {
    Body body = variables.body();
    this.cfg = body.cfg();
    this.count = variables.count();
    this.live = new BitSet[cfg.size()];
    this.defined = new BitSet[cfg.size()];
    this.entering = new int[cfg.size()][];
    this.instead = new int[cfg.size()][];
    for (int block : cfg.order()) {
      summarise(variables, block);
    }
    spread();
    place();
    boolean changed = true;
    for (int pass = 0; changed && pass < PASSES; pass++) {
      changed = simplify(pass % 2 == 1);
    }
  }

  /** The definition at the end of a block, if the block itself makes one. */
  static int in(int block) {
    return 2 * block + 1;
  }

  /** The phi of a block. */
  static int phi(int block) {
    return 2 * block + 2;
  }

  /** How many of r1, r2, … up to r5 the function needs from its caller. */
  int arity() {
    int highest = live[0].previousSetBit(MOST_ARGUMENTS);
    return Math.max(highest, 0);
  }

  /** The variables whose values a block still needs from before. */
  BitSet live(int block) {
    return live[block];
  }

  /** The definition of a live variable that holds when a block is entered. */
  int entering(int block, int variable) {
    return resolve(entering[block][variable], variable);
  }

  /** The variables for which a block has phis, ascending. */
  List<Integer> phis(int block) {
    return phis.computeIfAbsent(block, this::findPhis);
  }

  private List<Integer> findPhis(int block) {
    List<Integer> phis = new ArrayList<>();
    for (int v = live[block].nextSetBit(0); v >= 0; v = live[block].nextSetBit(v + 1)) {
      if (entering(block, v) == phi(block)) {
        phis.add(v);
      }
    }
    return phis;
  }

  private void summarise(Variables variables, int block) {
    BitSet used = new BitSet(count);
    BitSet made = new BitSet(count);
    Body body = variables.body();
    for (int pc : body.slots(block)) {
      Insn insn = body.code().at(pc);
      if (insn != null) {
        variables.uses(
            pc,
            insn,
            v -> {
              if (!made.get(v)) {
                used.set(v);
              }
            });
        variables.defines(pc, insn, made::set);
      }
    }
    live[block] = used;
    defined[block] = made;
  }

  /** Spreads what is needed backwards. */
  private void spread() {
    int[] order = cfg.order();
    BitSet open = new BitSet();
    open.set(0, order.length);
    for (int at = open.length() - 1; at >= 0; at = open.length() - 1) {
      open.clear(at);
      int block = order[at];
      for (int predecessor : cfg.predecessors(block)) {
        BitSet through = (BitSet) live[block].clone();
        through.andNot(defined[predecessor]);
        through.andNot(live[predecessor]);
        if (!through.isEmpty()) {
          live[predecessor].or(through);
          open.set(cfg.position(predecessor));
        }
      }
    }
  }

  private void place() {
    for (int block : cfg.order()) {
      entering[block] = new int[count];
      instead[block] = new int[count];
      Arrays.fill(instead[block], -1);
      int[] predecessors = cfg.predecessors(block);
      boolean meets = predecessors.length + (block == 0 ? 1 : 0) > 1;
      for (int v = live[block].nextSetBit(0); v >= 0; v = live[block].nextSetBit(v + 1)) {
        entering[block][v] =
            meets ? phi(block) : predecessors.length == 0 ? ENTRY : leaving(predecessors[0], v);
      }
    }
  }

  private int leaving(int block, int variable) {
    return defined[block].get(variable) ? in(block) : entering[block][variable];
  }

  private int resolve(int definition, int variable) {
    int at = definition;
    while (at > 0 && at % 2 == 0 && instead[at / 2 - 1][variable] >= 0) {
      at = instead[at / 2 - 1][variable];
    }
    int root = at;
    at = definition;
    while (at != root) {
      int block = at / 2 - 1;
      at = instead[block][variable];
      instead[block][variable] = root;
    }
    return root;
  }

  private boolean simplify(boolean backwards) {
    boolean changed = false;
    int[] order = cfg.order();
    for (int i = 0; i < order.length; i++) {
      int block = order[backwards ? order.length - 1 - i : i];
      for (int v = live[block].nextSetBit(0); v >= 0; v = live[block].nextSetBit(v + 1)) {
        if (entering[block][v] == phi(block) && instead[block][v] < 0) {
          int only = only(block, v);
          changed |= only >= 0;
          instead[block][v] = only;
        }
      }
    }
    return changed;
  }

  /** The one definition that a phi stands for, or -1 if there are several. */
  private int only(int block, int variable) {
    int only = block == 0 ? ENTRY : -1;
    for (int predecessor : cfg.predecessors(block)) {
      int one = resolve(leaving(predecessor, variable), variable);
      if (one != phi(block) && one != only) {
        if (only >= 0) {
          return -1;
        }
        only = one;
      }
    }
    return only;
  }
}

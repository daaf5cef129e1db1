package dev.ovsm.ir;

import java.util.List;
import java.util.function.Consumer;

/**
 * Goes through what instructions and terminators use, in the order of their operands, and makes no
 * lists: passes look at every use many times.
 */
public final class Uses {
  private Uses() {}

  /** The values that an instruction uses. */
  public static void each(Inst inst, Consumer<Value> use) {
    if (inst instanceof Inst.Binary binary) {
      use.accept(binary.left());
      use.accept(binary.right());
    } else if (inst instanceof Inst.Compare compare) {
      use.accept(compare.left());
      use.accept(compare.right());
    } else if (inst instanceof Inst.Convert convert) {
      use.accept(convert.operand());
    } else if (inst instanceof Inst.Load load) {
      use.accept(load.address());
    } else if (inst instanceof Inst.Store store) {
      use.accept(store.address());
      use.accept(store.value());
    } else {
      each(inst.operands(), use);
    }
  }

  /** The values that a terminator uses, arguments of targets excluded. */
  public static void each(Terminator end, Consumer<Value> use) {
    if (end instanceof Terminator.Branch branch) {
      use.accept(branch.condition());
    } else {
      each(end.operands(), use);
    }
  }

  /** The successors of a terminator. */
  public static void eachTarget(Terminator end, Consumer<Terminator.Target> to) {
    if (end instanceof Terminator.Jump jump) {
      to.accept(jump.target());
    } else if (end instanceof Terminator.Branch branch) {
      to.accept(branch.then());
      to.accept(branch.otherwise());
    } else {
      each(end.targets(), to);
    }
  }

  private static <T> void each(List<T> all, Consumer<T> use) {
    for (int i = 0; i < all.size(); i++) {
      use.accept(all.get(i));
    }
  }
}

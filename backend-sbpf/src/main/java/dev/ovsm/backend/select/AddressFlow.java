package dev.ovsm.backend.select;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What becomes of addresses in a function: where memory is reached through them, and who gets them.
 */
final class AddressFlow {
  /** Number of the first instruction of each block; its terminator has the last one. */
  private final int[] starts;

  private final Map<Integer, List<Use>> uses = new HashMap<>();
  private final Predicate<Passed> returned;

  /**
   * A use of a value.
   *
   * @param at the number of the instruction or terminator
   * @param becomes the values that are computed from it
   * @param passed the arguments of calls that it is
   */
  private record Use(int at, Kind kind, List<Value> becomes, List<Passed> passed) {}

  private enum Kind {
    /** Reaches memory through the address at most. */
    TOUCH,
    /** Only computes with it. */
    COMPUTE,
    /** Hands it to the caller. */
    RETURN,
    /** Puts it where it cannot be followed. */
    KEEP
  }

  /** An argument of a call. */
  record Passed(String function, int index) {}

  /**
   * What became of an address.
   *
   * @param touches numbers of instructions that may reach memory through it
   * @param passed the arguments of calls that it is
   * @param isReturned whether the caller gets it or something computed from it
   * @param isKept whether it got where it cannot be followed
   */
  record Fate(Set<Integer> touches, Set<Passed> passed, boolean isReturned, boolean isKept) {}

  /**
   * The flow in a function.
   *
   * @param returned whether what a call returns may be computed from an argument of it
   */
  AddressFlow(Function function, Predicate<Passed> returned) {
    this.returned = returned;
    this.starts = new int[function.blocks().size() + 1];
    for (Block block : function.blocks()) {
      int at = starts[block.id()];
      for (Inst inst : block.insts()) {
        note(inst, at++);
      }
      note(function, block.terminator(), at++);
      starts[block.id() + 1] = at;
    }
  }

  /** The number of the first instruction of a block; of the block behind the last, their count. */
  int start(int block) {
    return starts[block];
  }

  /** The block of an instruction. */
  int block(int at) {
    int found = Arrays.binarySearch(starts, at);
    return found >= 0 ? found : -found - 2;
  }

  private void note(Inst inst, int at) {
    Value result = inst.result();
    if (inst instanceof Inst.Store store) {
      use(store.address(), new Use(at, Kind.TOUCH, List.of(), List.of()));
      use(store.value(), new Use(at, Kind.KEEP, List.of(), List.of()));
    } else if (inst instanceof Inst.Call call) {
      for (int i = 0; i < call.arguments().size(); i++) {
        Passed passed = new Passed(call.function(), i);
        List<Value> becomes = result != null && returned.test(passed) ? List.of(result) : List.of();
        use(call.arguments().get(i), new Use(at, Kind.TOUCH, becomes, List.of(passed)));
      }
    } else if (inst instanceof Inst.Load
        || inst instanceof Inst.Copy
        || inst instanceof Inst.Zero
        || inst instanceof Inst.Syscall) {
      inst.operands().forEach(v -> use(v, new Use(at, Kind.TOUCH, List.of(), List.of())));
    } else if (result != null && !(inst instanceof Inst.Compare)) {
      inst.operands().forEach(v -> use(v, new Use(at, Kind.COMPUTE, List.of(result), List.of())));
    }
  }

  private void note(Function function, Terminator end, int at) {
    if (end instanceof Terminator.Return) {
      end.operands().forEach(v -> use(v, new Use(at, Kind.RETURN, List.of(), List.of())));
    }
    for (Terminator.Target target : end.targets()) {
      List<Value> parameters = function.blocks().get(target.block()).parameters();
      for (int i = 0; i < parameters.size(); i++) {
        Value argument = target.arguments().get(i);
        use(argument, new Use(at, Kind.COMPUTE, List.of(parameters.get(i)), List.of()));
      }
    }
  }

  private void use(Value value, Use use) {
    uses.computeIfAbsent(value.id(), id -> new ArrayList<>()).add(use);
  }

  /** Follows an address and all that is computed from it. */
  Fate of(Value address) {
    Set<Integer> touches = new HashSet<>();
    Set<Passed> passed = new HashSet<>();
    Set<Integer> seen = new HashSet<>(List.of(address.id()));
    Deque<Integer> work = new ArrayDeque<>(seen);
    boolean isReturned = false;
    boolean isKept = false;
    while (!work.isEmpty()) {
      for (Use use : uses.getOrDefault(work.remove(), List.of())) {
        isKept |= use.kind == Kind.KEEP;
        isReturned |= use.kind == Kind.RETURN;
        if (use.kind == Kind.TOUCH) {
          touches.add(use.at);
        }
        passed.addAll(use.passed);
        for (Value value : use.becomes) {
          if (seen.add(value.id())) {
            work.add(value.id());
          }
        }
      }
    }
    return new Fate(touches, passed, isReturned, isKept);
  }
}

package dev.ovsm.backend.select;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Value;
import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What becomes of addresses in a function: where memory is reached through them, and who gets them.
 *
 * <p>An address that is stored into a slot is followed through it: to what is loaded from there,
 * and to syscalls that reach through what lies there. It cannot be followed out of a slot that
 * somebody else gets to know.
 */
final class AddressFlow {
  /** Through so many slots, each with the address of the next one, an address is followed. */
  private static final int MOST_STEPS = 3;

  /** Number of the first instruction of each block; its terminator has the last one. */
  private final int[] starts;

  private final Map<Integer, List<Use>> uses = new HashMap<>();

  /** Slots, and addresses at fixed distances in them, by number. */
  private final Map<Integer, Within> within = new HashMap<>();

  /** The numbers of the instructions where slots begin, by their value's number. */
  private final Map<Integer, Integer> beginnings = new HashMap<>();

  private final Map<Integer, Long> constants = new HashMap<>();
  private final Predicate<Passed> returned;

  /** An address in a slot. */
  private record Within(Inst.StackSlot slot, long offset) {}

  /**
   * A use of a value.
   *
   * @param at the number of the instruction or terminator
   * @param becomes the values that are computed or loaded from it, or the slot that holds it
   * @param passed the arguments of calls that it is
   */
  private record Use(int at, Kind kind, List<Value> becomes, List<Passed> passed) {}

  private enum Kind {
    /** Writes memory there. */
    WRITE,
    /** Reads memory there; what it gets is what it becomes. */
    LOAD,
    /** Gives it to a syscall that reads addresses there, and what they lead to. */
    FOLLOW,
    /** Gives it to whom may read addresses there and keep them. */
    GIVE,
    /** Only computes with it. */
    COMPUTE,
    /** Stores it in a slot. */
    HOLD,
    /** Hands it to the caller. */
    RETURN,
    /** Puts it where it cannot be followed. */
    KEEP
  }

  /**
   * A value that leads to the address.
   *
   * @param steps how often memory must be read to come to the address itself; 0 if this is it
   */
  private record Lead(int value, int steps) {}

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

  /** The number of the instruction that a slot begins with. */
  int beginning(Inst.StackSlot slot) {
    return Objects.requireNonNull(beginnings.get(slot.result().id()));
  }

  /** The block of an instruction. */
  int block(int at) {
    int found = Arrays.binarySearch(starts, at);
    return found >= 0 ? found : -found - 2;
  }

  private void note(Inst inst, int at) {
    Value result = inst.result();
    if (inst instanceof Inst.Store store) {
      use(store.address(), at, Kind.WRITE, List.of());
      List<Value> holder = holder(store);
      use(store.value(), at, holder.isEmpty() ? Kind.KEEP : Kind.HOLD, holder);
    } else if (inst instanceof Inst.Load load) {
      use(load.address(), at, Kind.LOAD, List.of(load.result()));
    } else if (inst instanceof Inst.Zero zero) {
      use(zero.target(), at, Kind.WRITE, List.of());
    } else if (inst instanceof Inst.Copy copy) {
      use(copy.target(), at, Kind.WRITE, List.of());
      use(copy.source(), at, Kind.GIVE, List.of());
    } else if (inst instanceof Inst.Call call) {
      for (int i = 0; i < call.arguments().size(); i++) {
        Passed passed = new Passed(call.function(), i);
        List<Value> becomes = result != null && returned.test(passed) ? List.of(result) : List.of();
        use(call.arguments().get(i), new Use(at, Kind.GIVE, becomes, List.of(passed)));
      }
    } else if (inst instanceof Inst.Syscall syscall) {
      for (int i = 0; i < syscall.arguments().size(); i++) {
        Kind kind = isFollowed(syscall, i) ? Kind.FOLLOW : Kind.GIVE;
        use(syscall.arguments().get(i), at, kind, List.of());
      }
    } else if (result != null && !(inst instanceof Inst.Compare)) {
      inst.operands().forEach(v -> use(v, at, Kind.COMPUTE, List.of(result)));
    }
    place(inst, at);
  }

  /** Notes an address in a slot. */
  private void place(Inst inst, int at) {
    if (inst instanceof Inst.StackSlot slot) {
      within.put(slot.result().id(), new Within(slot, 0));
      beginnings.put(slot.result().id(), at);
    } else if (inst instanceof Inst.Const constant) {
      constants.put(constant.result().id(), constant.value());
    } else if (inst instanceof Inst.Binary sum && sum.op() == BinaryOp.ADD) {
      Within base = within.get(sum.left().id());
      Long distance = constants.get(sum.right().id());
      if (base != null && distance != null) {
        within.put(sum.result().id(), new Within(base.slot, base.offset + distance));
      }
    }
  }

  /** The slot that a store writes to as a whole; empty if none is known. */
  private List<Value> holder(Inst.Store store) {
    Within target = within.get(store.address().id());
    if (target == null) {
      return List.of();
    }
    long from = target.offset + store.offset();
    long last = (long) target.slot.bytes() - store.value().type().bytes();
    return from >= 0 && from <= last ? List.of(target.slot.result()) : List.of();
  }

  /** Whether a syscall reads addresses behind an argument, and keeps and hands on none. */
  private static boolean isFollowed(Inst.Syscall inst, int index) {
    List<Argument> arguments = Syscall.of(inst.name()).map(Syscall::arguments).orElse(List.of());
    return index < arguments.size() && arguments.get(index).kind() == Argument.Kind.FOLLOW;
  }

  private void note(Function function, Terminator end, int at) {
    if (end instanceof Terminator.Return) {
      end.operands().forEach(v -> use(v, at, Kind.RETURN, List.of()));
    }
    for (Terminator.Target target : end.targets()) {
      List<Value> parameters = function.blocks().get(target.block()).parameters();
      for (int i = 0; i < parameters.size(); i++) {
        use(target.arguments().get(i), at, Kind.COMPUTE, List.of(parameters.get(i)));
      }
    }
  }

  private void use(Value value, int at, Kind kind, List<Value> becomes) {
    use(value, new Use(at, kind, becomes, List.of()));
  }

  private void use(Value value, Use use) {
    uses.computeIfAbsent(value.id(), id -> new ArrayList<>()).add(use);
  }

  /** Follows an address, all that is computed from it, and the slots that hold it. */
  Fate of(Value address) {
    return new Pursuit().of(address);
  }

  /** One address on its ways. */
  private final class Pursuit {
    private final Set<Integer> touches = new HashSet<>();
    private final Set<Passed> passed = new HashSet<>();
    private final Set<Lead> seen = new HashSet<>();
    private final Deque<Lead> work = new ArrayDeque<>();
    private boolean isReturned;
    private boolean isKept;

    Fate of(Value address) {
      lead(address, 0);
      while (!work.isEmpty()) {
        Lead lead = work.remove();
        for (Use use : uses.getOrDefault(lead.value, List.of())) {
          if (lead.steps == 0) {
            ofItself(use);
          } else {
            ofHolder(use, lead.steps);
          }
        }
      }
      return new Fate(touches, passed, isReturned, isKept);
    }

    private void ofItself(Use use) {
      passed.addAll(use.passed);
      switch (use.kind) {
        case WRITE, LOAD, FOLLOW -> touches.add(use.at);
        case GIVE -> {
          touches.add(use.at);
          use.becomes.forEach(value -> lead(value, 0));
        }
        case COMPUTE -> use.becomes.forEach(value -> lead(value, 0));
        case HOLD -> use.becomes.forEach(slot -> lead(slot, 1));
        case RETURN -> isReturned = true;
        case KEEP -> isKept = true;
      }
    }

    private void ofHolder(Use use, int steps) {
      switch (use.kind) {
        case WRITE -> {}
        case LOAD -> use.becomes.forEach(value -> lead(value, steps - 1));
        case FOLLOW -> {
          touches.add(use.at);
          // What lies behind the addresses that it follows goes where the syscall takes it.
          isKept |= steps > 1;
        }
        case COMPUTE -> use.becomes.forEach(value -> lead(value, steps));
        case HOLD -> use.becomes.forEach(slot -> lead(slot, steps + 1));
        case GIVE, RETURN, KEEP -> isKept = true;
      }
    }

    private void lead(Value value, int steps) {
      if (steps > MOST_STEPS) {
        isKept = true;
      } else if (seen.add(new Lead(value.id(), steps))) {
        work.add(new Lead(value.id(), steps));
      }
    }
  }
}

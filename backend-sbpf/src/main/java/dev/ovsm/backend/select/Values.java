package dev.ovsm.backend.select;

import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.Opcodes;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Uses;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a function are: in a virtual register, or nowhere because they are made anew
 * at each use, as constants and addresses of slots and data are.
 */
final class Values {
  private final Emitter out;
  private final Places places;
  private final Map<Integer, Long> constants = new HashMap<>();
  private final Map<Integer, Integer> data = new HashMap<>();
  private final Map<Integer, Integer> registers = new HashMap<>();
  private final Map<Integer, Integer> uses = new HashMap<>();

  /** The parameters that each value is brought to by jumps. */
  private final Map<Integer, Set<Integer>> brought = new HashMap<>();

  /** Constants that the current block has in a register already. */
  private final Map<Long, Integer> made = new HashMap<>();

  Values(Function function, Cfg cfg, Emitter out, ToIntFunction<Inst.StackSlot> slots) {
    this.out = out;
    Consumer<Value> use = this::use;
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Const constant) {
          constants.put(constant.result().id(), constant.value());
        } else if (inst instanceof Inst.DataAddress address) {
          data.put(address.result().id(), address.data());
        }
        Uses.each(inst, use);
      }
      Uses.each(block.terminator(), use);
      for (Terminator.Target target : block.terminator().targets()) {
        target.arguments().forEach(use);
        List<Value> parameters = function.blocks().get(target.block()).parameters();
        for (int i = 0; i < parameters.size(); i++) {
          brought
              .computeIfAbsent(target.arguments().get(i).id(), id -> new HashSet<>())
              .add(parameters.get(i).id());
        }
      }
    }
    this.places = new Places(function, cfg, constants, slots);
  }

  private void use(Value value) {
    uses.merge(value.id(), 1, Integer::sum);
  }

  /** Whether no more than one operand is the value. */
  boolean isUsedOnce(Value value) {
    return uses.getOrDefault(value.id(), 0) <= 1;
  }

  /** Whether some jump makes a value the next number of a parameter. */
  boolean isBroughtTo(Value value, Value parameter) {
    return brought.getOrDefault(value.id(), Set.of()).contains(parameter.id());
  }

  /** Forgets what was made for one block. */
  void enterBlock() {
    made.clear();
  }

  @Nullable Long constant(Value value) {
    return constants.get(value.id());
  }

  /** The constant as an immediate operand; null if it is none or too large. */
  @Nullable Long immediate(Value value) {
    Long constant = constant(value);
    return constant != null && Opcodes.fits(constant) ? constant : null;
  }

  /** The value is always this number; it needs no register. */
  void isConstant(Value value, long number) {
    constants.put(value.id(), number);
  }

  /** The value is what another one is. */
  void isSame(Value value, Value other) {
    registers.put(value.id(), register(other));
  }

  /** Whether an address has no register of its own. */
  boolean isPlace(Value address) {
    return places.find(address) != null;
  }

  /** A register that holds the value; not to be written. */
  int register(Value value) {
    Long constant = constant(value);
    if (constant != null) {
      return made.computeIfAbsent(constant, c -> fresh(value));
    }
    if (data.containsKey(value.id()) || places.find(value) != null) {
      return fresh(value);
    }
    return home(value);
  }

  /** The virtual register that belongs to the value. */
  int home(Value value) {
    return registers.computeIfAbsent(value.id(), id -> out.fresh());
  }

  private int fresh(Value value) {
    int register = out.fresh();
    into(register, value);
    return register;
  }

  /** Puts the value into a register. */
  void into(int register, Value value) {
    Long constant = constant(value);
    Integer item = data.get(value.id());
    Places.Place place = places.find(value);
    if (constant != null) {
      out.constant(register, constant);
    } else if (item != null) {
      out.code(Opcode.LDDW, register, 0, 0, 0, new Link.Data(item));
    } else if (place != null) {
      address(register, place);
    } else {
      out.copy(register, home(value));
    }
  }

  private void address(int register, Places.Place place) {
    Value base = place.base();
    if (base == null) {
      out.slotAddress(register, place.slot(), place.offset());
    } else {
      into(register, base);
      out.aluImm(Operation.ADD, register, place.offset());
    }
  }

  /** Copies values into registers as if at once; those made anew come last. */
  void together(int[] targets, List<Value> values) {
    List<MachineInst.Move> moves = new ArrayList<>();
    List<Integer> later = new ArrayList<>();
    for (int i = 0; i < targets.length; i++) {
      if (isMade(values.get(i))) {
        later.add(i);
      } else {
        moves.add(new MachineInst.Move(targets[i], home(values.get(i))));
      }
    }
    out.moves(moves);
    for (int i : later) {
      into(targets[i], values.get(i));
    }
  }

  /** Puts the arguments of a call into their registers. */
  void arguments(List<Value> arguments) {
    int[] targets = new int[arguments.size()];
    Arrays.setAll(targets, i -> Location.FIRST_ARGUMENT + i);
    together(targets, arguments);
  }

  private boolean isMade(Value value) {
    return constants.containsKey(value.id())
        || data.containsKey(value.id())
        || places.find(value) != null;
  }

  /** A memory operand: base register, offset, and the slot that it is counted from, if one. */
  record Operand(int base, int offset, @Nullable Link link) {
    Operand plus(int bytes) {
      return new Operand(base, offset + bytes, link);
    }
  }

  /** The memory operand for {@code bytes} bytes at an offset from an address. */
  Operand memory(Value address, int offset, int bytes) {
    Places.Place place = places.of(address).plus(offset);
    Value base = place.base();
    if (base == null && Math.abs(place.offset()) < Short.MAX_VALUE / 2) {
      Link slot = new Link.Slot(place.slot());
      return new Operand(Location.FRAME, (int) place.offset(), slot);
    }
    if (base != null && isShort(place.offset()) && isShort(place.offset() + bytes)) {
      return new Operand(register(base), (int) place.offset(), null);
    }
    int register = out.fresh();
    into(register, address);
    if (offset != 0) {
      out.aluImm(Operation.ADD, register, offset);
    }
    return new Operand(register, 0, null);
  }

  private static boolean isShort(long offset) {
    return offset == (short) offset;
  }
}

package dev.ovsm.tests.code;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.build.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Makes up what a function does to its slots, its input and constant data, and what it logs. */
final class RandomMemory {
  /** Most accesses of a slot are to so many bytes, so that they overlap. */
  private static final int NEARBY = 12;

  private static final int SLOT_BYTES = RandomFunction.SLOT_BYTES;

  private final Random random;
  private final FunctionBuilder out;
  private final List<Variable> variables;
  private final RandomValues values;
  private final boolean isEntry;
  private final int data;
  private final List<Value> slots = new ArrayList<>();

  RandomMemory(
      Random random,
      FunctionBuilder out,
      List<Variable> variables,
      RandomValues values,
      boolean isEntry,
      int data) {
    this.random = random;
    this.out = out;
    this.variables = variables;
    this.values = values;
    this.isEntry = isEntry;
    this.data = data;
  }

  /** A slot of zeros. */
  void slot() {
    Value slot = out.slot(SLOT_BYTES, 8);
    out.zero(slot, SLOT_BYTES);
    slots.add(slot);
  }

  void access() {
    if (slots.isEmpty()) {
      values.assign();
      return;
    }
    Value slot = slots.get(random.nextInt(slots.size()));
    Variable variable = values.any();
    Value address = random.nextInt(3) == 0 ? anywhere(slot) : slot;
    boolean nearby = !address.equals(slot) || random.nextInt(3) != 0;
    int offset = random.nextInt(nearby ? NEARBY : SLOT_BYTES - 8);
    switch (random.nextInt(5)) {
      case 0, 1 -> out.store(address, offset, out.read(variable));
      case 2, 3 -> out.write(variable, out.load(variable.type(), address, offset));
      default -> {
        Value other = slots.get(random.nextInt(slots.size()));
        int bytes = 1 + random.nextInt(SLOT_BYTES);
        if (random.nextBoolean() && !other.equals(slot)) {
          out.copy(slot, other, bytes);
        } else {
          out.zero(slot, bytes);
        }
      }
    }
  }

  /** Writes over a part of what was read or written before, and reads it again. */
  void overwrite() {
    if (slots.isEmpty() && !isEntry) {
      values.assign();
      return;
    }
    boolean inFrame = !slots.isEmpty() && (!isEntry || random.nextBoolean());
    Value base =
        inFrame
            ? slots.get(random.nextInt(slots.size()))
            : out.offset(out.parameter(0), RandomModule.INPUT_START);
    Variable whole = values.any();
    int offset = 8 + random.nextInt(8);
    if (random.nextBoolean()) {
      out.store(base, offset, out.read(whole));
    } else {
      log(List.of(keep(out.load(whole.type(), base, offset))));
    }
    Value address = random.nextBoolean() ? base : anywhere(base, 7);
    out.store(address, offset + random.nextInt(15) - 7, out.read(values.any()));
    log(List.of(keep(out.load(whole.type(), base, offset))));
  }

  /** Writes two slots and shows what each of them holds. */
  void both() {
    if (slots.size() < 2) {
      values.assign();
      return;
    }
    Variable variable = values.any();
    int first = random.nextInt(slots.size());
    int second = (first + 1) % slots.size();
    int offset = random.nextInt(NEARBY);
    out.store(slots.get(first), offset, out.read(variable));
    out.store(slots.get(second), offset, out.read(values.any()));
    log(List.of(keep(out.load(variable.type(), slots.get(first), offset))));
  }

  /** Shows what slots hold through their addresses in others, after one another or all at last. */
  void held(Random order) {
    Deque<Value> holders = new ArrayDeque<>();
    for (int i = 1 + order.nextInt(4); i > 0; i--) {
      holders.add(holder(out.read(variables.get(order.nextInt(variables.size())))));
      if (order.nextBoolean()) {
        show(holders.remove());
      }
    }
    holders.forEach(this::show);
  }

  /** A slot with the address of one that holds a number. */
  private Value holder(Value number) {
    Value held = out.slot(8, 8);
    out.store(held, 0, out.convert(Type.U64, Mode.WRAP, number));
    Value holder = out.slot(8, 8);
    out.store(holder, 0, held);
    return holder;
  }

  private void show(Value holder) {
    Value held = out.load(Type.PTR, holder, 0);
    Value number = out.load(Type.U64, held, 0);
    Value none = out.constant(Type.U64, 0);
    out.syscallVoid("sol_log_64_", List.of(number, none, none, none, none));
  }

  /** A variable that has a value from now on. */
  private Variable keep(Value value) {
    Variable variable =
        variables.stream()
            .filter(each -> each.type() == value.type())
            .findFirst()
            .orElseGet(() -> out.variable("kept", value.type()));
    out.write(variable, value);
    return variable;
  }

  /** An address in the first 64 bytes of a slot that is known only when the program runs. */
  private Value anywhere(Value slot) {
    return anywhere(slot, 63);
  }

  /** An address that is at most a mask's bytes behind another. */
  private Value anywhere(Value base, int mask) {
    Value index = out.convert(Type.U64, Mode.WRAP, values.operand(Type.U64));
    Value small = out.binary(BinaryOp.AND, Mode.WRAP, index, out.constant(Type.U64, mask));
    return out.binary(BinaryOp.ADD, Mode.EXACT, base, small);
  }

  void input() {
    if (!isEntry) {
      values.assign();
      return;
    }
    Variable variable = values.any();
    int offset = random.nextInt(2) == 0 ? 0 : random.nextInt(RandomModule.INPUT_BYTES - 8) & ~7;
    Value address = out.offset(out.parameter(0), RandomModule.INPUT_START + offset);
    int rest = random.nextInt(8);
    if (random.nextBoolean()) {
      out.store(address, rest, out.read(variable));
    } else {
      out.write(variable, out.load(variable.type(), address, rest));
    }
  }

  void readData() {
    Variable variable = values.any();
    Value item = out.data(random.nextInt(data));
    out.write(variable, out.load(variable.type(), item, random.nextInt(SLOT_BYTES - 8)));
  }

  /** An access whose address goes on with the turns of a loop. */
  void step(Value counter) {
    if (slots.isEmpty() && !isEntry) {
      return;
    }
    Value base =
        isEntry
            ? out.offset(out.parameter(0), RandomModule.INPUT_START)
            : slots.get(random.nextInt(slots.size()));
    Value index = out.convert(Type.U64, Mode.EXACT, counter);
    Value scale = out.constant(Type.U64, 1L << random.nextInt(4));
    Value distance = out.binary(BinaryOp.MUL, Mode.WRAP, index, scale);
    Value address = out.binary(BinaryOp.ADD, Mode.EXACT, base, distance);
    Variable variable = values.any();
    int offset = random.nextInt(NEARBY);
    if (random.nextBoolean()) {
      out.store(address, offset, out.read(variable));
    } else {
      out.write(variable, out.load(variable.type(), address, offset));
    }
  }

  void log(List<Variable> some) {
    List<Value> arguments = new ArrayList<>();
    for (Variable variable : some) {
      arguments.add(out.read(variable));
    }
    while (arguments.size() < 5) {
      arguments.add(values.constant(Type.U64));
    }
    out.syscallVoid("sol_log_64_", arguments);
  }
}

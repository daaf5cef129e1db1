package dev.ovsm.verifier.certificate;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known where control is: of every register, and of parts of the frame. */
final class State {
  static final int FRAME_POINTER = 10;
  private static final int WORD = 8;
  private static final int FRAME = 4096;

  private final Value[] registers;
  private final SortedMap<Integer, Value> frame;

  private State(Value[] registers, SortedMap<Integer, Value> frame) {
    this.registers = registers;
    this.frame = frame;
  }

  static State unknown(Roots roots) {
    Value[] registers = new Value[FRAME_POINTER + 1];
    for (int i = 0; i < FRAME_POINTER; i++) {
      registers[i] = roots.any();
    }
    registers[FRAME_POINTER] = new Value(true, Interval.of(0), roots.next(), 0);
    return new State(registers, new TreeMap<>());
  }

  State copy() {
    return new State(registers.clone(), new TreeMap<>(frame));
  }

  Value register(int number) {
    return registers[number];
  }

  void set(int number, Value value) {
    registers[number] = value;
  }

  Value get(Location location, Roots roots) {
    return location.isFrame()
        ? frame.computeIfAbsent(location.number(), at -> roots.any())
        : registers[location.number()];
  }

  void put(Location location, Value value) {
    if (location.isFrame()) {
      frame.put(location.number(), value);
    } else {
      registers[location.number()] = value;
    }
  }

  /** Whether an access of the frame stays within it. */
  static boolean isInside(Interval offsets, long bytes) {
    return offsets.low() >= -FRAME && offsets.high() <= -bytes;
  }

  private static boolean isPlace(Interval offset) {
    return offset.isConstant() && isInside(offset, WORD) && offset.low() % WORD == 0;
  }

  /** The eight bytes at an offset. */
  Value loaded(Interval offset, Roots roots) {
    return isPlace(offset) ? get(new Location(true, (int) offset.low()), roots) : roots.any();
  }

  /** Puts a value in the frame, if it is one place of it that is followed. */
  void store(Interval offset, int bytes, Value value) {
    if (bytes == WORD && isPlace(offset)) {
      frame.put((int) offset.low(), value);
    }
  }

  /** Forgets what lies where something may have been written. */
  void forget(Interval offsets, long bytes) {
    long from = Math.max(offsets.low(), -FRAME) - WORD + 1;
    long to = offsets.high() >= -bytes ? 0 : offsets.high() + bytes;
    if (from < to) {
      frame.subMap((int) from, (int) Math.min(to, 0)).clear();
    }
  }

  /** Takes into account that a value lies in a range, for all that are tied to it. */
  void refine(Value value, Interval range) {
    for (int i = 0; i < FRAME_POINTER; i++) {
      registers[i] = tied(registers[i], value, range);
    }
    frame.replaceAll((at, other) -> tied(other, value, range));
  }

  private static Value tied(Value other, Value value, Interval range) {
    if (other.isFrame() || value.isFrame() || other.root() != value.root()) {
      return other;
    }
    Interval moved = range.moved(other.distance() - value.distance());
    Interval met = other.range().meet(moved.low(), moved.high());
    return met == null ? other : other.in(met);
  }

  /** What holds whichever of two ways control came. */
  static State join(State one, State other, Roots roots) {
    Map<String, Integer> merged = new HashMap<>();
    Value[] registers = new Value[FRAME_POINTER + 1];
    for (int i = 0; i <= FRAME_POINTER; i++) {
      registers[i] = join(one.registers[i], other.registers[i], merged, roots);
    }
    SortedMap<Integer, Value> frame = new TreeMap<>();
    one.frame.forEach(
        (at, value) -> {
          Value second = other.frame.get(at);
          if (second != null) {
            frame.put(at, join(value, second, merged, roots));
          }
        });
    return new State(registers, frame);
  }

  private static Value join(Value a, Value b, Map<String, Integer> merged, Roots roots) {
    if (a.isFrame() != b.isFrame()) {
      return roots.any();
    }
    Interval range = a.range().join(b.range());
    if (a.isSame(b)) {
      return a.in(range);
    }
    // Copies that met as copies are copies afterwards.
    String key = a.root() + " " + a.distance() + " " + b.root() + " " + b.distance();
    return new Value(a.isFrame(), range, merged.computeIfAbsent(key, any -> roots.next()), 0);
  }
}

package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a program sees and changes while Java evaluates what it means. */
final class Machine {
  private static final int STEPS = 6_000;

  private final Surroundings.State state;
  private final List<String> logs = new ArrayList<>();
  private final Map<Construct, Integer> executed = new EnumMap<>(Construct.class);
  private final Map<Integer, Contents> maps = new HashMap<>();
  private Map<Integer, Object> frame = new HashMap<>();
  private byte[] returned = new byte[0];
  private int steps;

  Machine(Surroundings.State state) {
    this.state = state;
  }

  Surroundings.State state() {
    return state;
  }

  List<String> logs() {
    return logs;
  }

  Map<Construct, Integer> executed() {
    return executed;
  }

  byte[] returned() {
    return returned;
  }

  void setReturned(byte[] bytes) {
    returned = bytes;
  }

  /** Counts a construct that is executed. */
  void enter(Construct construct) {
    executed.merge(construct, 1, Integer::sum);
    if (++steps > STEPS) {
      throw new Signal.Exhausted();
    }
  }

  Object read(int variable) {
    Object value = frame.get(variable);
    if (value == null) {
      throw new IllegalStateException("no variable " + variable);
    }
    return value;
  }

  BigInteger integer(int variable) {
    return (BigInteger) read(variable);
  }

  void write(int variable, Object value) {
    frame.put(variable, value);
  }

  /** What is in a map; at first nothing, or zeros. */
  Contents contents(int map, Supplier<Contents> first) {
    return maps.computeIfAbsent(map, id -> first.get());
  }

  /** The variables as they are now. */
  Map<Integer, Object> captured() {
    return new HashMap<>(frame);
  }

  /** Evaluates a body with other variables. */
  Object with(Map<Integer, Object> variables, Term body) {
    Map<Integer, Object> kept = frame;
    frame = variables;
    try {
      return body.in(this);
    } catch (Signal.Returned e) {
      return e.value();
    } finally {
      frame = kept;
    }
  }
}

package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Version;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The loci of registers and of words in the frame at one point of a function. */
final class State {
  static final int REGISTERS = 11;

  /** So many words of a frame are followed. */
  private static final int MOST = 512;

  private final Locus[] registers;

  /** Shared with copies until one of them changes it. */
  private Map<Long, Locus> words;

  private boolean shared = true;

  private State(Locus[] registers, Map<Long, Locus> words) {
    this.registers = registers;
    this.words = words;
  }

  /** At the beginning of a function. */
  static State initial() {
    Locus[] registers = new Locus[REGISTERS];
    Arrays.fill(registers, Locus.ANYTHING);
    for (int i = 0; i < 5; i++) {
      registers[i + 1] = Locus.argument(i);
    }
    registers[10] = Locus.frame(0);
    return new State(registers, Map.of());
  }

  State copy() {
    shared = true;
    return new State(registers.clone(), words);
  }

  Locus register(int register) {
    return registers[register];
  }

  void set(int register, Locus locus) {
    registers[register] = locus;
  }

  /** What an instruction of 64-bit arithmetic computes. */
  Locus result(Insn insn, Version version) {
    boolean register = insn.op().usesRegister();
    Locus operand = register ? register(insn.src()) : Locus.constant(insn.imm());
    boolean swapped = version.swapSubRegImmOperands() && !register;
    return switch (insn.op().operation()) {
      case MOV -> operand;
      case ADD -> register(insn.dst()).plus(operand);
      case SUB ->
          operand.isConstant() && !swapped
              ? register(insn.dst()).plus(-operand.value())
              : Locus.ANYTHING;
      case MUL -> operand.isConstant() ? scaled(insn, operand.value()) : Locus.ANYTHING;
      case LSH ->
          operand.isConstant() && operand.value() >= 0 && operand.value() < 32
              ? scaled(insn, 1L << operand.value())
              : Locus.ANYTHING;
      case AND ->
          operand.isConstant() && operand.value() >= 0 && operand.value() < Locus.FARTHEST
              ? Locus.number(0, operand.value())
              : Locus.ANYTHING;
      default -> Locus.ANYTHING;
    };
  }

  private Locus scaled(Insn insn, long factor) {
    return register(insn.dst()).times(factor);
  }

  /** The word of eight bytes at a distance from the frame pointer. */
  Locus word(long distance) {
    return words.getOrDefault(distance, Locus.ANYTHING);
  }

  /** Stores a word where nothing else overlaps. */
  void setWord(long distance, Locus locus) {
    if (locus.kind() != Locus.Kind.ANYTHING
        && words.size() < MOST
        && !locus.equals(words.get(distance))) {
      own().put(distance, locus);
    }
  }

  /** The words, which nobody else has. */
  private Map<Long, Locus> own() {
    if (shared) {
      words = new HashMap<>(words);
      shared = false;
    }
    return words;
  }

  /** Forgets all words of which a byte may be written to. */
  void forget(Writes writes, Trust trust) {
    if (words.isEmpty() || writes.isBeyond(trust)) {
      forget();
      return;
    }
    Extent bytes = writes.frame();
    if (bytes.isEmpty()) {
      return;
    }
    if (bytes.high() - bytes.low() > words.size()) {
      own().keySet().removeIf(at -> bytes.meets(at, at + Long.BYTES));
      return;
    }
    for (long at = bytes.low() - Long.BYTES + 1; at < bytes.high(); at++) {
      if (words.containsKey(at)) {
        own().remove(at);
      }
    }
  }

  /** Forgets all words. */
  void forget() {
    words = Map.of();
    shared = true;
  }

  /**
   * What holds after either of two ways; null if it is this.
   *
   * @param widen whether what moves is taken to move on
   */
  @Nullable State joined(State other, boolean widen) {
    State all = copy();
    boolean changed = false;
    for (int i = 0; i < registers.length; i++) {
      all.registers[i] = join(registers[i], other.registers[i], widen);
      changed |= !all.registers[i].equals(registers[i]);
    }
    if (words == other.words) {
      return changed ? all : null;
    }
    for (Map.Entry<Long, Locus> word : words.entrySet()) {
      Locus mine = word.getValue();
      Locus its = other.words.get(word.getKey());
      Locus joined = its == null ? Locus.ANYTHING : join(mine, its, widen);
      if (joined.equals(mine)) {
        continue;
      }
      changed = true;
      if (joined.kind() == Locus.Kind.ANYTHING) {
        all.own().remove(word.getKey());
      } else {
        all.own().put(word.getKey(), joined);
      }
    }
    return changed ? all : null;
  }

  private static Locus join(Locus mine, Locus its, boolean widen) {
    Locus joined = mine.join(its);
    return widen ? joined.widened(mine) : joined;
  }
}

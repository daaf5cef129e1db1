package dev.ovsm.runtime.vm;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes fast code of a stretch of slots: instructions that often follow each other become one step,
 * every step knows what its block costs, and takes the value that the step before it wrote from
 * where it is at hand.
 *
 * <p>No step joins instructions across the target of a jump in the stretch. Whoever comes from
 * elsewhere may find that no step begins where it goes.
 */
final class Fusion {
  private static final long LOW = 0xFFFF_FFFFL;
  private static final int HALF = 32;

  private final Step[] plain;
  private final int from;
  private final int to;

  /** Which slots jumps lead to, counted from the first one. */
  private final BitSet targets = new BitSet();

  private final int[] indices;
  private Step[] steps;
  private int[] slots;
  private int[] lengths;
  private int count;

  private Fusion(Step[] plain, int from, int to) {
    this.plain = plain;
    this.from = from;
    this.to = to;
    this.indices = new int[to - from];
    int most = to - from + 1;
    this.steps = new Step[most];
    this.slots = new int[most];
    this.lengths = new int[most];
  }

  /**
   * Fast code of slots.
   *
   * @param plain a step for each slot, and one behind the last
   * @param from the first slot
   * @param to the slot behind them, at most behind all steps
   */
  static Code fuse(Step[] plain, int from, int to) {
    Fusion fusion = new Fusion(plain, from, to);
    fusion.joinAll();
    fusion.finish();
    return new Code(
        Arrays.copyOf(fusion.steps, fusion.count),
        Arrays.copyOf(fusion.slots, fusion.count),
        from,
        fusion.indices);
  }

  private void joinAll() {
    for (int slot = from; slot < to; slot++) {
      int target = plain[slot].target();
      if (plain[slot].jumps() && isInside(target)) {
        targets.set(target - from);
      }
    }
    Arrays.fill(indices, Code.NOWHERE);
    int next = from;
    while (next < to) {
      next = appendFrom(next);
    }
    if (next < plain.length) {
      append(next, Step.control(Token.GO).to(next), 0);
    }
  }

  /** Appends the step that begins at a slot; returns the slot behind it. */
  private int appendFrom(int slot) {
    Step step = plain[slot];
    if (step.token() == Token.LDDW) {
      indices[slot - from] = count;
      append(slot, Step.of(Kind.WIDE, Token.ADD, step.dst(), Step.ZERO, Step.ZERO, step.imm()), 1);
      return step.target();
    }
    int next = slot + 1;
    while (next < to && !targets.get(next - from)) {
      Step joined = join(step, plain[next]);
      if (joined == null) {
        break;
      }
      step = joined;
      next++;
    }
    indices[slot - from] = count;
    append(slot, step, next - slot);
    return next;
  }

  private void append(int slot, Step step, int length) {
    if (count == steps.length) {
      steps = Arrays.copyOf(steps, 2 * count);
      slots = Arrays.copyOf(slots, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    steps[count] = step;
    slots[count] = slot;
    lengths[count] = length;
    count++;
  }

  /** One step that does what two do, if there is one. */
  private static @Nullable Step join(Step first, Step second) {
    if (first.kind() > Kind.NARROW || first.dst() != second.left()) {
      return null;
    }
    if (second.kind() == Kind.JUMP) {
      boolean sum = first.kind() == Kind.WIDE && first.token() == Token.ADD;
      return sum && first.src() == Step.ZERO && second.src() != first.dst()
          ? Step.sumJump(first, second)
          : null;
    }
    if (first.dst() != second.dst()) {
      return null;
    }
    if (first.isMove()) {
      boolean whole = first.kind() == Kind.WIDE;
      boolean takes =
          switch (second.kind()) {
            case Kind.WIDE -> whole;
            case Kind.NARROW -> true;
            case Kind.RARE -> whole && neverFaults(second);
            default -> false;
          };
      int src = second.src() == first.dst() ? first.left() : second.src();
      return takes ? second.on(first.left(), src) : null;
    }
    return first.kind() == Kind.WIDE && first.token() == Token.LSH && first.hasConstant(HALF)
        ? lowHalf(first, second)
        : null;
  }

  private static boolean neverFaults(Step rare) {
    boolean divides = rare.token() >= Token.DIV64 && rare.token() <= Token.MOD32;
    return !divides || (rare.src() == Step.ZERO && (int) rare.imm() != 0);
  }

  /** What shifts up and back again. */
  private static @Nullable Step lowHalf(Step up, Step down) {
    if (!down.hasConstant(HALF)) {
      return null;
    }
    if (down.kind() == Kind.WIDE && down.token() == Token.RSH) {
      return Step.of(Kind.WIDE, Token.AND, up.dst(), up.left(), Step.ZERO, LOW);
    }
    return down.kind() == Kind.RARE && down.token() == Token.ARSH64
        ? Step.of(Kind.NARROW, Token.ADD, up.dst(), up.left(), Step.ZERO, 0)
        : null;
  }

  /** Gives each step its cost, its target among steps, and operands that are at hand. */
  private void finish() {
    int end = count;
    int[] costs = new int[end];
    for (int i = end - 1; i >= 0; i--) {
      costs[i] = lengths[i] + (steps[i].endsBlock() ? 0 : costs[i + 1]);
    }
    int last = Step.ZERO;
    for (int i = 0; i < end; i++) {
      Step step = steps[i];
      Step done = atHand(step, last).at(costs[i], last);
      if (step.writes()) {
        boolean copies = step.isMove() && step.kind() == Kind.WIDE;
        boolean still = copies && i + 1 < end && steps[i + 1].left() == step.left();
        last = still ? step.left() : step.dst();
      }
      if (step.jumps()) {
        done = done.to(index(step.target()));
      }
      steps[i] = done;
    }
  }

  /** Where the step for a slot is; if there is none, one that leads to the slot is appended. */
  private int index(int slot) {
    if (isInside(slot) && indices[slot - from] != Code.NOWHERE) {
      return indices[slot - from];
    }
    append(slot, Step.control(Token.GO).to(slot), 0);
    return count - 1;
  }

  private boolean isInside(int slot) {
    return slot >= from && slot < to;
  }

  /** The step with the value of a register from where it is at hand. */
  private static Step atHand(Step step, int last) {
    boolean arithmetic = step.kind() <= Kind.NARROW;
    if (!arithmetic && step.kind() != Kind.RARE && step.kind() != Kind.SUM_JUMP) {
      return step;
    }
    if (step.left() == last) {
      return step.on(Step.LAST, step.src());
    }
    boolean commutes = arithmetic && step.token() <= Token.XOR && step.token() != Token.SUB;
    return commutes && step.src() == last && step.imm() == 0
        ? step.on(Step.LAST, step.left())
        : step;
  }
}

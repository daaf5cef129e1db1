package dev.ovsm.runtime.vm;

import java.util.Arrays;

/**
 * Steps in the order in which the interpreter goes through them, and which slots they stand for.
 *
 * <p>There are two sorts. Fast code, which {@link Fusion} makes of a function, pays for a block
 * when it begins. Careful code pays for every instruction. Targets of jumps are indices of steps,
 * those of calls are slots.
 *
 * @param slots the slot of each step, of several the first one
 * @param first the first slot that it is made of
 * @param indices for each slot the step that begins there, or {@link #NOWHERE}
 */
record Code(Step[] steps, int[] slots, int first, int[] indices) {
  /** No step of the code begins at a slot. */
  static final int NOWHERE = -1;

  /** Careful code of a program: before each step there is one that pays for it. */
  static Code careful(Step[] plain) {
    Step[] steps = new Step[2 * plain.length];
    int[] slots = new int[steps.length];
    int[] indices = new int[plain.length];
    Step meter = Step.control(Token.METER);
    for (int slot = 0; slot < plain.length; slot++) {
      int index = 2 * slot;
      Step step = plain[slot];
      steps[index] = meter;
      steps[index + 1] = step.jumps() ? step.to(2 * step.target()) : step;
      Arrays.fill(slots, index, index + 2, slot);
      indices[slot] = index;
    }
    return new Code(steps, slots, 0, indices);
  }

  int slot(int index) {
    return slots[index];
  }

  int index(int slot) {
    return indices[slot - first];
  }

  /** How many instructions after a step were paid with it. */
  int restOfBlock(int index) {
    return Math.max(0, steps[index].cost() - 1);
  }
}

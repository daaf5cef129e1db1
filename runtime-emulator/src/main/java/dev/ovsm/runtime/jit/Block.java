package dev.ovsm.runtime.jit;

/**
 * Instructions that are entered at the first and left after the last only: the unit of metering.
 *
 * @param index the position in {@link Flow#blocks()}
 * @param first the slot of the first instruction
 * @param last the slot of the last instruction
 * @param size how many instructions are charged when the block is entered
 * @param target the block that a jump or a called function begins with; -1 if there is none
 * @param next the block that follows in the code; -1 if control never gets there, as behind a call
 *     that does not return
 */
record Block(int index, int first, int last, int size, Exit exit, int target, int next) {

  /** How control leaves a block. */
  enum Exit {
    /** The next instruction is entered from elsewhere too. */
    FALL,
    JUMP,
    BRANCH,
    CALL,
    SYSCALL,
    CALLX,
    RETURN,
    /** The last instruction is none of the version's. */
    UNSUPPORTED,
    /** The last instruction swaps bytes of a width that there is not. */
    INVALID,
    /** There is no instruction: the code ended before. */
    OVERRUN;

    /** Whether control may go to {@link Block#target} in the same function. */
    boolean jumps() {
      return this == JUMP || this == BRANCH;
    }

    /** Whether other code runs before the next block does. */
    boolean calls() {
      return this == CALL || this == SYSCALL || this == CALLX;
    }
  }

  /** The same block, when control never gets behind it. */
  Block withoutNext() {
    return new Block(index, first, last, size, exit, target, -1);
  }

  /** How many ways lead on in the same function: 0, 1 or 2. */
  int successors() {
    return (exit.jumps() ? 1 : 0) + (next >= 0 ? 1 : 0);
  }

  /** The block at the end of way {@code i}. */
  int successor(int i) {
    return i == 0 && exit.jumps() ? target : next;
  }
}

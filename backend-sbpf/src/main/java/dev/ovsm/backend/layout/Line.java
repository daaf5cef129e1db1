package dev.ovsm.backend.layout;

import dev.ovsm.backend.machine.MachineInst;

/** A line of a function in its final order. */
sealed interface Line {
  /** No label. */
  int NONE = -1;

  /** The slots of code that the line takes. */
  int slots();

  /** The place that jumps to a label go to. */
  record Mark(int label) implements Line {
    @Override
    public int slots() {
      return 0;
    }
  }

  /** An instruction; a jump inside the function has the label that it goes to. */
  record Step(MachineInst.Code code, int target) implements Line {
    @Override
    public int slots() {
      return code.op().slots();
    }
  }
}

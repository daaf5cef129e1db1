package dev.ovsm.backend.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of machine code; it ends with an exit, a jump, or a conditional jump and a jump. Other
 * conditional jumps in it leave the function.
 */
public final class MachineBlock {
  private final int id;
  private final long frequency;
  private List<MachineInst> insts = new ArrayList<>();

  /**
   * An empty block.
   *
   * @param frequency how often it runs, an estimate at least 1
   */
  public MachineBlock(int id, long frequency) {
    this.id = id;
    this.frequency = frequency;
  }

  public int id() {
    return id;
  }

  public long frequency() {
    return frequency;
  }

  /** The instructions; the list may be changed. */
  public List<MachineInst> insts() {
    return insts;
  }

  public void insts(List<MachineInst> replacement) {
    insts = replacement;
  }

  /** The index of the first instruction that belongs to the block's end. */
  public int end() {
    int at = insts.size();
    while (at > 0 && insts.get(at - 1) instanceof MachineInst.Code code && code.endsBlock()) {
      at--;
    }
    return at;
  }

  /** The blocks that this one may go to, in the order of its jumps. */
  public List<Integer> successors() {
    List<Integer> successors = new ArrayList<>(2);
    for (MachineInst inst : insts.subList(end(), insts.size())) {
      if (inst instanceof MachineInst.Code code && code.link() instanceof Link.Edge edge) {
        successors.add(edge.block());
      }
    }
    return successors;
  }
}

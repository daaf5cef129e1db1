package dev.ovsm.backend.machine;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.flow.Cfg;
import java.util.ArrayList;
import java.util.List;

/** A function of machine code under construction: blocks, frame slots, virtual registers. */
public final class MachineFunction {
  private final String name;
  private final Span span;
  private final boolean canFail;
  private final boolean isEntry;
  private final List<MachineBlock> blocks = new ArrayList<>();
  private final List<FrameSlot> slots = new ArrayList<>();
  private int nextVirtual = Location.FIRST_VIRTUAL;

  /**
   * A function without blocks.
   *
   * @param canFail whether it returns a status
   * @param isEntry whether it is the program's entrypoint, whose failures are its result
   */
  public MachineFunction(String name, Span span, boolean canFail, boolean isEntry) {
    this.name = name;
    this.span = span;
    this.canFail = canFail;
    this.isEntry = isEntry;
  }

  public String name() {
    return name;
  }

  public Span span() {
    return span;
  }

  public boolean canFail() {
    return canFail;
  }

  public boolean isEntry() {
    return isEntry;
  }

  /** Whether it returns a status beside its result. */
  public boolean hasStatus() {
    return canFail && !isEntry;
  }

  /** The blocks, entry first; a block's id is its index. */
  public List<MachineBlock> blocks() {
    return blocks;
  }

  /** How control goes from block to block, by their ids. */
  public Cfg cfg() {
    int[][] successors = new int[blocks.size()][];
    for (MachineBlock block : blocks) {
      successors[block.id()] = block.successors().stream().mapToInt(Integer::intValue).toArray();
    }
    return Cfg.of(successors);
  }

  public List<FrameSlot> slots() {
    return slots;
  }

  public int slot(int bytes, int align, Span place) {
    slots.add(new FrameSlot(bytes, align, place));
    return slots.size() - 1;
  }

  public int virtual() {
    return nextVirtual++;
  }

  /** One more than the highest location in use. */
  public int locations() {
    return nextVirtual;
  }
}

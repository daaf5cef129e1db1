package dev.ovsm.backend.layout;

import dev.ovsm.backend.machine.FrameSlot;
import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Places slots in the frame, below the frame pointer, and resolves all that is counted from them.
 */
final class FrameLayout {
  private final MachineFunction function;
  private final int[] offsets;
  private final int size;

  private FrameLayout(MachineFunction function) {
    this.function = function;
    this.offsets = new int[function.slots().size()];
    long used = 0;
    for (int i = 0; i < offsets.length; i++) {
      FrameSlot slot = function.slots().get(i);
      used = (used + slot.bytes() + slot.align() - 1) / slot.align() * slot.align();
      offsets[i] = (int) Math.max(-used, Integer.MIN_VALUE);
    }
    this.size = (int) Math.min(used, Integer.MAX_VALUE);
  }

  /** Resolves the slots in place; a frame that is too large is a diagnostic and left alone. */
  static Optional<Diagnostic> resolve(MachineFunction function) {
    FrameLayout layout = new FrameLayout(function);
    if (layout.size > MemoryMap.FRAME_BYTES) {
      return Optional.of(layout.overflow());
    }
    function.blocks().forEach(layout::rewrite);
    return Optional.empty();
  }

  private Diagnostic overflow() {
    Diagnostic diagnostic =
        Diagnostic.at(
            function.span(),
            ObjectCode.FRAME_OVERFLOW,
            function.name()
                + " needs a frame of "
                + size
                + " bytes, and a frame has "
                + MemoryMap.FRAME_BYTES);
    List<FrameSlot> largest = new ArrayList<>(function.slots());
    largest.sort(Comparator.comparingInt(FrameSlot::bytes).reversed());
    for (FrameSlot slot : largest.subList(0, Math.min(3, largest.size()))) {
      diagnostic = diagnostic.withLabel(slot.span(), slot.bytes() + " bytes here");
    }
    return diagnostic.withHelp(
        "keep large values in an account or on the heap, or move parts into functions of their own");
  }

  private void rewrite(MachineBlock block) {
    List<MachineInst> resolved = new ArrayList<>(block.insts().size());
    for (MachineInst inst : block.insts()) {
      if (inst instanceof Code code && code.link() instanceof Link.Slot slot) {
        resolve(code, offsets[slot.slot()], resolved);
      } else {
        resolved.add(inst);
      }
    }
    block.insts(resolved);
  }

  private static void resolve(Code code, int offset, List<MachineInst> out) {
    if (code.isSlotAddress()) {
      out.add(new Code(Opcode.MOV64_REG, code.dst(), Location.FRAME, 0, 0, null, code.span()));
      out.add(new Code(Opcode.ADD64_IMM, code.dst(), 0, 0, code.imm() + offset, null, code.span()));
    } else {
      out.add(
          new Code(
              code.op(),
              code.dst(),
              code.src(),
              code.off() + offset,
              code.imm(),
              null,
              code.span()));
    }
  }
}

package dev.ovsm.backend;

import dev.ovsm.backend.alloc.Allocator;
import dev.ovsm.backend.expand.Expander;
import dev.ovsm.backend.layout.AssemblyWriter;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.select.Selector;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.work.Workers;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import java.util.List;

/** From a module to assembly, without asking whether it was verified. */
final class MachineCode {
  /** With more blocks than these, the functions of a program are worked on at once. */
  private static final int MANY_BLOCKS = 500;

  private MachineCode() {}

  /** Deterministic; frames that are too large are told as diagnostics. */
  static Assembly of(Module module, Version version, Diagnostics diagnostics) {
    Module expanded = Expander.expand(module);
    List<MachineFunction> selected = Selector.select(expanded, version);
    boolean isMuch = selected.stream().mapToInt(f -> f.blocks().size()).sum() > MANY_BLOCKS;
    List<MachineFunction> functions = Workers.each(selected, isMuch, Allocator::allocate);
    return AssemblyWriter.write(expanded, functions, version, diagnostics);
  }
}

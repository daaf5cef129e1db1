package dev.ovsm.backend;

import dev.ovsm.backend.alloc.Allocator;
import dev.ovsm.backend.expand.Expander;
import dev.ovsm.backend.layout.AssemblyWriter;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.select.Selector;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.ir.Module;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import java.util.List;

/** From a module to assembly, without asking whether it was verified. */
final class MachineCode {
  private MachineCode() {}

  /** Deterministic; frames that are too large are told as diagnostics. */
  static Assembly of(Module module, Version version, Diagnostics diagnostics) {
    Module expanded = Expander.expand(module);
    List<MachineFunction> functions = Selector.select(expanded);
    functions.forEach(Allocator::allocate);
    return AssemblyWriter.write(expanded, functions, version, diagnostics);
  }
}

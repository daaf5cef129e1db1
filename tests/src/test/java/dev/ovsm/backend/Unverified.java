package dev.ovsm.backend;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.ir.Module;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;

/** The backend for modules that no verifier would pass, in tests of the backend itself. */
public final class Unverified {
  private Unverified() {}

  public static Assembly assembly(Module module, Version version, Diagnostics diagnostics) {
    return MachineCode.of(module, version, diagnostics);
  }
}

package dev.ovsm.verifier;

import dev.ovsm.ir.Module;

/** A module of which nothing is unsafe; only the verifier makes one. */
public final class Verified {
  private final Module module;

  Verified(Module module) {
    this.module = module;
  }

  public Module module() {
    return module;
  }
}

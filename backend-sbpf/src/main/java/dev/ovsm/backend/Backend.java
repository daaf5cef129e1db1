package dev.ovsm.backend;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Verified;

/** Makes machine code of a verified program; the same program gives the same code. */
public final class Backend {
  private Backend() {}

  /**
   * Selects instructions, allocates registers and lays out frames for every function that the
   * entrypoint reaches.
   *
   * @param version {@link Version#V0} or {@link Version#V3}
   * @param diagnostics receives {@link dev.ovsm.diag.ObjectCode#FRAME_OVERFLOW} for a function
   *     whose frame exceeds 4,096 bytes; the output is then not to be used
   */
  public static Output select(Verified verified, Version version, Diagnostics diagnostics) {
    if (version != Version.V0 && version != Version.V3) {
      throw new IllegalArgumentException("no code for " + version);
    }
    return new Output(
        MachineCode.of(verified.module(), version, diagnostics), Manifests.of(verified.module()));
  }
}

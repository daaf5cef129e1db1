package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import org.jspecify.annotations.Nullable;

/**
 * An address and, if it was derived from another with a seed, that other, which signs for it.
 *
 * @param base the key that signs in place of the address, or null
 */
record SeededAddress(Pubkey address, @Nullable Pubkey base) {
  boolean isSigned(InstructionContext instruction) {
    return instruction.isSignedBy(base == null ? address : base);
  }

  /** As the log shows it. */
  @Override
  public String toString() {
    String shown = base == null ? "None" : "Some(" + base + ")";
    return "Address { address: " + address + ", base: " + shown + " }";
  }
}

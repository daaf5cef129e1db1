package dev.ovsm.tests.bank;

import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.sbpf.Syscall;
import java.util.Set;

/** The feature sets of the oracle as the emulator has them. */
public final class OurFeatures {
  /** Everything that the oracle's set {@code syscalls} registers beyond mainnet. */
  static final Set<Syscall> GATED =
      Set.of(
          Syscall.SOL_BLAKE3,
          Syscall.SOL_SHA512,
          Syscall.SOL_BIG_MOD_EXP,
          Syscall.SOL_REMAINING_COMPUTE_UNITS);

  private OurFeatures() {}

  /** The features of a machine that shall equal the real one with this set. */
  public static Features like(dev.ovsm.tests.realvm.Features set) {
    return switch (set) {
      case MAINNET -> Features.MAINNET;
      case SYSCALLS -> Features.MAINNET.withGated(GATED);
      case NEXT, ALL -> throw new IllegalArgumentException("the emulator has no set " + set);
    };
  }
}

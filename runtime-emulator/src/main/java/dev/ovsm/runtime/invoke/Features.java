package dev.ovsm.runtime.invoke;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import java.util.Set;

/**
 * The feature gates on which this runtime's behaviour depends.
 *
 * @param newest the newest sBPF version that may be loaded
 * @param addressRestrictions SIMD-0459: system calls write sysvars only to stack and heap, and
 *     account infos of an invocation must point at the serialised accounts
 * @param cpiAccountInfos SIMD-0339: up to 255 account infos, charged by size, cheaper calls
 * @param instructionDataInR2 SIMD-0321: r2 holds the address of the instruction data
 * @param maxInvocationDepth how deep programs may call each other, the first included (SIMD-0268)
 * @param gated those system calls behind a gate of their own that are registered
 */
public record Features(
    Version newest,
    boolean addressRestrictions,
    boolean cpiAccountInfos,
    boolean instructionDataInR2,
    int maxInvocationDepth,
    Set<Syscall> gated) {
  /** What mainnet-beta had active at the end of August 2026. */
  public static final Features MAINNET = new Features(Version.V3, true, true, true, 5, Set.of());

  public Features {
    gated = Set.copyOf(gated);
  }

  /** The same, with these of the gated system calls instead. */
  public Features withGated(Set<Syscall> syscalls) {
    return new Features(
        newest,
        addressRestrictions,
        cpiAccountInfos,
        instructionDataInR2,
        maxInvocationDepth,
        syscalls);
  }
}

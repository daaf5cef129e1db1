package dev.ovsm.elf;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a loader accepts.
 *
 * @param oldest the oldest version accepted
 * @param newest the newest version accepted
 * @param rejectBrokenElfs refuse files whose addresses differ from their offsets, whose read-only
 *     sections overlap, or that import unknown syscalls
 * @param optimizeRodata map read-only sections from the lowest address on instead of from the start
 *     of the region
 * @param syscalls hashes of the machine's syscalls
 */
public record LoaderConfig(
    Version oldest,
    Version newest,
    boolean rejectBrokenElfs,
    boolean optimizeRodata,
    Set<Integer> syscalls) {
  private static final LoaderConfig AUTONOMOUS =
      execution(
          Stream.of(Syscall.values()).map(Syscall::hash).collect(Collectors.toUnmodifiableSet()));

  public LoaderConfig {
    syscalls = Set.copyOf(syscalls);
  }

  /** As Solana loads deployed programs to execute them. */
  public static LoaderConfig execution(Set<Integer> syscalls) {
    return new LoaderConfig(Version.V0, Version.V3, false, false, syscalls);
  }

  /** As Solana checks programs before it deploys them. */
  public static LoaderConfig deployment(Set<Integer> syscalls) {
    return new LoaderConfig(Version.V0, Version.V3, true, false, syscalls);
  }

  /** As the autonomous runtime loads programs to execute them: there is every system call. */
  public static LoaderConfig autonomous() {
    return AUTONOMOUS;
  }

  boolean accepts(Version version) {
    return version.compareTo(oldest) >= 0 && version.compareTo(newest) <= 0;
  }
}

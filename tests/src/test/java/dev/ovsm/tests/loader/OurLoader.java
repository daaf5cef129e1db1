package dev.ovsm.tests.loader;

import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoadResult;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.Version;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What our loader and validator say of a file, in the words of the real VM. */
final class OurLoader {
  /** What mainnet does not register. */
  private static final Set<Syscall> MISSING =
      Set.of(
          Syscall.SOL_GET_FEES_SYSVAR,
          Syscall.SOL_BLAKE3,
          Syscall.SOL_SHA512,
          Syscall.SOL_BIG_MOD_EXP,
          Syscall.SOL_REMAINING_COMPUTE_UNITS);

  private OurLoader() {}

  /** Why a file does not load, or null if it does. */
  static @Nullable String verdict(byte[] elf, boolean deployment) {
    Set<Integer> syscalls = syscalls(deployment);
    return verdict(
        elf, deployment ? LoaderConfig.deployment(syscalls) : LoaderConfig.execution(syscalls));
  }

  /** The verdict of a loader that accepts version 4, which it should not. */
  static @Nullable String withVersion4(byte[] elf) {
    return verdict(elf, new LoaderConfig(Version.V0, Version.V4, false, false, syscalls(false)));
  }

  /** The verdict without the check of the code. */
  static @Nullable String unvalidated(byte[] elf) {
    LoaderConfig config = LoaderConfig.execution(syscalls(false));
    return ElfLoader.load(elf, config).error().map(error -> error.text()).orElse(null);
  }

  private static @Nullable String verdict(byte[] elf, LoaderConfig config) {
    LoadResult result = ElfLoader.load(elf, config);
    return result
        .error()
        .map(error -> error.text())
        .or(
            () ->
                result
                    .program()
                    .flatMap(Validator::validate)
                    .map(error -> "Verifier error: " + error.text()))
        .orElse(null);
  }

  private static Set<Integer> syscalls(boolean deployment) {
    return Arrays.stream(Syscall.values())
        .filter(call -> !call.autonomous() && !MISSING.contains(call))
        .filter(call -> !deployment || call != Syscall.SOL_ALLOC_FREE_)
        .map(Syscall::hash)
        .collect(Collectors.toSet());
  }
}

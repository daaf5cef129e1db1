package dev.ovsm.elf;

import dev.ovsm.elf.ElfError.Kind;
import dev.ovsm.sbpf.Version;
import java.util.Optional;

/**
 * Loads a file into a {@link dev.ovsm.sbpf.Program} by the rules of Solana's loader: the same files
 * are refused, for the same reasons.
 *
 * <p>Whatever the bytes are, time and memory stay within a small multiple of their number.
 */
public final class ElfLoader {
  private static final int FLAGS_OFFSET = 48;

  private ElfLoader() {}

  public static LoadResult load(byte[] elf, LoaderConfig config) {
    try {
      View file = new View(elf);
      Version version = version(file, config);
      return new LoadResult.Loaded(
          version.enableStricterElfHeaders()
              ? StrictLoader.load(file, version)
              : LenientLoader.load(file, version, config));
    } catch (Refusal refusal) {
      return new LoadResult.Refused(refusal.error());
    }
  }

  private static Version version(View file, LoaderConfig config) throws Refusal {
    if (file.length() < FLAGS_OFFSET + Integer.BYTES) {
      throw Refusal.outOfBounds();
    }
    Optional<Version> version = Version.of(file.u32(FLAGS_OFFSET));
    if (version.isEmpty() || !config.accepts(version.get())) {
      throw new Refusal(
          Kind.UNSUPPORTED_SBPF_VERSION,
          "Detected sbpf_version required by the executable which are not enabled");
    }
    return version.get();
  }
}

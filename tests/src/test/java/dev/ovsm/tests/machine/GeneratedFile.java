package dev.ovsm.tests.machine;

import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.ElfWriter;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files of every version, although the compiler writes only two of them. */
final class GeneratedFile {
  private static final int FLAGS_OFFSET = 48;

  private GeneratedFile() {}

  /**
   * A file of code in the format that versions 0 to 2, or 3, share; the number is the version's.
   */
  static byte[] write(Version version, Text text) {
    byte[] elf = ElfWriter.write(text, List.of());
    elf[FLAGS_OFFSET] = (byte) version.flags();
    return elf;
  }

  static Optional<Program> load(byte[] elf, Set<Integer> syscalls) {
    return ElfLoader.load(elf, LoaderConfig.execution(syscalls)).program();
  }
}

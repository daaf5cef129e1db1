package dev.ovsm.elf;

import dev.ovsm.sbpf.Program;
import java.util.Optional;

/** What loading a file gives: a program, or the reason why not. */
public sealed interface LoadResult {
  /** The program, if the file was loaded. */
  Optional<Program> program();

  /** The reason, if it was refused. */
  Optional<ElfError> error();

  /** The file was loaded. */
  record Loaded(Program value) implements LoadResult {
    @Override
    public Optional<Program> program() {
      return Optional.of(value);
    }

    @Override
    public Optional<ElfError> error() {
      return Optional.empty();
    }
  }

  /** The file was refused. */
  record Refused(ElfError reason) implements LoadResult {
    @Override
    public Optional<Program> program() {
      return Optional.empty();
    }

    @Override
    public Optional<ElfError> error() {
      return Optional.of(reason);
    }
  }
}

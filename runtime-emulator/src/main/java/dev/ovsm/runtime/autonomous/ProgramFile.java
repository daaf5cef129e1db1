package dev.ovsm.runtime.autonomous;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.elf.Manifest;
import dev.ovsm.elf.SectionReader;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.program.LoaderState;
import dev.ovsm.sbpf.Validator;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a deployed program's file says.
 *
 * @param manifest what it declares, or null if it declares nothing
 * @param loads whether the loader accepts it
 */
record ProgramFile(@Nullable Manifest manifest, boolean loads) {

  /** The file behind a program account. */
  static ProgramFile find(Pubkey program, Function<Pubkey, Account> accounts) {
    return bytes(program, accounts).map(ProgramFile::of).orElse(new ProgramFile(null, false));
  }

  /** The bytes of that file; empty if there is none. */
  static Optional<byte[]> bytes(Pubkey program, Function<Pubkey, Account> accounts) {
    Account account = accounts.apply(program);
    if (account.owner().equals(ProgramIds.LOADER_V3)
        && LoaderState.read(account.data()).orElse(null) instanceof LoaderState.Program pointer) {
      byte[] data = accounts.apply(pointer.programData()).data();
      return data.length < LoaderState.PROGRAM_DATA_BYTES
          ? Optional.empty()
          : Optional.of(Arrays.copyOfRange(data, LoaderState.PROGRAM_DATA_BYTES, data.length));
    }
    return Optional.of(account.data());
  }

  static ProgramFile of(byte[] elf) {
    boolean loads =
        ElfLoader.load(elf, LoaderConfig.autonomous())
            .program()
            .filter(p -> Validator.validate(p).isEmpty())
            .isPresent();
    return new ProgramFile(new SectionReader(elf).manifest(new Diagnostics()).orElse(null), loads);
  }
}

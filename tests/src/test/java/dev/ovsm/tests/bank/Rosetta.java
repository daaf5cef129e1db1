package dev.ovsm.tests.bank;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Version;
import java.util.List;
import java.util.Locale;

/** The programs of the public comparison of languages, compiled from {@code examples/rosetta}. */
enum Rosetta {
  HELLO_WORLD(0x500),
  TRANSFER_LAMPORTS(0x501),
  CPI(0x502),
  PUBKEY(0x503),
  TOKEN(0x504);

  /** The address that the program has in tests. */
  final Pubkey id;

  Rosetta(int key) {
    this.id = Ledger.key(key);
  }

  byte[] elf(Version version) {
    Diagnostics found = new Diagnostics();
    String file = "../examples/rosetta/" + name().toLowerCase(Locale.ROOT) + ".ovsm";
    List<Source> sources = InputFile.source(file, found).stream().toList();
    Compilation.Target target = new Compilation.Target(version, Optimizer.ALL, false);
    return Compilation.of(sources, target, found)
        .elf()
        .orElseThrow(() -> new AssertionError(found.list().toString()));
  }

  Instruction call(byte[] data, AccountMeta... accounts) {
    return new Instruction(id, List.of(accounts), data);
  }
}

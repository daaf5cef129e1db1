package dev.ovsm.tests.bank;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A program of {@code examples/existing} on a ledger; accounts of a call are written as {@code sw}
 * for a signer that is writable, with a letter for each property that holds.
 */
record ExistingPrograms(Pubkey id, Ledger ledger) {
  static final Pubkey SYSTEM = Pubkey.of("11111111111111111111111111111111");

  static ExistingPrograms of(String name, Version version, RealVm vm, Pubkey payer) {
    return of("../examples/existing/", name, version, vm, payer);
  }

  /** A program of some folder. */
  static ExistingPrograms of(String folder, String name, Version version, RealVm vm, Pubkey payer) {
    Diagnostics found = new Diagnostics();
    Compilation compilation =
        Compilation.of(
            List.of(InputFile.source(folder + name + ".ovsm", found).orElseThrow()),
            new Compilation.Target(version, Optimizer.ALL, true),
            found);
    byte[] elf = compilation.elf().orElseThrow(() -> new AssertionError(found.list().toString()));
    Pubkey id = NamedKey.ofProgram(name);
    return new ExistingPrograms(id, new Ledger(vm, payer).program(id, elf, Loader.UPGRADEABLE));
  }

  /** An account of the program with zeros as data. */
  ExistingPrograms data(Pubkey key, int bytes) {
    return data(key, new byte[bytes]);
  }

  ExistingPrograms data(Pubkey key, byte[] bytes) {
    ledger.account(key, Account.of(rent(bytes.length), bytes, id));
    return this;
  }

  static long rent(int bytes) {
    return (bytes + 128) * 6960L;
  }

  ExistingPrograms wallet(Pubkey... keys) {
    for (Pubkey key : keys) {
      ledger.account(key, Account.wallet(5_000_000_000L));
    }
    return this;
  }

  /** Sends one instruction; properties and accounts alternate. */
  ExistingPrograms send(String what, byte[] data, Object... accounts) {
    ledger.send(what, instruction(data, accounts));
    return this;
  }

  Instruction instruction(byte[] data, Object... accounts) {
    List<AccountMeta> metas = new ArrayList<>();
    for (int i = 0; i < accounts.length; i += 2) {
      String properties = String.valueOf(accounts[i]).toLowerCase(Locale.ROOT);
      metas.add(
          new AccountMeta(
              (Pubkey) accounts[i + 1], properties.contains("s"), properties.contains("w")));
    }
    return new Instruction(id, metas, data);
  }

  /** The byte of an operation, then its arguments: numbers of 8 bytes, or bytes as they are. */
  static byte[] op(int number, Object... arguments) {
    ByteBuffer data = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    data.put((byte) number);
    for (Object argument : arguments) {
      if (argument instanceof byte[] bytes) {
        data.put(bytes);
      } else {
        data.putLong(((Number) argument).longValue());
      }
    }
    byte[] written = new byte[data.position()];
    data.flip().get(written);
    return written;
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** The word at an offset of an account's data. */
  long word(Pubkey key, int offset) {
    return ByteBuffer.wrap(ledger.now(key).data()).order(ByteOrder.LITTLE_ENDIAN).getLong(offset);
  }
}

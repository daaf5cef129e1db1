package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.elf.Manifest;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.EntryCall;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the compiler makes of the examples, run by the bank as on the real VM. */
@ComparedWithRealVm(minimum = 80)
class CompiledProgramTest {
  private static final Pubkey ALICE = key(1);
  private static final Pubkey BOB = key(2);
  private static final Pubkey COUNTER = key(3);
  private static final int COUNTER_BYTES = 8 + 32 + 8 + 8;

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void counterCounts(Version version, RealVm vm, Comparisons comparisons) {
    Example example = Example.of("counter", version);
    Ledger ledger = new Ledger(vm, ALICE).program(example.id(), example.elf(), Loader.UPGRADEABLE);
    ledger.account(BOB, Account.wallet(5_000_000_000L));
    ledger.account(COUNTER, Account.of(2_000_000, new byte[COUNTER_BYTES], example.id()));
    ledger.send("no step", example.call("initialize", u64(0), COUNTER, ALICE));
    ledger.send("too early", example.call("increment", u32(1), COUNTER, ALICE));
    ledger.send("initialize", example.call("initialize", u64(7), COUNTER, ALICE));
    ledger.send("again", example.call("initialize", u64(7), COUNTER, BOB));
    ledger.send("count", example.call("increment", u32(3), COUNTER, ALICE));
    assertThat(ByteBuffer.wrap(ledger.now(COUNTER).data()).order(ByteOrder.LITTLE_ENDIAN))
        .matches(data -> data.getLong(40) == 21, "the count");
    ledger.send("count by zero", example.call("increment", u32(0), COUNTER, ALICE));
    ledger.send("largest", example.call("increment", u32(0xFFFF_FFFFL), COUNTER, ALICE));
    ledger.send("not the authority", example.call("increment", u32(1), COUNTER, BOB));
    ledger.send("short data", example.call("increment", new byte[3], COUNTER, ALICE));
    ledger.send("no parameters", example.call("increment", new byte[0], COUNTER, ALICE));
    ledger.send("account missing", example.call("increment", u32(1), COUNTER));
    ledger.send("no accounts", example.call("increment", u32(1)));
    ledger.send("same account twice", example.call("increment", u32(1), ALICE, ALICE));
    ledger.send("unknown entry", example.raw(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, COUNTER, ALICE));
    ledger.send("no discriminator", example.raw(new byte[7], COUNTER, ALICE));
    ledger.send("nothing", example.raw(new byte[0]));
    assertThat(ledger.successes()).isEqualTo(4);
    ledger.compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void counterOverflows(Version version, RealVm vm, Comparisons comparisons) {
    Example example = Example.of("counter", version);
    Ledger ledger = new Ledger(vm, ALICE).program(example.id(), example.elf(), Loader.UPGRADEABLE);
    ledger.account(COUNTER, Account.of(2_000_000, new byte[COUNTER_BYTES], example.id()));
    ledger.send("huge step", example.call("initialize", u64(-1), COUNTER, ALICE));
    ledger.send("to the limit", example.call("increment", u32(1), COUNTER, ALICE));
    ledger.send("sum overflows", example.call("increment", u32(1), COUNTER, ALICE));
    ledger.send("product overflows", example.call("increment", u32(2), COUNTER, ALICE));
    assertThat(ledger.successes()).isEqualTo(2);
    ledger.compare(comparisons);
  }

  /** On a validator the heartbeat runs up to its first autonomous call, and there it faults. */
  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void heartbeatStartsUp(Version version, RealVm vm, Comparisons comparisons) {
    Example example = Example.of("heartbeat", version);
    Ledger ledger =
        new Ledger(vm, Simulation.PAYER).program(example.id(), example.elf(), Loader.UPGRADEABLE);
    ledger.send("start-up without its map", example.planned("heartbeat-init"));
    ledger.send("create the map", example.planned("create-maps"));
    ledger.send("create it again", example.planned("create-maps"));
    ledger.send("start-up", example.planned("heartbeat-init"));
    ledger.send("callback by a user", example.planned("heartbeat-callback"));
    assertThat(ledger.successes()).isEqualTo(2);
    ledger.compare(comparisons);
  }

  /** A compiled example and how its entries are called. */
  private record Example(Pubkey id, byte[] elf, Manifest manifest) {
    static Example of(String name, Version version) {
      Diagnostics found = new Diagnostics();
      Compilation compilation =
          Compilation.of(
              List.of(InputFile.source("../examples/" + name + ".ovsm", found).orElseThrow()),
              new Compilation.Target(version, Optimizer.ALL, true),
              found);
      byte[] elf = compilation.elf().orElseThrow(() -> new AssertionError(found.list().toString()));
      return new Example(
          NamedKey.ofProgram(name), elf, compilation.output().orElseThrow().manifest());
    }

    /** A call with the accounts that the manifest fixes. */
    Instruction planned(String entry) {
      return EntryCall.of(id, manifest.entry(entry).orElseThrow(), new byte[0]);
    }

    /** A call with accounts of the caller's choice, the first writable, the second a signer. */
    Instruction call(String entry, byte[] arguments, Pubkey... accounts) {
      long discriminator = manifest.entry(entry).orElseThrow().discriminator();
      byte[] data =
          ByteBuffer.allocate(8 + arguments.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(discriminator)
              .put(arguments)
              .array();
      return raw(data, accounts);
    }

    Instruction raw(byte[] data, Pubkey... accounts) {
      List<AccountMeta> metas = new ArrayList<>();
      for (int i = 0; i < accounts.length; i++) {
        metas.add(new AccountMeta(accounts[i], i == 1, i == 0));
      }
      return new Instruction(id, metas, data);
    }
  }

  private static byte[] u64(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static byte[] u32(long value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array();
  }
}

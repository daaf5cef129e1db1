package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the programs of the public comparison cost when they are written in OVSM, on the real VM and
 * with every check on; and that they refuse what they should.
 */
@ComparedWithRealVm(minimum = 250)
class RosettaTest {
  private static final Pubkey PAYER = key(0x510);
  private static final Pubkey FIRST = key(0x511);
  private static final Pubkey SECOND = key(0x512);
  private static final Pubkey MINT = key(0x513);
  private static final Pubkey TOKENS = key(0x514);
  private static final Pubkey OWNER = key(0x515);
  private static final byte[] BUTTER = "You pass butter".getBytes(StandardCharsets.UTF_8);
  private static final long SYSCALLS = 2_500;
  private static final byte[] NOTHING = {};
  private static final DerivedAddress.Found DERIVED =
      DerivedAddress.find(List.of(BUTTER), Rosetta.CPI.id).orElseThrow();

  /** A row: what was measured, what may be, what the comparison publishes. */
  private record Row(String what, long units, long most, int bytes, String published) {
    String text() {
      return String.format(
          Locale.ROOT, "%-22s %6d %6d %7d  %s", what, units, most, bytes, published);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void costsLittle(Version version, RealVm vm, Comparisons comparisons) {
    Ledger ledger = ledger(vm, version);
    List<Row> rows = new ArrayList<>();
    ledger.send("hello", Rosetta.HELLO_WORLD.call(NOTHING));
    rows.add(row("hello world", Rosetta.HELLO_WORLD, version, ledger.units(), 105, "asm 104"));
    ledger.send("transfer", Rosetta.TRANSFER_LAMPORTS.call(u64(5), own(FIRST), own(SECOND)));
    rows.add(
        row(
            "transfer lamports",
            Rosetta.TRANSFER_LAMPORTS,
            version,
            ledger.units(),
            38,
            "asm 30, Pinocchio 32, Zig 44, C 104, Rust 459"));
    ledger.send("cpi", Rosetta.CPI.call(bump(), own(DERIVED.address()), SYSTEM));
    rows.add(
        row(
            "CPI minus syscalls",
            Rosetta.CPI,
            version,
            ledger.units() - SYSCALLS,
            316,
            "Pinocchio 316, Zig 325, C 622, Rust 1198"));
    ledger.send("pubkey", Rosetta.PUBKEY.call(NOTHING, see(MINT_OF_ITSELF)));
    // Rust's 14 reads the account without asking whether there is one.
    rows.add(row("pubkey", Rosetta.PUBKEY, version, ledger.units(), 14, "Rust 14, Zig 15"));
    ledger.send("mint", Rosetta.TOKEN.call(mint(9, OWNER, null), own(MINT), RENT));
    rows.add(
        row("initialize mint", Rosetta.TOKEN, version, ledger.units(), 158, "Zig 158, Rust 1115"));
    ledger.send(
        "account", Rosetta.TOKEN.call(new byte[] {1}, own(TOKENS), see(MINT), see(OWNER), RENT));
    rows.add(
        row(
            "initialize account",
            Rosetta.TOKEN,
            version,
            ledger.units(),
            176,
            "Zig 176, Rust 2071"));
    System.out.printf("sBPF %s%n%-22s %6s %6s %7s%n", version, "program", "units", "most", "bytes");
    rows.forEach(row -> System.out.println(row.text()));
    assertThat(ledger.successes()).isEqualTo(rows.size());
    assertThat(rows).allSatisfy(row -> assertThat(row.units()).isLessThanOrEqualTo(row.most()));
    ledger.compare(comparisons);
  }

  private static Row row(
      String what, Rosetta program, Version version, long units, long most, String published) {
    return new Row(what, units, most, program.elf(version).length, published);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void lamportsMoveBetweenAnyAccounts(Version version, RealVm vm, Comparisons comparisons) {
    Ledger ledger = ledger(vm, version);
    Rosetta transfer = Rosetta.TRANSFER_LAMPORTS;
    for (int bytes = 0; bytes < 18; bytes++) {
      Pubkey source = key(0x600 + bytes);
      ledger.account(source, Account.of(10_000_000, new byte[bytes], transfer.id));
      ledger.send("data of " + bytes, transfer.call(u64(1000 + bytes), own(source), own(SECOND)));
      ledger.send("back", transfer.call(u64(7), own(SECOND), own(source)));
    }
    ledger.send("more data", transfer.call(new byte[200], own(FIRST), own(SECOND)));
    assertThat(ledger.successes()).isEqualTo(37);
    ledger.send("to itself", transfer.call(u64(5), own(FIRST), own(FIRST)));
    assertThat(ledger.successes()).isEqualTo(38);
    ledger.send("too much", transfer.call(u64(-1), own(FIRST), own(SECOND)));
    ledger.send("of somebody else", transfer.call(u64(5), own(OWNER), own(SECOND)));
    ledger.send("read only", transfer.call(u64(5), see(FIRST), own(SECOND)));
    ledger.send("no account", transfer.call(u64(5)));
    ledger.send("one account", transfer.call(u64(5), own(FIRST)));
    ledger.send("three", transfer.call(u64(5), own(FIRST), own(SECOND), own(OWNER)));
    ledger.send("three, twice one", transfer.call(u64(5), own(FIRST), own(FIRST), own(SECOND)));
    ledger.send("no amount", transfer.call(NOTHING, own(FIRST), own(SECOND)));
    ledger.send("half an amount", transfer.call(new byte[7], own(FIRST), own(SECOND)));
    assertThat(ledger.successes()).isEqualTo(38);
    ledger.compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void onlyItsOwnAddressIsAllocated(Version version, RealVm vm, Comparisons comparisons) {
    Ledger ledger = ledger(vm, version);
    ledger.send("no account", Rosetta.CPI.call(bump()));
    ledger.send("no system program", Rosetta.CPI.call(bump(), own(DERIVED.address())));
    ledger.send("no bump", Rosetta.CPI.call(NOTHING, own(DERIVED.address()), SYSTEM));
    ledger.send("another", Rosetta.CPI.call(bump(), own(SECOND), SYSTEM));
    byte[] wrong = {(byte) (DERIVED.bump() - 1)};
    ledger.send("another bump", Rosetta.CPI.call(wrong, own(DERIVED.address()), SYSTEM));
    ledger.send("read only", Rosetta.CPI.call(bump(), see(DERIVED.address()), SYSTEM));
    ledger.send("exchanged", Rosetta.CPI.call(bump(), SYSTEM, own(DERIVED.address())));
    assertThat(ledger.successes()).isZero();
    AccountMeta wanted = own(DERIVED.address());
    ledger.send("many", Rosetta.CPI.call(bump(), wanted, see(FIRST), wanted, SYSTEM, see(FIRST)));
    assertThat(ledger.successes()).isEqualTo(1);
    assertThat(ledger.now(DERIVED.address()).data()).hasSize(42);
    ledger.send("again", Rosetta.CPI.call(bump(), wanted, SYSTEM));
    assertThat(ledger.successes()).isEqualTo(1);
    ledger.compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void keysAreComparedToTheLastByte(Version version, RealVm vm, Comparisons comparisons) {
    Ledger ledger = ledger(vm, version);
    for (int at = 0; at < Pubkey.BYTES; at++) {
      byte[] bytes = MINT_OF_ITSELF.bytes();
      bytes[at] ^= 1;
      Pubkey near = Pubkey.of(bytes);
      ledger.account(near, Account.of(1_000_000, new byte[1], MINT_OF_ITSELF));
      ledger.send("byte " + at, Rosetta.PUBKEY.call(NOTHING, see(near)));
    }
    ledger.send("none", Rosetta.PUBKEY.call(NOTHING));
    for (int length : new int[] {1, 8, 15, 16, 31, 32, 64, 100, 1_000}) {
      ledger.send("none, but data of " + length, Rosetta.PUBKEY.call(new byte[length]));
    }
    assertThat(ledger.successes()).isZero();
    ledger.send("more", Rosetta.PUBKEY.call(u64(1), see(MINT_OF_ITSELF), see(FIRST)));
    assertThat(ledger.successes()).isEqualTo(1);
    ledger.compare(comparisons);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void keysAreComparedByMachinesThatDoNotShowTheData(Version version) {
    Features old = new Features(Version.V3, true, true, false, 5, Set.of());
    Bank bank = new Bank(BankConfig.mainnet().withFeatures(old));
    bank.addProgram(Rosetta.PUBKEY.id, Rosetta.PUBKEY.elf(version), ProgramIds.SYSTEM);
    bank.put(MINT_OF_ITSELF, Account.of(1_000_000, new byte[1], MINT_OF_ITSELF));
    bank.put(FIRST, Account.of(1_000_000, new byte[1], MINT_OF_ITSELF));
    assertThat(units(bank, Rosetta.PUBKEY.call(NOTHING, see(MINT_OF_ITSELF)), true)).isEqualTo(16);
    units(bank, Rosetta.PUBKEY.call(NOTHING, see(FIRST)), false);
    units(bank, Rosetta.PUBKEY.call(new byte[100]), false);
  }

  private static long units(Bank bank, Instruction call, boolean succeeds) {
    TransactionOutcome outcome = bank.invoke(call, 1_000);
    assertThat(outcome.error() == null).isEqualTo(succeeds);
    return outcome.units();
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void tokensAreInitializedOnce(Version version, RealVm vm, Comparisons comparisons) {
    Ledger ledger = ledger(vm, version);
    Rosetta token = Rosetta.TOKEN;
    byte[] frozen = mint(6, OWNER, FIRST);
    byte[] account = {1};
    ledger.send("no data", token.call(NOTHING, own(MINT), RENT));
    ledger.send("unknown", token.call(new byte[] {2}, own(MINT), RENT));
    ledger.send("short", token.call(new byte[34], own(MINT), RENT));
    ledger.send("half a key", token.call(java.util.Arrays.copyOf(frozen, 66), own(MINT), RENT));
    ledger.send("no rent", token.call(frozen, own(MINT)));
    ledger.send("not the rent", token.call(frozen, own(MINT), see(FIRST)));
    ledger.send("exchanged", token.call(frozen, RENT, own(MINT)));
    ledger.send("not a mint", token.call(frozen, own(TOKENS), RENT));
    ledger.send("poor", token.call(frozen, own(POOR), RENT));
    byte[] odd = frozen.clone();
    odd[34] = 2;
    ledger.send("odd option", token.call(odd, own(MINT), RENT));
    ledger.send("account too early", token.call(account, own(TOKENS), see(MINT), see(OWNER), RENT));
    assertThat(ledger.successes()).isZero();
    ledger.send("mint", token.call(frozen, own(MINT), RENT, see(FIRST), RENT, see(MINT)));
    ledger.send("account", token.call(account, own(TOKENS), see(MINT), see(MINT), RENT));
    assertThat(ledger.successes()).isEqualTo(2);
    byte[] kept = ledger.now(TOKENS).data();
    assertThat(java.util.Arrays.copyOf(kept, 64))
        .isEqualTo(new ByteWriter().key(MINT).key(MINT).toBytes());
    ledger.send("mint again", token.call(frozen, own(MINT), RENT));
    ledger.send("account again", token.call(account, own(TOKENS), see(MINT), see(OWNER), RENT));
    ledger.send("of no mint", token.call(account, own(EMPTY), see(FIRST), see(OWNER), RENT));
    ledger.send("of itself", token.call(account, own(EMPTY), see(EMPTY), see(OWNER), RENT));
    ledger.send("three", token.call(account, own(EMPTY), see(MINT), RENT));
    assertThat(ledger.successes()).isEqualTo(2);
    ledger.send(
        "native", token.call(account, own(EMPTY), see(Tokens.NATIVE_MINT), see(OWNER), RENT));
    assertThat(ledger.successes()).isEqualTo(3);
    ledger.compare(comparisons);
  }

  private static final Pubkey MINT_OF_ITSELF = key(0x516);
  private static final Pubkey POOR = key(0x517);
  private static final Pubkey EMPTY = key(0x518);
  private static final AccountMeta SYSTEM = see(ProgramIds.SYSTEM);
  private static final AccountMeta RENT = see(SysvarIds.RENT);

  private static Ledger ledger(RealVm vm, Version version) {
    Ledger ledger = new Ledger(vm, PAYER);
    for (Rosetta program : Rosetta.values()) {
      ledger.program(program.id, program.elf(version), Loader.UPGRADEABLE);
    }
    Pubkey transfer = Rosetta.TRANSFER_LAMPORTS.id;
    Pubkey token = Rosetta.TOKEN.id;
    return ledger
        .account(FIRST, Account.of(9_000_000, new byte[3], transfer))
        .account(SECOND, Account.of(8_000_000, new byte[0], transfer))
        .account(OWNER, Account.wallet(7_000_000))
        .account(DERIVED.address(), Account.wallet(6_000_000))
        .account(MINT_OF_ITSELF, Account.of(100_000, new byte[1], MINT_OF_ITSELF))
        .account(MINT, Account.of(5_000_000, new byte[Tokens.MINT_BYTES], token))
        .account(POOR, Account.of(900_000, new byte[Tokens.MINT_BYTES], token))
        .account(TOKENS, Account.of(5_000_000, new byte[Tokens.ACCOUNT_BYTES], token))
        .account(EMPTY, Account.of(5_000_000, new byte[Tokens.ACCOUNT_BYTES], token));
  }

  private static byte[] mint(int decimals, Pubkey authority, @Nullable Pubkey freeze) {
    ByteWriter data = new ByteWriter().u8(0).u8(decimals).key(authority);
    return (freeze == null ? data.u8(0) : data.u8(1).key(freeze)).toBytes();
  }

  private static AccountMeta own(Pubkey key) {
    return AccountMeta.writable(key, false);
  }

  private static AccountMeta see(Pubkey key) {
    return AccountMeta.readonly(key, false);
  }

  private static byte[] bump() {
    return new byte[] {(byte) DERIVED.bump()};
  }

  private static byte[] u64(long value) {
    return new ByteWriter().u64(value).toBytes();
  }
}

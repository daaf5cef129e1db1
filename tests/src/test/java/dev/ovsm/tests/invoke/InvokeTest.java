package dev.ovsm.tests.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.RealVm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ovsm invoke} prints what the real VM says of the same transaction. */
@ComparedWithRealVm(minimum = 256)
class InvokeTest {
  private static final Pubkey TOKEN = Pubkey.of("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
  private static final Pubkey ASSOCIATED =
      Pubkey.of("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");
  private static final Pubkey ALICE = key(1);
  private static final Pubkey BOB = key(2);
  private static final Pubkey MINT = key(3);
  private static final long BUDGET = 200_000;

  @TempDir Path folder;

  private final Map<Pubkey, Account> accounts = new LinkedHashMap<>();

  @Test
  void tokenInstructions(RealVm vm, Comparisons comparisons) throws IOException {
    Random random = new Random(1);
    byte[] token = vm.standardProgram("token").elf();
    tokens();
    List<Pubkey> places = new ArrayList<>(accounts.keySet());
    places.add(key(99));
    int succeeded = 0;
    for (int i = 0; i < 160; i++) {
      List<AccountMeta> metas = new ArrayList<>();
      boolean sensible = random.nextInt(3) > 0;
      metas.add(new AccountMeta(sensible ? key(10) : drawn(random, places), false, true));
      metas.add(new AccountMeta(sensible ? key(11) : drawn(random, places), false, true));
      metas.add(
          new AccountMeta(
              random.nextInt(4) > 0 ? ALICE : BOB, random.nextInt(8) > 0, random.nextBoolean()));
      int tag = sensible ? 3 : random.nextInt(20);
      byte[] data = new ByteWriter().u8(tag).u64(random.nextInt(1500)).toBytes();
      long budget = random.nextInt(5) == 0 ? random.nextInt(6000) : BUDGET;
      String outcome =
          compare(
              new Call(
                  Map.of(TOKEN, token),
                  accounts,
                  new Instruction(TOKEN, metas, data),
                  random.nextInt(1_000_000),
                  budget,
                  random.nextBoolean() ? "interpreter" : "jit"),
              vm,
              comparisons);
      succeeded += outcome.startsWith("null") ? 1 : 0;
    }
    assertThat(succeeded).isBetween(40, 120);
  }

  /** A program that calls two others. */
  @Test
  void callsOfOtherPrograms(RealVm vm, Comparisons comparisons) throws IOException {
    Map<Pubkey, byte[]> programs = new LinkedHashMap<>();
    programs.put(ASSOCIATED, vm.standardProgram("associated-token").elf());
    programs.put(TOKEN, vm.standardProgram("token").elf());
    tokens();
    int succeeded = 0;
    for (int i = 0; i < 40; i++) {
      Pubkey wallet = key(i % 3 == 0 ? 1 : 200 + i);
      Pubkey mint = i % 7 == 6 ? key(10) : MINT;
      Pubkey made =
          DerivedAddress.find(List.of(wallet.bytes(), TOKEN.bytes(), mint.bytes()), ASSOCIATED)
              .orElseThrow()
              .address();
      List<AccountMeta> metas =
          List.of(
              AccountMeta.writable(i % 5 == 4 ? key(98) : ALICE, i % 11 != 10),
              AccountMeta.writable(made, false),
              AccountMeta.readonly(wallet, false),
              AccountMeta.readonly(mint, false),
              AccountMeta.readonly(ProgramIds.SYSTEM, false),
              AccountMeta.readonly(TOKEN, false));
      String outcome =
          compare(
              new Call(
                  programs,
                  accounts,
                  new Instruction(ASSOCIATED, metas, new byte[] {(byte) (i % 4 / 3)}),
                  1,
                  BUDGET - 4000L * i,
                  i % 2 == 0 ? "interpreter" : "jit"),
              vm,
              comparisons);
      succeeded += outcome.startsWith("null") ? 1 : 0;
    }
    assertThat(succeeded).isBetween(15, 35);
  }

  /** Clock, return data and logs. */
  @Test
  void slots(RealVm vm, Comparisons comparisons) throws IOException {
    byte[] elf =
        new HandElf()
            .lddw(1, 0x3_0000_0000L)
            .syscall("sol_get_clock_sysvar")
            .lddw(1, 0x3_0000_0000L)
            .put(0xb7, 2, 0, 0, 40)
            .syscall("sol_set_return_data")
            .syscall("sol_log_compute_units_")
            .put(0xb7, 0, 0, 0, 0)
            .exit()
            .v0(new byte[0]);
    long[] slots = {0, 1, 2, 431_999, 432_000, 432_001, 400_000_000, 1L << 40};
    for (long slot : slots) {
      for (long budget : new long[] {0, 1, 141, 142, 143, 350, 1_400_000}) {
        List<AccountMeta> metas = List.of(AccountMeta.readonly(SysvarIds.RENT, false));
        Instruction call = new Instruction(key(50), metas, new byte[] {1, 2});
        Call one = new Call(Map.of(key(50), elf), accounts, call, slot, budget, "interpreter");
        String expected = withoutAccounts(one.real(vm));
        comparisons.equal(slot + " " + budget, withoutAccounts(one.ours(folder)), expected);
      }
    }
  }

  /** What the two say of a sysvar's account differs in its lamports. */
  private static String withoutAccounts(String outcome) {
    return outcome.substring(0, outcome.indexOf("\n" + SysvarIds.RENT));
  }

  private String compare(Call call, RealVm vm, Comparisons comparisons) throws IOException {
    String ours = call.ours(folder);
    comparisons.equal(call.instruction().toString(), ours, call.real(vm));
    return ours;
  }

  private static Pubkey drawn(Random random, List<Pubkey> keys) {
    return keys.get(random.nextInt(keys.size()));
  }

  /** Two wallets, a mint of Alice's and accounts of both. */
  private void tokens() {
    accounts.put(ALICE, Account.wallet(9_000_000_000L));
    accounts.put(BOB, Account.wallet(7_000_000_000L));
    ByteWriter mint = new ByteWriter().u32(1).key(ALICE).u64(5000).u8(2).u8(1).u32(0);
    accounts.put(MINT, Account.of(5_000_000, mint.bytes(new byte[32]).toBytes(), TOKEN));
    for (int i = 0; i < 3; i++) {
      ByteWriter account = new ByteWriter().key(MINT).key(i == 2 ? BOB : ALICE).u64(1000);
      account.bytes(new byte[36]).u8(i == 2 ? 2 : 1).bytes(new byte[56]);
      accounts.put(key(10 + i), Account.of(5_000_000, account.toBytes(), TOKEN));
    }
  }

  private static Pubkey key(int number) {
    byte[] bytes = new byte[Pubkey.BYTES];
    bytes[0] = 0x66;
    bytes[31] = (byte) number;
    return Pubkey.of(bytes);
  }
}

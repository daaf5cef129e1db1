package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.CompiledInstruction;
import dev.ovsm.runtime.transaction.LookupTable;
import dev.ovsm.runtime.transaction.Message;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages of both versions, drawn with budgets, lookup tables, payers and mistakes. */
@ComparedWithRealVm(minimum = 1000)
class MessageTest {
  private static final int MESSAGES = Integer.getInteger("calls", 200);
  private static final Pubkey LOGGER = key(100);
  private static final Pubkey PAYER = key(1);

  @Test
  void equalsTheRealVm(RealVm vm, Comparisons comparisons) {
    Random random = new Random(Long.getLong("seed", 0));
    Ledger ledger = new Ledger(vm, PAYER);
    byte[] elf =
        new HandElf()
            .syscall("sol_log_compute_units_")
            .put(0xb7, 0, 0, 0, 0)
            .exit()
            .v3(new byte[0]);
    ledger.program(LOGGER, elf, Loader.UPGRADEABLE);
    ledger.account(key(2), Account.wallet(10_000));
    ledger.account(key(3), Account.wallet(900_000));
    ledger.account(key(4), Account.of(1_000_000_000, new byte[8], key(90)));
    ledger.account(key(5), Account.wallet(3_000_000));
    for (int i = 0; i < 6; i++) {
      ledger.account(key(60 + i), table(i));
    }
    for (int i = 0; i < MESSAGES; i++) {
      ledger.send("message", message(ledger, random));
    }
    ledger.compare(comparisons);
  }

  /** Good ones, one of this slot, one deactivated, one of another owner, one that is too short. */
  private static Account table(int kind) {
    ByteWriter out = new ByteWriter().u32(kind == 4 ? 0 : 1);
    out.u64(kind == 2 ? 5 : -1).u64(kind == 1 ? Ledger.SLOT : 7).u8(kind == 1 ? 3 : 0);
    out.u8(1).key(key(1)).u16(0);
    for (int i = 0; i < 8; i++) {
      out.key(i == 5 ? SysvarIds.CLOCK : key(70 + i));
    }
    byte[] data = out.toBytes();
    return Account.of(
        1_000_000_000,
        kind == 5 ? Arrays.copyOf(data, 60) : data,
        kind == 3 ? key(90) : ProgramIds.ADDRESS_LOOKUP_TABLE);
  }

  private static Message message(Ledger ledger, Random random) {
    List<Pubkey> keys = new ArrayList<>();
    for (int i = 2; i < 8; i++) {
      keys.add(key(i));
    }
    keys.add(ProgramIds.INCINERATOR);
    Collections.shuffle(keys, random);
    keys = new ArrayList<>(keys.subList(0, 1 + random.nextInt(4)));
    keys.add(0, random.nextInt(5) > 0 ? PAYER : key(2 + random.nextInt(5)));
    if (random.nextInt(10) == 0) {
      keys.add(keys.get(random.nextInt(keys.size())));
    }
    int signatures = 1 + random.nextInt(keys.size());
    int readonlySigned = random.nextInt(4) == 0 ? random.nextInt(signatures + 1) : 0;
    int first = keys.size();
    keys.addAll(
        List.of(
            LOGGER, ProgramIds.COMPUTE_BUDGET, ProgramIds.SYSTEM, SysvarIds.INSTRUCTIONS, key(99)));
    int readonly =
        random.nextInt(15) == 0
            ? random.nextInt(keys.size() + 2)
            : 5 + random.nextInt(first - signatures + 1);
    boolean versioned = random.nextBoolean();
    List<LookupTable> tables = new ArrayList<>();
    int added = 0;
    while (versioned && random.nextInt(3) == 0) {
      LookupTable table = lookup(random);
      added += table.writable().length + table.readonly().length;
      tables.add(table);
    }
    List<CompiledInstruction> instructions = new ArrayList<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      instructions.add(instruction(first, keys.size() + added, random));
    }
    return new Message(
        versioned,
        signatures,
        readonlySigned,
        readonly,
        keys,
        ledger.blockhash(),
        instructions,
        tables);
  }

  private static LookupTable lookup(Random random) {
    int kind = random.nextInt(4) > 0 ? random.nextInt(2) : random.nextInt(7);
    byte[] writable = new byte[random.nextInt(3)];
    byte[] readonly = new byte[random.nextInt(3)];
    for (byte[] indices : List.of(writable, readonly)) {
      for (int i = 0; i < indices.length; i++) {
        indices[i] = (byte) (random.nextInt(20) == 0 ? 8 : random.nextInt(kind == 1 ? 3 : 8));
      }
    }
    return new LookupTable(key(60 + kind), writable, readonly);
  }

  private static CompiledInstruction instruction(int first, int all, Random random) {
    byte[] accounts = new byte[random.nextInt(4)];
    for (int i = 0; i < accounts.length; i++) {
      accounts[i] = (byte) random.nextInt(random.nextInt(30) == 0 ? all + 1 : all);
    }
    ByteWriter data = new ByteWriter();
    switch (random.nextInt(12)) {
      case 0 ->
          data.u8(1)
              .u32(random.nextInt(4) == 0 ? random.nextInt() : 32_768 + 1024 * random.nextInt(250));
      case 1 ->
          data.u8(2).u32(random.nextInt(5) == 0 ? random.nextInt() : random.nextInt(2_000_000));
      case 2 ->
          data.u8(3).u64(random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(10_000_000));
      case 3 -> data.u8(4).u32(random.nextInt(4) == 0 ? 0 : 64 * 1024 * 1024);
      case 4 -> data.u8(random.nextInt(6)).u16(7);
      case 5, 6 -> {
        data.u32(2).u64(random.nextInt(3) > 0 ? random.nextInt(100) : 890_880);
        return new CompiledInstruction(
            first + 2, new byte[] {0, (byte) random.nextInt(first)}, data.toBytes());
      }
      case 7 -> {
        // a program that does not load costs its fee on a cluster, but not in the library
        return new CompiledInstruction(first + random.nextInt(3), accounts, data.toBytes());
      }
      default -> {
        return new CompiledInstruction(first, accounts, data.toBytes());
      }
    }
    return new CompiledInstruction(first + 1, accounts, data.toBytes());
  }
}

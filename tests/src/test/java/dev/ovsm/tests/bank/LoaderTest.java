package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.program.LoaderState;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The upgradeable loader: buffers, deployments, upgrades, extensions and closing, drawn. */
@ComparedWithRealVm(minimum = 1800)
class LoaderTest {
  private static final int TRANSACTIONS = Integer.getInteger("calls", 60);
  private static final Pubkey PAYER = key(1);
  private static final int BUFFERS = 10;
  private static final int PROGRAMS = 6;
  private static final int SAME_SLOT = 5;
  private static final long RICH = 100_000_000_000L;

  private final List<byte[]> elves =
      List.of(
          exit(1).v3(new byte[0]),
          exit(2).v0(new byte[0]),
          exit(0).v3(new byte[8]),
          new HandElf().put(0xff, 0, 0, 0, 0).exit().v3(new byte[0]),
          new HandElf().syscall("sol_alloc_free_").exit().v0(new byte[0]),
          new HandElf().syscall("sol_alloc_free_").exit().v3(new byte[0]),
          new byte[40],
          new byte[0]);

  private static HandElf exit(int status) {
    return new HandElf().put(0xb7, 0, 0, 0, status).exit();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void equalsTheRealVm(int seed, RealVm vm, Comparisons comparisons) {
    Random random = new Random(seed + Long.getLong("seed", 0));
    Ledger ledger = new Ledger(vm, PAYER);
    ledger.account(key(2), Account.wallet(RICH));
    for (int i = 0; i < BUFFERS; i++) {
      byte[] elf = elves.get(i % elves.size());
      ledger.account(key(20 + i), buffer(i, elf, random));
    }
    for (int i = 0; i < PROGRAMS; i++) {
      byte[] elf = elves.get(random.nextInt(3));
      long slot = i == SAME_SLOT ? Ledger.SLOT : 5;
      LoaderState state =
          new LoaderState.ProgramData(slot, i == 4 ? null : key(1 + random.nextInt(2)));
      ledger.account(data(i), owned(withState(state, LoaderState.PROGRAM_DATA_BYTES, elf, 64)));
      LoaderState pointer = new LoaderState.Program(data(i));
      Account program = owned(pointer.bytes());
      ledger.account(
          key(40 + i),
          new Account(
              program.lamports(), program.data(), program.owner(), true, Account.EXEMPT_EPOCH));
    }
    for (int i = 0; i < 4; i++) {
      ledger.account(key(50 + i), owned(new byte[i == 3 ? 20 : 36]));
    }
    for (int i = 0; i < TRANSACTIONS; i++) {
      Instruction drawn = instruction(random);
      if (drawn.program().equals(ProgramIds.LOADER_V3) || isRunnable(ledger, drawn.program())) {
        ledger.send("loader", drawn);
      }
    }
    ledger.compare(comparisons);
  }

  /**
   * The real VM's host takes no fee for what is no program, and runs a program in the slot of its
   * deployment already: neither is compared.
   */
  private static boolean isRunnable(Ledger ledger, Pubkey program) {
    Account data = ledger.now(dataOf(program));
    return ledger.now(program).executable()
        && LoaderState.read(data.data()).filter(LoaderTest::isEarlier).isPresent();
  }

  private static boolean isEarlier(LoaderState state) {
    return state instanceof LoaderState.ProgramData data && data.slot() < Ledger.SLOT;
  }

  private static Account buffer(int index, byte[] elf, Random random) {
    if (index == 9) {
      return owned(new byte[100]);
    }
    @Nullable Pubkey authority = index == 8 ? null : key(1 + random.nextInt(2));
    LoaderState state = new LoaderState.Buffer(authority);
    return owned(withState(state, LoaderState.BUFFER_BYTES, elf, 0));
  }

  private static byte[] withState(LoaderState state, int header, byte[] elf, int spare) {
    byte[] data = Arrays.copyOf(state.bytes(), header + elf.length + spare);
    System.arraycopy(elf, 0, data, header, elf.length);
    return data;
  }

  private static Account owned(byte[] data) {
    return Account.of(50_000_000, data, ProgramIds.LOADER_V3);
  }

  /** The address at which the loader keeps the code of program {@code index}. */
  private static Pubkey data(int index) {
    return dataOf(key(40 + index));
  }

  private static Pubkey dataOf(Pubkey program) {
    return DerivedAddress.find(List.of(program.bytes()), ProgramIds.LOADER_V3)
        .orElseThrow()
        .address();
  }

  private Instruction instruction(Random random) {
    Pubkey buffer = key(20 + random.nextInt(BUFFERS));
    int index = random.nextInt(PROGRAMS);
    Pubkey program = key(40 + index);
    Pubkey authority = key(1 + random.nextInt(2));
    Pubkey fresh = key(50 + random.nextInt(4));
    ByteWriter data = new ByteWriter();
    List<AccountMeta> metas = new ArrayList<>();
    switch (random.nextInt(11)) {
      case 0 -> {
        data.u32(0);
        metas.add(AccountMeta.writable(buffer, false));
        metas.add(AccountMeta.readonly(authority, false));
      }
      case 1 -> {
        byte[] bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        data.u32(1).u32(random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(200));
        data.u64(bytes.length).bytes(bytes);
        metas.add(AccountMeta.writable(buffer, false));
        metas.add(AccountMeta.readonly(authority, true));
      }
      case 2, 3 -> deploy(data, metas, buffer, fresh, authority, random);
      case 4, 5 -> {
        data.u32(3);
        metas.add(AccountMeta.writable(data(random.nextInt(8) == 0 ? 1 : index), false));
        metas.add(AccountMeta.writable(program, false));
        metas.add(AccountMeta.writable(buffer, false));
        metas.add(AccountMeta.writable(key(2), false));
        metas.add(AccountMeta.readonly(SysvarIds.RENT, false));
        metas.add(AccountMeta.readonly(SysvarIds.CLOCK, false));
        metas.add(AccountMeta.readonly(authority, true));
      }
      case 6 -> {
        data.u32(random.nextBoolean() ? 4 : 7);
        metas.add(AccountMeta.writable(random.nextBoolean() ? buffer : data(index), false));
        metas.add(AccountMeta.readonly(authority, true));
        if (random.nextInt(3) > 0) {
          metas.add(AccountMeta.readonly(key(1 + random.nextInt(2)), random.nextBoolean()));
        }
      }
      case 7 -> {
        data.u32(5);
        boolean whole = random.nextInt(3) == 0;
        Pubkey closed = random.nextInt(6) == 0 ? fresh : whole ? data(index) : buffer;
        metas.add(AccountMeta.writable(closed, false));
        metas.add(AccountMeta.writable(random.nextInt(12) == 0 ? closed : key(2), false));
        metas.add(AccountMeta.readonly(authority, true));
        metas.add(AccountMeta.writable(program, false));
      }
      case 8 -> {
        data.u32(6).u32(random.nextInt(5) == 0 ? random.nextInt(2) : random.nextInt(20_000));
        metas.add(AccountMeta.writable(data(index), false));
        metas.add(AccountMeta.writable(program, false));
        metas.add(AccountMeta.readonly(ProgramIds.SYSTEM, false));
        metas.add(AccountMeta.writable(PAYER, true));
      }
      case 9 -> data.u32(random.nextInt(12));
      default -> {
        return new Instruction(
            random.nextInt(4) == 0 ? fresh : key(40 + random.nextInt(SAME_SLOT)),
            List.of(),
            new byte[0]);
      }
    }
    spoil(metas, random);
    return new Instruction(ProgramIds.LOADER_V3, metas, data.toBytes());
  }

  private static void deploy(
      ByteWriter data,
      List<AccountMeta> metas,
      Pubkey buffer,
      Pubkey program,
      Pubkey authority,
      Random random) {
    data.u32(2).u64(random.nextInt(4) == 0 ? random.nextInt(200) : 300 + random.nextInt(5000));
    metas.add(AccountMeta.writable(PAYER, true));
    metas.add(AccountMeta.writable(random.nextInt(10) == 0 ? key(60) : dataOf(program), false));
    metas.add(AccountMeta.writable(program, false));
    metas.add(AccountMeta.writable(buffer, false));
    metas.add(AccountMeta.readonly(SysvarIds.RENT, false));
    metas.add(AccountMeta.readonly(SysvarIds.CLOCK, false));
    metas.add(AccountMeta.readonly(ProgramIds.SYSTEM, false));
    metas.add(AccountMeta.readonly(authority, true));
  }

  /** Takes away a right or an account now and then. */
  private static void spoil(List<AccountMeta> metas, Random random) {
    if (metas.isEmpty() || random.nextInt(5) > 0) {
      return;
    }
    int index = random.nextInt(metas.size());
    AccountMeta meta = metas.get(index);
    switch (random.nextInt(4)) {
      case 0 -> metas.set(index, new AccountMeta(meta.key(), false, meta.writable()));
      case 1 -> metas.set(index, new AccountMeta(meta.key(), meta.signer(), false));
      case 2 -> metas.remove(metas.size() - 1);
      default -> metas.set(index, new AccountMeta(key(70), meta.signer(), meta.writable()));
    }
  }
}

package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.bank.Actor.Script;
import dev.ovsm.tests.bank.Places.Place;
import dev.ovsm.tests.realvm.Loader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws transactions in which an actor calls another program, sometimes with mistakes in the
 * structures that it passes.
 */
final class DrawnCalls {
  private static final Pubkey CALLER = key(100);
  private static final Pubkey CALLEE = key(101);
  private static final byte[] SEED = {1, 2, 3};
  private static final List<Loader> LOADERS = List.of(Loader.values());

  private final List<Pubkey> pool = new ArrayList<>();
  private final Ledger ledger;
  private final Random random;
  private final Loader loader;
  private final Loader calleeLoader;
  private final boolean rust;
  private final Pubkey derived;
  private final byte bump;
  private Pubkey image = CALLER;

  DrawnCalls(Ledger ledger, Random random, Loader loader, boolean rust) {
    this.ledger = ledger;
    this.random = random;
    this.loader = loader;
    this.rust = rust;
    String syscall = rust ? "sol_invoke_signed_rust" : "sol_invoke_signed_c";
    ledger.program(CALLER, new Actor(CALLER, syscall, random.nextBoolean(), loader).elf(), loader);
    calleeLoader = LOADERS.get(random.nextInt(LOADERS.size()));
    ledger.program(
        CALLEE, new Actor(CALLEE, "abort", random.nextBoolean(), calleeLoader).elf(), calleeLoader);
    for (int i = 0; i < 6; i++) {
      Pubkey owner = List.of(CALLER, CALLEE, ProgramIds.SYSTEM).get(random.nextInt(3));
      pool.add(key(10 + i));
      byte[] data = new byte[owner.equals(ProgramIds.SYSTEM) ? 0 : random.nextInt(5) * 8];
      random.nextBytes(data);
      ledger.account(key(10 + i), Account.of(1_000_000_000L + i, data, owner));
    }
    DerivedAddress.Found found = DerivedAddress.find(List.of(SEED), CALLER).orElseThrow();
    derived = found.address();
    bump = (byte) found.bump();
    pool.add(derived);
    ledger.account(derived, Account.wallet(2_000_000_000L));
  }

  /** Sends one more transaction. */
  void send() {
    image = key(2000 + ledger.size());
    List<Pubkey> keys = List.of(image, CALLEE, ProgramIds.SYSTEM);
    List<AccountMeta> metas = new ArrayList<>();
    for (Pubkey key : keys) {
      metas.add(AccountMeta.readonly(key, false));
    }
    if (random.nextInt(20) == 0) {
      metas.remove(1);
    }
    metas.add(AccountMeta.readonly(CALLER, false));
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      Pubkey key = pool.get(random.nextInt(pool.size()));
      boolean pda = key.equals(derived);
      metas.add(new AccountMeta(key, !pda && random.nextInt(3) > 0, random.nextInt(4) > 0));
    }
    merge(metas);
    List<Pubkey> named = metas.stream().map(AccountMeta::key).toList();
    Instruction inner = inner(metas);
    CallImage call = new CallImage(rust);
    long instruction = call.instruction(inner);
    List<Account> before = accounts(named, call.bytes().length);
    Places places = Places.of(named, before, loader);
    List<Place> infos = new ArrayList<>();
    List<Account> infoAccounts = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      if (random.nextInt(60) > 0) {
        infos.add(places.get(i));
        infoAccounts.add(before.get(i));
      }
    }
    long infosAt = call.infos(infos, infoAccounts);
    List<List<byte[]>> signers = new ArrayList<>();
    if (random.nextInt(3) > 0) {
      signers.add(List.of(SEED, new byte[] {random.nextInt(10) == 0 ? 0 : bump}));
    }
    long signersAt = call.signers(signers);
    if (random.nextInt(8) == 0) {
      corrupt(call);
    }
    Script script =
        new Script()
            .image(places.get(0).data(), call.bytes().length)
            .call(instruction, infosAt, infos.size(), signersAt, signers.size());
    changes(script, metas, places, before, true);
    changes(script, metas, places, before, false);
    if (random.nextInt(10) == 0) {
      script.exit(random.nextLong());
    }
    ledger.account(image, Account.of(1_000_000_000L, call.bytes(), ProgramIds.SYSTEM));
    ledger.send("call of " + inner.program(), new Instruction(CALLER, metas, script.bytes()));
  }

  private List<Account> accounts(List<Pubkey> keys, int imageLength) {
    List<Account> accounts = new ArrayList<>();
    for (Pubkey key : keys) {
      Account account = ledger.now(key);
      accounts.add(key.equals(image) ? account.withData(new byte[imageLength]) : account);
    }
    return accounts;
  }

  /** Gives repetitions of a key the same rights, as a message does. */
  private static void merge(List<AccountMeta> metas) {
    for (int i = 0; i < metas.size(); i++) {
      AccountMeta meta = metas.get(i);
      boolean signer = metas.stream().anyMatch(m -> m.key().equals(meta.key()) && m.signer());
      boolean writable = metas.stream().anyMatch(m -> m.key().equals(meta.key()) && m.writable());
      metas.set(i, new AccountMeta(meta.key(), signer, writable));
    }
  }

  private Instruction inner(List<AccountMeta> outer) {
    List<AccountMeta> metas = new ArrayList<>();
    for (AccountMeta meta : outer.subList(Math.min(3, outer.size()), outer.size())) {
      if (random.nextInt(5) > 0) {
        boolean pda = meta.key().equals(derived);
        boolean signer = (meta.signer() || pda) && random.nextInt(3) > 0;
        metas.add(
            new AccountMeta(
                meta.key(),
                signer || random.nextInt(100) == 0,
                (meta.writable() && random.nextInt(5) > 0) || random.nextInt(100) == 0));
      }
    }
    merge(metas);
    int kind = random.nextInt(12);
    if (kind < 3 && metas.size() >= 2) {
      byte[] data = new ByteWriter().u32(2).u64(random.nextInt(1_000_000)).toBytes();
      return new Instruction(
          ProgramIds.SYSTEM, metas.subList(metas.size() - 2, metas.size()), data);
    }
    List<Pubkey> keys = metas.stream().map(AccountMeta::key).toList();
    List<Account> accounts = accounts(keys, CallImage.BYTES);
    Places places = Places.of(keys, accounts, calleeLoader);
    Script script = new Script();
    changes(script, metas, places, accounts, true);
    if (random.nextInt(10) == 0) {
      script.exit(random.nextInt(3) == 0 ? random.nextLong() : (long) random.nextInt(30) << 32);
    }
    Pubkey program =
        switch (kind) {
          case 3 -> CALLER;
          case 4 -> ProgramIds.LOADER_V2;
          case 5 -> key(10);
          case 6 -> ProgramIds.ED25519_PRECOMPILE;
          default -> CALLEE;
        };
    return new Instruction(
        kind == 3 || kind > 6 || random.nextInt(4) == 0 ? program : CALLEE, metas, script.bytes());
  }

  /** Draws changes to accounts, most of them allowed and balanced. */
  private void changes(
      Script script,
      List<AccountMeta> metas,
      Places places,
      List<Account> accounts,
      boolean before) {
    int count = random.nextInt(6) - 3;
    for (int i = 0; i < count && !metas.isEmpty(); i++) {
      int index = random.nextInt(metas.size());
      // what programs hold differs between the two machines
      if (!pool.contains(metas.get(index).key())
          || (!metas.get(index).writable() && random.nextInt(15) > 0)) {
        continue;
      }
      Place place = places.get(index);
      Account account = accounts.get(index);
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> {
          int other = random.nextInt(metas.size());
          long amount = random.nextInt(1000);
          if (other != index
              && pool.contains(metas.get(other).key())
              && !metas.get(other).key().equals(metas.get(index).key())) {
            poke(script, before, place.lamports(), account.lamports() - amount);
            poke(
                script,
                before,
                places.get(other).lamports(),
                accounts.get(other).lamports() + amount);
          }
        }
        case 3, 4, 5, 6 ->
            poke(
                script,
                before,
                place.data() + random.nextInt(account.data().length + 1),
                random.nextLong());
        case 7, 8 ->
            poke(
                script,
                before,
                place.length(),
                random.nextInt(6) == 0
                    ? random.nextInt(12_000)
                    : account.data().length + 8L * random.nextInt(4));
        case 9 -> poke(script, before, place.owner() + 24, random.nextLong());
        case 10 -> poke(script, before, place.data() + random.nextInt(10_300), random.nextLong());
        default -> poke(script, before, place.lamports(), random.nextLong());
      }
    }
  }

  private static void poke(Script script, boolean before, long address, long value) {
    if (before) {
      script.before(address, value);
    } else {
      script.after(address, value);
    }
  }

  private void corrupt(CallImage call) {
    ByteBuffer bytes = ByteBuffer.wrap(call.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int at = random.nextInt(call.used() / 8) * 8;
    long value = bytes.getLong(at);
    bytes.putLong(
        at,
        switch (random.nextInt(6)) {
          case 0 -> value + 1;
          case 1 -> value + 8;
          case 2 -> value ^ (1L << random.nextInt(64));
          case 3 -> Probe.INPUT + 8L * random.nextInt(4096);
          case 4 -> random.nextLong();
          default -> Probe.HEAP + random.nextInt(Probe.HEAP_BYTES);
        });
  }
}

package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.crypto.HashFunction;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The system program's instructions, drawn with what they need or without. */
@ComparedWithRealVm(minimum = 2000)
class SystemProgramTest {
  private static final int INSTRUCTIONS = Integer.getInteger("calls", 60);
  private static final Pubkey PAYER = key(1);
  private static final int NONCE_BYTES = 80;
  private static final List<String> SEEDS =
      List.of(
          "", "seed", "a seed of thirty-two bytes, not 1", "a seed of more than thirty-two bytes");
  private static final long[] LAMPORTS = {
    0, 1, 890_879, 890_880, 1_447_680, 1_500_000, 50_000_000, 1_000_000_000, Long.MAX_VALUE, -1
  };
  private static final long[] SPACES = {
    0, 1, NONCE_BYTES, 165, 10_240, 10_241, 10 * 1024 * 1024, 10 * 1024 * 1024 + 1, -1
  };

  private final List<Pubkey> pool = new ArrayList<>();
  private final List<Pubkey> owners =
      List.of(ProgramIds.SYSTEM, key(90), ProgramIds.LOADER_V3, markedOwner());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
  void equalsTheRealVm(int tag, RealVm vm, Comparisons comparisons) {
    Random random = new Random(Long.getLong("seed", 0) + tag);
    Ledger ledger = new Ledger(vm, PAYER);
    fill(ledger, random);
    for (int i = 0; i < INSTRUCTIONS; i++) {
      ledger.send("tag " + tag, instruction(tag, random));
    }
    ledger.compare(comparisons);
  }

  /** An owner that no address may be derived for with a seed. */
  private static Pubkey markedOwner() {
    byte[] bytes = key(91).bytes();
    byte[] marker = "ProgramDerivedAddress".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(marker, 0, bytes, bytes.length - marker.length, marker.length);
    return Pubkey.of(bytes);
  }

  private void fill(Ledger ledger, Random random) {
    for (int i = 0; i < 4; i++) {
      pool.add(key(10 + i));
      ledger.account(key(10 + i), Account.wallet(LAMPORTS[4 + random.nextInt(4)]));
    }
    for (int i = 0; i < 8; i++) {
      pool.add(key(20 + i));
    }
    for (int i = 0; i < 40; i++) {
      pool.add(key(200 + i));
    }
    for (int i = 0; i < 6; i++) {
      pool.add(key(30 + i));
      byte[] nonce = nonce(i, i == 2 ? currentNonce() : key(50 + i));
      ledger.account(key(30 + i), Account.of(LAMPORTS[4 + i % 3], nonce, ProgramIds.SYSTEM));
    }
    pool.add(key(40));
    ledger.account(key(40), Account.of(1_000_000_000, new byte[5], key(90)));
    for (String seed : SEEDS.subList(0, 2)) {
      for (Pubkey owner : owners.subList(0, 3)) {
        Pubkey derived =
            DerivedAddress.withSeed(key(10), seed.getBytes(StandardCharsets.UTF_8), owner)
                .orElseThrow();
        pool.add(derived);
        if (random.nextBoolean()) {
          ledger.account(derived, Account.wallet(30_000_000));
        }
      }
    }
  }

  /** Not initialised, initialised in both forms by one of two authorities, or nonsense. */
  private static byte[] nonce(int kind, Pubkey durable) {
    if (kind == 0) {
      return new byte[NONCE_BYTES];
    }
    ByteWriter out = new ByteWriter().u32(kind % 2).u32(kind == 5 ? 2 : 1);
    out.key(kind < 3 ? key(10) : key(11)).key(durable).u64(5000);
    return Arrays.copyOf(out.toBytes(), NONCE_BYTES);
  }

  /** The nonce that the blockhash of this slot stands for. */
  private static Pubkey currentNonce() {
    byte[] marker = "DURABLE_NONCE".getBytes(StandardCharsets.US_ASCII);
    byte[] blockhash = new Bank(Ledger.config()).sysvars().blockhash().bytes();
    return Pubkey.of(HashFunction.SHA256.hash(List.of(marker, blockhash)));
  }

  private Instruction instruction(int tag, Random random) {
    Pubkey base = random.nextInt(8) > 0 ? key(10) : key(11);
    Pubkey owner = owners.get(random.nextInt(owners.size()));
    String text =
        random.nextInt(10) == 0
            ? SEEDS.get(random.nextInt(SEEDS.size()))
            : tag == 11 ? SEEDS.get(random.nextInt(2)) : "s" + random.nextInt(1000);
    byte[] seed = text.getBytes(StandardCharsets.UTF_8);
    List<AccountMeta> metas = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      boolean signer = random.nextInt(4) > 0;
      metas.add(new AccountMeta(account(tag, i, random), signer, random.nextInt(6) > 0));
    }
    if (tag == 3 || (tag >= 9 && tag <= 11)) {
      Pubkey derived = DerivedAddress.withSeed(base, seed, owner).orElse(key(10));
      int place = tag == 3 ? 1 : 0;
      if (random.nextInt(8) > 0) {
        metas.set(place, new AccountMeta(derived, false, true));
        metas.set(tag == 11 ? 1 : 2, new AccountMeta(base, random.nextInt(6) > 0, false));
      }
      if (tag == 3) {
        metas.set(0, new AccountMeta(PAYER, true, true));
      }
    }
    int count = random.nextInt(8) == 0 ? random.nextInt(6) : needed(tag);
    byte[] data = data(tag, random, base, seed, owner);
    if (random.nextInt(15) == 0) {
      data = Arrays.copyOf(data, random.nextInt(data.length + 8));
    }
    return new Instruction(ProgramIds.SYSTEM, metas.subList(0, count), data);
  }

  private static int needed(int tag) {
    return switch (tag) {
      case 0, 2, 13 -> 2;
      case 3, 4, 6, 7, 9, 10, 11 -> 3;
      case 5 -> 5;
      default -> 1;
    };
  }

  private Pubkey account(int tag, int index, Random random) {
    boolean nonce = (tag >= 4 && tag <= 7) || tag == 12;
    if (random.nextInt(10) > 0) {
      if (nonce && index == 0) {
        return key(30 + random.nextInt(6));
      }
      if (nonce && index == (tag == 5 ? 2 : 1)) {
        return SysvarIds.RECENT_BLOCKHASHES;
      }
      if (nonce && index == (tag == 5 ? 3 : 2)) {
        return SysvarIds.RENT;
      }
      if (nonce || (tag == 11 && index == 1)) {
        return key(10 + random.nextInt(2));
      }
    }
    return pool.get(random.nextInt(pool.size()));
  }

  private static byte[] data(int tag, Random random, Pubkey base, byte[] seed, Pubkey owner) {
    ByteWriter out = new ByteWriter().u32(tag);
    long lamports = LAMPORTS[random.nextInt(LAMPORTS.length)];
    long space = SPACES[random.nextInt(random.nextInt(3) > 0 ? 4 : SPACES.length)];
    switch (tag) {
      case 0, 13 -> out.u64(lamports).u64(space).key(owner);
      case 1 -> out.key(owner);
      case 2, 5 -> out.u64(lamports);
      case 3 -> seeded(out.key(base), seed).u64(lamports).u64(space).key(owner);
      case 6, 7 -> out.key(key(10 + random.nextInt(2)));
      case 8 -> out.u64(space);
      case 9 -> seeded(out.key(base), seed).u64(space).key(owner);
      case 10 -> seeded(out.key(base), seed).key(owner);
      case 11 -> seeded(out.u64(lamports), seed).key(owner);
      default -> out.bytes(new byte[random.nextInt(3)]);
    }
    return out.toBytes();
  }

  private static ByteWriter seeded(ByteWriter out, byte[] seed) {
    return out.u64(seed.length).bytes(seed);
  }
}

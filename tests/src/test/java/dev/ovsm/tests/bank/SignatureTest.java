package dev.ovsm.tests.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.CompiledInstruction;
import dev.ovsm.runtime.transaction.LookupTable;
import dev.ovsm.runtime.transaction.Message;
import dev.ovsm.runtime.transaction.Transaction;
import dev.ovsm.runtime.transaction.TransactionCodec;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;

/** Transfers that one or several sign, well or badly. */
@ComparedWithRealVm(minimum = 800)
class SignatureTest {
  private static final int TRANSACTIONS = Integer.getInteger("calls", 200);
  private static final int SIGNERS = 3;

  private final List<Ed25519PrivateKeyParameters> secrets = new ArrayList<>();
  private final List<Pubkey> keys = new ArrayList<>();
  private final Random random = new Random(Long.getLong("seed", 0));

  @Test
  void equalsTheRealVm(RealVm vm, Comparisons comparisons) {
    for (int i = 0; i < SIGNERS; i++) {
      byte[] seed = new byte[32];
      seed[0] = (byte) (i + 1);
      secrets.add(new Ed25519PrivateKeyParameters(seed));
      keys.add(Pubkey.of(secrets.get(i).generatePublicKey().getEncoded()));
    }
    Ledger ledger = new Ledger(vm, keys.get(0)).verifying();
    ledger.account(keys.get(1), Account.wallet(10_000_000_000L));
    for (int i = 0; i < TRANSACTIONS; i++) {
      ledger.send("signed", transaction(message(ledger.blockhash())));
    }
    ledger.compare(comparisons);
    assertThat(ledger.successes()).isBetween(TRANSACTIONS / 4L, 3L * TRANSACTIONS / 4);
  }

  /** A transfer of the first signer's; the others only sign. */
  private Message message(Pubkey blockhash) {
    int signers = 1 + random.nextInt(SIGNERS);
    List<Pubkey> all = new ArrayList<>(keys.subList(0, signers));
    if (random.nextInt(15) == 0 && signers > 1) {
      all.set(1, all.get(0));
    }
    all.add(Ledger.key(50 + random.nextInt(4)));
    all.add(ProgramIds.SYSTEM);
    byte[] data = new ByteWriter().u32(2).u64(random.nextInt(2) * 1_000_000L).toBytes();
    CompiledInstruction transfer =
        new CompiledInstruction(signers + 1, new byte[] {0, (byte) signers}, data);
    boolean versioned = random.nextBoolean();
    List<LookupTable> tables =
        versioned && random.nextInt(15) == 0
            ? List.of(new LookupTable(Ledger.key(77), new byte[] {0}, new byte[0]))
            : List.of();
    int readonly = random.nextInt(20) == 0 ? 9 : 1;
    return new Message(versioned, signers, 0, readonly, all, blockhash, List.of(transfer), tables);
  }

  private Transaction transaction(Message message) {
    byte[] signed = TransactionCodec.write(message);
    if (random.nextInt(12) == 0) {
      signed[random.nextInt(signed.length)] ^= (byte) (1 << random.nextInt(8));
    }
    List<byte[]> signatures = new ArrayList<>();
    for (int i = 0; i < message.signatures(); i++) {
      byte[] signature = sign(secrets.get(i), signed);
      switch (random.nextInt(20)) {
        case 0 -> signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> signature = new byte[64];
        default -> {}
      }
      signatures.add(signature);
    }
    if (random.nextInt(12) == 0) {
      Collections.shuffle(signatures, random);
    }
    if (random.nextInt(20) == 0) {
      signatures.remove(0);
    }
    return new Transaction(signatures, message);
  }

  private static byte[] sign(Ed25519PrivateKeyParameters secret, byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, secret);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }
}

package dev.ovsm.tests.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.crypto.Ed25519;
import dev.ovsm.tests.crypto.SignatureCases.Signed;
import dev.ovsm.tests.realvm.Account;
import dev.ovsm.tests.realvm.Base58;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.TransactionRequest;
import dev.ovsm.tests.realvm.TransactionRequest.Instruction;
import dev.ovsm.tests.realvm.TransactionRequest.Transaction;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signatures of Ed25519 against the precompile that verifies them. */
@ComparedWithRealVm(minimum = 520)
class Ed25519PrecompileTest {
  private static final String PRECOMPILE = "Ed25519SigVerify111111111111111111111111111";
  private static final String PAYER = Base58.encode(Cases.bigEndian(BigInteger.TEN, 32));
  private static final int HEADER = 16;

  /** One signature, its parts within the instruction itself. */
  private static byte[] instruction(Signed signed) {
    ByteBuffer header = ByteBuffer.wrap(new byte[HEADER]).order(ByteOrder.LITTLE_ENDIAN);
    short here = (short) 0xffff;
    header.put((byte) 1).put((byte) 0);
    header.putShort((short) HEADER).putShort(here);
    header.putShort((short) (HEADER + 64)).putShort(here);
    header.putShort((short) (HEADER + 96)).putShort((short) signed.message().length);
    header.putShort(here);
    byte[] bytes = new byte[HEADER];
    header.flip().get(bytes);
    return Cases.join(bytes, signed.signature(), signed.key(), signed.message());
  }

  static List<Boolean> verdicts(RealVm vm, List<Signed> all) {
    List<Transaction> transactions =
        all.stream()
            .map(
                signed ->
                    Transaction.of(
                        PAYER,
                        List.of(new Instruction(PRECOMPILE, List.of(), instruction(signed))),
                        List.of()))
            .toList();
    Account payer = Account.of(PAYER, 1_000_000_000_000L, Account.SYSTEM_PROGRAM, new byte[0]);
    return vm
        .send(TransactionRequest.of(List.of(), List.of(), List.of(payer), transactions))
        .stream()
        .map(Outcome::ok)
        .toList();
  }

  @Test
  void agreesOnEverySignature(RealVm vm, Comparisons comparisons) {
    List<Signed> all = new SignatureCases(new Cases(1)).all();
    List<Boolean> real = verdicts(vm, all);
    for (int i = 0; i < all.size(); i++) {
      Signed signed = all.get(i);
      boolean ours = Ed25519.verify(signed.signature(), signed.key(), signed.message());
      comparisons.equal("signature " + i, ours, real.get(i));
    }
    assertThat(real.stream().filter(ok -> ok)).hasSizeGreaterThan(all.size() / 10);
  }
}

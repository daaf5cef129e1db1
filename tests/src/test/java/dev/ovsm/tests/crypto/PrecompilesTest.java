package dev.ovsm.tests.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole instructions of the precompiles: several signatures, parts in another instruction, and
 * every field wrong in turn.
 */
@ComparedWithRealVm(minimum = 1200)
class PrecompilesTest {
  private static final String PAYER = Base58.encode(Cases.bigEndian(BigInteger.TEN, 32));
  private static final long LAMPORTS = 1_000_000_000_000L;
  private static final int TRANSACTIONS = 400;

  /** The precompiles, the bytes before their tables and of a row, and who signs. */
  enum Kind {
    ED25519("Ed25519SigVerify111111111111111111111111111", 2, 14, SignedParts::ed25519),
    SECP256R1("Secp256r1SigVerify1111111111111111111111111", 2, 14, SignedParts::secp256r1),
    SECP256K1("KeccakSecp256k11111111111111111111111111111", 1, 11, SignedParts::secp256k1);

    private final String program;
    private final int start;
    private final int row;
    private final Function<Cases, SignedParts> signer;

    Kind(String program, int start, int row, Function<Cases, SignedParts> signer) {
      this.program = program;
      this.start = start;
      this.row = row;
      this.signer = signer;
    }
  }

  @ParameterizedTest
  @EnumSource
  void agree(Kind kind, RealVm vm, Comparisons comparisons) {
    Cases cases = new Cases(kind.program.hashCode());
    List<List<Instruction>> all = new ArrayList<>();
    for (int i = 0; i < TRANSACTIONS; i++) {
      all.add(instructions(kind, cases, i));
    }
    List<Outcome> real = real(vm, all);
    for (int i = 0; i < all.size(); i++) {
      comparisons.equal(kind + " " + i, emulated(all.get(i)), Emulated.text(real.get(i)));
    }
    assertThat(real.stream().filter(Outcome::ok)).hasSizeGreaterThan(TRANSACTIONS / 5);
    assertThat(real.stream().map(Outcome::errorText).distinct()).hasSizeGreaterThan(3);
  }

  /**
   * An instruction that holds parts behind a signature of its own, then one that may refer to it:
   * right, with a field or the length or a bit of it wrong, or nothing but noise.
   */
  private static List<Instruction> instructions(Kind kind, Cases cases, int number) {
    List<SignedParts> signed = new ArrayList<>();
    for (int i = 1 + cases.below(3); i > 0; i--) {
      signed.add(kind.signer.apply(cases));
    }
    byte[] first = table(Kind.ED25519, List.of(SignedParts.ed25519(cases)), 0, true);
    boolean elsewhere = number % 4 == 0;
    byte[] parts = parts(signed);
    byte[] table =
        elsewhere ? table(kind, signed, first.length, false) : table(kind, signed, 0, true);
    byte[] data =
        switch (number % 8) {
          case 5 -> cases.damaged(table);
          case 6 -> Arrays.copyOf(table, cases.below(table.length + 4));
          case 7 -> wrongField(kind, cases, table);
          default -> table;
        };
    byte[] holder = elsewhere ? Cases.join(first, parts) : first;
    byte[] last = number % 16 == 3 ? cases.bytes(cases.below(40)) : data;
    return List.of(
        new Instruction(Kind.ED25519.program, List.of(), holder),
        new Instruction(kind.program, List.of(), last));
  }

  private static byte[] wrongField(Kind kind, Cases cases, byte[] table) {
    byte[] copy = table.clone();
    int at = cases.below(Math.min(copy.length, kind.start + kind.row));
    copy[at] = (byte) (int) cases.oneOf(List.of(0, 1, 2, 3, 8, 9, 0x7f, 0xfe, 0xff));
    return copy;
  }

  private static byte[] parts(List<SignedParts> signed) {
    byte[] parts = new byte[0];
    for (SignedParts one : signed) {
      parts = Cases.join(parts, one.signature(), one.key(), one.message());
    }
    return parts;
  }

  /** Count and table, with the parts behind them or at an offset of instruction 0. */
  private static byte[] table(Kind kind, List<SignedParts> signed, int offset, boolean inline) {
    int header = kind.start + kind.row * signed.size();
    byte[] bytes = new byte[header];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) signed.size()).position(kind.start);
    int at = inline ? header : offset;
    for (SignedParts one : signed) {
      int key = at + one.signature().length;
      int message = key + one.key().length;
      int length = one.message().length;
      if (kind == Kind.SECP256K1) {
        byte instruction = (byte) (inline ? 1 : 0);
        out.putShort((short) at).put(instruction);
        out.putShort((short) key).put(instruction);
        out.putShort((short) message).putShort((short) length).put(instruction);
      } else {
        short instruction = (short) (inline ? 0xffff : 0);
        out.putShort((short) at).putShort(instruction);
        out.putShort((short) key).putShort(instruction);
        out.putShort((short) message).putShort((short) length).putShort(instruction);
      }
      at = message + length;
    }
    return inline ? Cases.join(bytes, parts(signed)) : bytes;
  }

  private static List<Outcome> real(RealVm vm, List<List<Instruction>> all) {
    List<Transaction> transactions =
        all.stream().map(one -> Transaction.of(PAYER, one, List.of())).toList();
    Account payer = Account.of(PAYER, LAMPORTS, Account.SYSTEM_PROGRAM, new byte[0]);
    return vm.send(TransactionRequest.of(List.of(), List.of(), List.of(payer), transactions));
  }

  private static String emulated(List<Instruction> instructions) {
    Bank bank = new Bank(BankConfig.mainnet());
    Pubkey payer = Pubkey.of(PAYER);
    bank.put(payer, dev.ovsm.runtime.account.Account.wallet(LAMPORTS));
    return Emulated.text(
        bank.process(
            instructions.stream()
                .map(
                    one ->
                        new dev.ovsm.runtime.transaction.Instruction(
                            Pubkey.of(one.program()), List.of(), one.data()))
                .toList(),
            payer));
  }
}

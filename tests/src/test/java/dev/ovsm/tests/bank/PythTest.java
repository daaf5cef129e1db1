package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.ExistingPrograms.op;
import static dev.ovsm.tests.bank.ExistingPrograms.rent;
import static dev.ovsm.tests.bank.Ledger.SLOT;
import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Prices of Pyth, with accounts as its programs lay them out: a partial verification moves all
 * behind it up by a byte.
 */
@ComparedWithRealVm(minimum = 60)
class PythTest {
  private static final Pubkey RECEIVER = Pubkey.of("rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ");
  private static final Pubkey ORACLE = Pubkey.of("FsJ3A3u2vn5cTVofAjvy6y5kwABJAqYWpe4975bi2epH");
  private static final Pubkey FULL = key(10);
  private static final Pubkey PARTIAL = key(11);
  private static final Pubkey OLDER = key(12);
  private static final Pubkey HALTED = key(13);
  private static final Pubkey SHORT = key(14);

  private static ByteBuffer into(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Account update(boolean isFull) {
    int moved = isFull ? 0 : 1;
    byte[] bytes = new byte[134];
    ByteBuffer data = into(bytes).put(new byte[] {0x22, (byte) 0xf1, 0x23, 0x63, (byte) 0x9d});
    data.put(new byte[] {0x7e, (byte) 0xf4, (byte) 0xcd}).put(40, (byte) (1 - moved));
    data.put(41, (byte) 9).putLong(73 + moved, -123_456_789).putLong(81 + moved, 321);
    data.putInt(89 + moved, -8).putLong(125 + moved, SLOT - 10);
    return Account.of(rent(134), bytes, RECEIVER);
  }

  private static Account older(int status) {
    byte[] bytes = new byte[3_312];
    ByteBuffer data = into(bytes).putInt(0xa1b2c3d4).putInt(2).putInt(3);
    data.putInt(20, -5).putLong(208, 7_000_000_000L).putLong(216, 44).putInt(224, status);
    data.putLong(232, SLOT - 20);
    return Account.of(rent(3_312), bytes, ORACLE);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void pricesAreWhereTheirKindHasThem(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it = ExistingPrograms.of("library/", "pyth", version, vm, key(1));
    Ledger ledger = it.ledger();
    ledger.account(FULL, update(true)).account(PARTIAL, update(false));
    ledger.account(OLDER, older(1)).account(HALTED, older(2));
    ledger.account(SHORT, Account.of(rent(8), new byte[8], RECEIVER));

    says(it, FULL, "true false true", "-123456789 321 -8 " + (SLOT - 10));
    says(it, PARTIAL, "true false false", "-123456789 321 -8 " + (SLOT - 10));
    says(it, OLDER, "false true false", "7000000000 44 -5 " + (SLOT - 20));
    says(it, HALTED, "false true false", "7000000000 44 -5 " + (SLOT - 20));
    it.send("kind", op(0), "", SHORT);
    assertThat(ledger.lastLog()).contains("log: false false false");
    it.send("no price", op(1), "", SHORT);
    assertThat(ledger.lastError()).contains("InvalidAccountData");

    fresh(it, FULL, 10, "null");
    fresh(it, FULL, 9, "6901");
    fresh(it, PARTIAL, 10, "6900");
    fresh(it, OLDER, 20, "null");
    fresh(it, OLDER, 19, "6901");
    fresh(it, HALTED, 20, "6900");
    fresh(it, SHORT, 20, "6900");
    ledger.compare(comparisons);
  }

  private static void says(ExistingPrograms it, Pubkey account, String kind, String price) {
    it.send("kind", op(0), "", account);
    assertThat(it.ledger().lastLog()).contains("log: " + kind);
    it.send("price", op(1), "", account);
    assertThat(it.ledger().lastLog()).contains("log: " + price);
  }

  private static void fresh(ExistingPrograms it, Pubkey account, long slots, String error) {
    it.send("no older than " + slots, op(2, slots), "", account);
    assertThat(it.ledger().lastError()).contains(error);
  }
}

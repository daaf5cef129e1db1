package dev.ovsm.runtime.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Base58Test {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private final Random random = new Random(58);

  @Test
  void bytesAreWrittenAsOneGreatNumberInBase58() {
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = draw();
      assertThat(Base58.encode(bytes)).isEqualTo(byDivision(bytes));
    }
  }

  @Test
  void whatWasWrittenIsReadAgainIfThereIsRoom() {
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = draw();
      String text = byDivision(bytes);
      assertThat(Base58.decode(text, bytes.length + random.nextInt(3))).hasValue(bytes);
      if (bytes.length > 0) {
        assertThat(Base58.decode(text, bytes.length - 1)).isEmpty();
      }
    }
  }

  @Test
  void foreignCharactersAreNotRead() {
    for (String text : new String[] {"0", "1O", "11l", "zzzzzI", "zzzz z", "é"}) {
      assertThat(Base58.decode(text, 32)).isEmpty();
    }
  }

  /** Up to 70 bytes, often with zeros in front. */
  private byte[] draw() {
    byte[] bytes = new byte[random.nextInt(71)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length && random.nextInt(3) == 0; i++) {
      bytes[i] = 0;
    }
    return bytes;
  }

  private static String byDivision(byte[] bytes) {
    StringBuilder digits = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(58));
      digits.append(ALPHABET.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      digits.append('1');
    }
    return digits.reverse().toString();
  }
}

package dev.ovsm.tests.drawn;

import dev.ovsm.runtime.account.Pubkey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The addresses of programs and accounts, different for each number. */
final class Keys {
  static final Pubkey SYSTEM = new Pubkey(0, 0, 0, 0);
  private static final List<byte[]> VAULT_SEEDS =
      List.of("vault".getBytes(StandardCharsets.US_ASCII));

  private Keys() {}

  /** Who owns an account, as {@link Surroundings} counts them. */
  static Pubkey owner(int number, int index) {
    if (index == Surroundings.FOREIGN) {
      return callee();
    }
    boolean wallet = index >= Surroundings.ACCOUNTS && index < Surroundings.FOREIGN;
    boolean own = !wallet && index != Surroundings.VAULT && !isProgram(index);
    return own ? program(number) : SYSTEM;
  }

  static boolean isProgram(int index) {
    return index >= Surroundings.SYSTEM;
  }

  static Pubkey program(int number) {
    return key(number, 1, 0);
  }

  static Pubkey account(int number, int index) {
    return switch (index) {
      case Surroundings.SYSTEM -> SYSTEM;
      case Surroundings.CALLEE -> callee();
      case Surroundings.VAULT ->
          Pubkey.of(DerivedAddress.find(VAULT_SEEDS, program(number).bytes()).bytes());
      default -> key(number, 2, index);
    };
  }

  static Pubkey callee() {
    return key(0, 4, 0);
  }

  static Pubkey payer() {
    return key(0, 3, 0);
  }

  private static Pubkey key(int number, int kind, int index) {
    byte[] key = new byte[Pubkey.BYTES];
    Arrays.fill(key, (byte) 9);
    key[0] = (byte) kind;
    key[1] = (byte) (number >>> 8);
    key[2] = (byte) number;
    key[3] = (byte) index;
    return Pubkey.of(key);
  }
}

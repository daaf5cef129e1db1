package dev.ovsm.tests.drawn;

import dev.ovsm.runtime.account.Pubkey;
import java.util.Arrays;

/** The addresses of programs and accounts, different for each number. */
final class Keys {
  static final Pubkey SYSTEM = new Pubkey(0, 0, 0, 0);

  private Keys() {}

  /** Who owns an account, as {@link Surroundings} counts them. */
  static Pubkey owner(int number, int index) {
    boolean wallet =
        index >= Surroundings.ACCOUNTS && index < Surroundings.ACCOUNTS + Surroundings.WALLETS;
    return wallet || index == Surroundings.SYSTEM ? SYSTEM : program(number);
  }

  static Pubkey program(int number) {
    return key(number, 1, 0);
  }

  static Pubkey account(int number, int index) {
    return index == Surroundings.SYSTEM ? SYSTEM : key(number, 2, index);
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

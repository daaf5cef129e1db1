package dev.ovsm.tests.drawn;

import dev.ovsm.runtime.account.Pubkey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
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

  /** What depends on the number of a deployment. */
  private static List<Pubkey> numbered(int number) {
    List<Pubkey> all = new ArrayList<>(List.of(program(number)));
    for (int i = 0; i <= Surroundings.VAULT; i++) {
      all.add(account(number, i));
    }
    return all;
  }

  /** Data with the addresses of the first deployment for those of another. */
  static byte[] common(int number, byte[] data) {
    List<Pubkey> theirs = numbered(number);
    List<Pubkey> first = numbered(0);
    byte[] all = data.clone();
    for (int i = 0; i < theirs.size(); i++) {
      for (int at = 0; at + Pubkey.BYTES <= all.length; at++) {
        if (theirs.get(i).matches(all, at)) {
          first.get(i).write(all, at);
        }
      }
    }
    return all;
  }

  /** The same of a line of the log. */
  static String common(int number, String line) {
    if (line.startsWith(Shape.DATA)) {
      byte[] data = Base64.getDecoder().decode(line.substring(Shape.DATA.length()));
      return Shape.DATA + Base64.getEncoder().encodeToString(common(number, data));
    }
    List<Pubkey> theirs = numbered(number);
    List<Pubkey> first = numbered(0);
    String all = line;
    for (int i = 0; i < theirs.size(); i++) {
      all = all.replace(theirs.get(i).toString(), first.get(i).toString());
    }
    return all;
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

package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.List;

/**
 * What a program is called with.
 *
 * @param input the instruction data
 * @param accounts the accounts that the program owns, by number
 * @param order the numbers of the accounts that are passed; one can be passed twice
 */
record Surroundings(byte[] input, List<Holding> accounts, List<Integer> order) {
  static final int INPUT_BYTES = 64;
  static final int ACCOUNTS = 3;
  static final int DATA_BYTES = 64;

  Surroundings {
    accounts = List.copyOf(accounts);
    order = List.copyOf(order);
  }

  /** An account; its data begin with {@link #DATA_BYTES} bytes, and are longer for some. */
  record Holding(long lamports, byte[] data, boolean signs) {}

  /** The accounts while a program runs. */
  record State(Surroundings of, List<byte[]> data, long[] lamports) {
    byte[] dataOf(int passed) {
      return data.get(of.order.get(passed));
    }

    long lamportsOf(int passed) {
      return lamports[of.order.get(passed)];
    }

    void setLamports(int passed, long value) {
      lamports[of.order.get(passed)] = value;
    }

    boolean signs(int passed) {
      return of.accounts.get(of.order.get(passed)).signs();
    }
  }

  State fresh() {
    List<byte[]> data = new ArrayList<>();
    accounts.forEach(account -> data.add(account.data().clone()));
    return new State(this, data, accounts.stream().mapToLong(Holding::lamports).toArray());
  }

  static Surroundings of(Draws draws) {
    List<Holding> accounts = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      byte[] data = new byte[DATA_BYTES + draws.below(10)];
      fill(draws, data);
      accounts.add(new Holding(10_000_000L + draws.below(1_000_000), data, draws.chance(30)));
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 2 + draws.below(3); i > 0; i--) {
      order.add(draws.below(ACCOUNTS));
    }
    byte[] input = new byte[INPUT_BYTES];
    fill(draws, input);
    return new Surroundings(input, accounts, order);
  }

  /** Mostly small numbers of eight bytes, some edges, some noise. */
  private static void fill(Draws draws, byte[] bytes) {
    for (int at = 0; at + 8 <= bytes.length; at += 8) {
      int how = draws.below(10);
      long word = how < 6 ? draws.below(50) : how < 7 ? -1 - draws.below(3) : draws.bits(64);
      for (int i = 0; i < 8; i++) {
        bytes[at + i] = (byte) (word >> (8 * i));
      }
    }
  }
}

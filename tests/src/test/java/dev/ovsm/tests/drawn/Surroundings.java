package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a program is called with.
 *
 * @param input the instruction data
 * @param from where in them what the program did not ask for begins
 * @param accounts by number: those that the program owns, two wallets of which the first signs, one
 *     that {@link Callee} owns, the program's vault, and those of its maps
 * @param order the numbers of the accounts that are passed, first those that the program owns, of
 *     which one can be passed twice, then both wallets, {@link #SYSTEM}, {@link #FOREIGN}, {@link
 *     #VAULT}, {@link #CALLEE}, and the maps
 */
record Surroundings(byte[] input, int from, List<Holding> accounts, List<Integer> order) {
  static final int INPUT_BYTES = 64;
  static final int ACCOUNTS = 3;
  static final int WALLETS = 2;

  /** What an account costs to be exempt from rent, by its bytes and those that each has besides. */
  private static final long LAMPORTS_PER_BYTE = 2 * 3_480;

  private static final int ACCOUNT_BYTES = 128;

  /** The number of an account that another program owns. */
  static final int FOREIGN = ACCOUNTS + WALLETS;

  /** The number of a wallet at an address that is derived from the program's. */
  static final int VAULT = FOREIGN + 1;

  /** The number of the system program; programs have no lower one. */
  static final int SYSTEM = 100;

  /** The number of a program that is called. */
  static final int CALLEE = 101;

  private static final int FIRST_MAP = VAULT + 1;

  /** When programs run: the slot, its epoch and when that began, and the Unix time. */
  static final long SLOT = 250_000_123;

  static final long EPOCH = 578;
  static final long EPOCH_START = 1_699_878_400;
  static final long GENESIS = 1_600_000_000;
  static final long TIME = 1_700_000_049;
  static final int DATA_BYTES = 64;

  Surroundings {
    accounts = List.copyOf(accounts);
    order = List.copyOf(order);
  }

  /** An account; its data begin with {@link #DATA_BYTES} bytes, and are longer for some. */
  record Holding(long lamports, byte[] data, boolean signs) {}

  /** How many of the accounts that are passed the program owns. */
  int owned() {
    return order.indexOf(ACCOUNTS);
  }

  /** How many maps there are. */
  int maps() {
    return accounts.size() - FIRST_MAP;
  }

  /** The same with so many accounts of maps, nothing in them yet. */
  Surroundings withMaps(int count) {
    List<Holding> all = new ArrayList<>(accounts);
    List<Integer> passed = new ArrayList<>(order);
    for (int i = 0; i < count; i++) {
      passed.add(all.size());
      all.add(new Holding(100_000_000L, new byte[0], false));
    }
    return new Surroundings(input, from, all, passed);
  }

  /** The same with what is in the accounts of the maps. */
  Surroundings withMaps(List<byte[]> contents) {
    List<Holding> all = new ArrayList<>(accounts);
    for (int i = 0; i < contents.size(); i++) {
      int at = FIRST_MAP + i;
      all.set(at, new Holding(all.get(at).lamports(), contents.get(i), false));
    }
    return new Surroundings(input, from, all, order);
  }

  /** The same with something before the instruction data. */
  Surroundings behind(byte[] prefix) {
    byte[] all = Arrays.copyOf(prefix, prefix.length + input.length);
    System.arraycopy(input, 0, all, prefix.length, input.length);
    return new Surroundings(all, prefix.length, accounts, order);
  }

  /** The same with other instruction data altogether. */
  Surroundings withInput(byte[] other) {
    return new Surroundings(other, from, accounts, order);
  }

  /** An address in the instruction data, behind what the program asked for. */
  String inputAt(int at) {
    return from + at == 0
        ? "(instruction-data-ptr)"
        : "(wrapping-add (instruction-data-ptr) " + (from + at) + ")";
  }

  /** The same with other data of an account. */
  Surroundings withData(int account, byte[] data) {
    List<Holding> all = new ArrayList<>(accounts);
    Holding old = all.get(account);
    all.set(account, new Holding(old.lamports(), data, old.signs()));
    return new Surroundings(input, from, all, order);
  }

  /** Where a wallet is among the accounts that are passed. */
  int wallet(int which) {
    return owned() + which;
  }

  /** Where an account that is passed once is among those. */
  int place(int account) {
    return order.indexOf(account);
  }

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

    /** Whether an account that had what exempts it from rent has something, but no longer that. */
    boolean lacksRent() {
      for (int i = 0; i < lamports.length; i++) {
        long least = LAMPORTS_PER_BYTE * (ACCOUNT_BYTES + data.get(i).length);
        if (lamports[i] > 0 && lamports[i] < least && of.accounts.get(i).lamports() >= least) {
          return true;
        }
      }
      return false;
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
    for (int i = 0; i < WALLETS; i++) {
      accounts.add(new Holding(100_000_000L + draws.below(1_000_000), new byte[0], i == 0));
      order.add(ACCOUNTS + i);
    }
    accounts.add(new Holding(20_000_000L, new byte[Callee.DATA_BYTES], false));
    accounts.add(new Holding(30_000_000L, new byte[0], false));
    order.addAll(List.of(SYSTEM, FOREIGN, VAULT, CALLEE));
    byte[] input = new byte[INPUT_BYTES];
    fill(draws, input);
    return new Surroundings(input, 0, accounts, order);
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

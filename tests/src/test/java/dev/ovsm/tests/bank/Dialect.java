package dev.ovsm.tests.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;

/**
 * Calls of a program of {@code examples/existing}, good and bad, entry by entry: every good call is
 * preceded by calls that differ from it in one thing that the program must not accept.
 */
final class Dialect {
  static final Pubkey PAYER = Ledger.key(9);
  static final Pubkey ALICE = Ledger.key(1);
  static final Pubkey BOB = Ledger.key(2);
  static final Pubkey CAROL = Ledger.key(3);
  static final Pubkey SYSTEM = ExistingPrograms.SYSTEM;
  static final long WALLET = 5_000_000_000L;

  private static final Pattern ENTRY = Pattern.compile("(?m)^;;;\\s+(\\d+) = \\w+");
  private static final Pubkey STRANGER = Ledger.key(99);

  private final ExistingPrograms program;
  private final Set<Integer> entries = new TreeSet<>();
  private final Set<Integer> good = new TreeSet<>();
  private final Set<Integer> bad = new TreeSet<>();
  private final SoftAssertions softly = new SoftAssertions();
  private int twins = 5000;

  private Dialect(ExistingPrograms program, Set<Integer> entries) {
    this.program = program;
    this.entries.addAll(entries);
  }

  /** A program with its three people. */
  static Dialect of(String name, Version version, RealVm vm) {
    ExistingPrograms program = ExistingPrograms.of(name, version, vm, PAYER);
    program.wallet(ALICE, BOB, CAROL);
    return new Dialect(program, entries(name));
  }

  /** The instructions that a program's first comment lists. */
  static Set<Integer> entries(String name) {
    Set<Integer> found = new TreeSet<>();
    try {
      String text = Files.readString(Path.of("../examples/existing", name + ".ovsm"));
      Matcher matcher = ENTRY.matcher(text);
      while (matcher.find()) {
        found.add(Integer.parseInt(matcher.group(1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  Pubkey id() {
    return program.id();
  }

  Ledger ledger() {
    return program.ledger();
  }

  /** An account of the program with zeros as data. */
  Dialect data(Pubkey key, int bytes) {
    program.data(key, bytes);
    return this;
  }

  /** An account of the program with some data, and with lamports above its rent. */
  Dialect data(Pubkey key, Image image, long lamports) {
    byte[] bytes = image.bytes();
    ledger().account(key, Account.of(ExistingPrograms.rent(bytes.length) + lamports, bytes, id()));
    return this;
  }

  long word(Pubkey key, int offset) {
    return program.word(key, offset);
  }

  int octet(Pubkey key, int offset) {
    return ledger().now(key).data()[offset] & 0xff;
  }

  long lamports(Pubkey key) {
    return ledger().now(key).lamports();
  }

  /** A call that must succeed; the first of an entry shows first what must not. */
  Dialect good(String what, byte[] data, Object... accounts) {
    if (good.add((int) data[0])) {
      spoil(what, data, accounts);
    }
    program.send(what, data, accounts);
    softly.assertThat(ledger().lastError()).as(what + "\n" + ledger().lastLog()).isEqualTo("null");
    return this;
  }

  /** A call that must fail with a code of the program's own. */
  Dialect bad(int code, String what, byte[] data, Object... accounts) {
    return bad("{\"Custom\":" + code + "}", what, data, accounts);
  }

  /** A call that must fail in a certain way. */
  Dialect bad(String error, String what, byte[] data, Object... accounts) {
    bad.add((int) data[0]);
    program.send(what, data, accounts);
    softly.assertThat(ledger().lastError()).as(what + "\n" + ledger().lastLog()).contains(error);
    return this;
  }

  /** Asserts that each entry was called well and badly, and compares everything. */
  void finish(Comparisons comparisons) {
    softly.assertThat(good).as("entries with a good call").isEqualTo(entries);
    softly.assertThat(bad).as("entries with a bad call").containsAll(entries);
    Set<Integer> unknown = new TreeSet<>(bad);
    unknown.removeAll(entries);
    softly.assertThat(unknown).as("an instruction that there is not").isNotEmpty();
    softly.assertAll();
    ledger().compare(comparisons);
  }

  private void spoil(String what, byte[] data, Object... accounts) {
    refuse(what + ", cut short", Arrays.copyOf(data, data.length - 1), accounts);
    refuse(what + ", one account less", data, Arrays.copyOf(accounts, accounts.length - 2));
    for (int i = 0; i < accounts.length; i += 2) {
      String properties = String.valueOf(accounts[i]);
      Pubkey key = (Pubkey) accounts[i + 1];
      for (String property : List.of("s", "w")) {
        if (properties.contains(property)) {
          Object[] without = without(property, key, accounts);
          refuse(what + ", " + i / 2 + " without " + property, data, without);
        }
      }
      if (ledger().now(key).owner().equals(id())) {
        refuse(what + ", a stranger's " + i / 2, data, with(i + 1, twin(key), accounts));
        for (int j = 1; j < accounts.length; j += 2) {
          if (!key.equals(accounts[j])) {
            String same = what + ", " + i / 2 + " is " + j / 2;
            refuse(same, data, with(i + 1, (Pubkey) accounts[j], accounts));
          }
        }
      }
    }
  }

  private void refuse(String what, byte[] data, Object... accounts) {
    program.send(what, data, accounts);
    softly
        .assertThat(ledger().lastError())
        .as(what + "\n" + ledger().lastLog())
        .isNotEqualTo("null");
  }

  /** An account like another one that belongs to another program. */
  private Pubkey twin(Pubkey key) {
    Account account = ledger().now(key);
    Pubkey twin = Ledger.key(twins++);
    ledger().account(twin, Account.of(account.lamports(), account.data(), STRANGER));
    return twin;
  }

  private static Object[] with(int at, Pubkey key, Object... accounts) {
    Object[] changed = accounts.clone();
    changed[at] = key;
    return changed;
  }

  /** The accounts where one that occurs, wherever it does, lacks a property. */
  private static Object[] without(String property, Pubkey key, Object... accounts) {
    List<Object> changed = new ArrayList<>(List.of(accounts));
    for (int i = 0; i < accounts.length; i += 2) {
      if (accounts[i + 1].equals(key)) {
        changed.set(i, String.valueOf(accounts[i]).replace(property, ""));
      }
    }
    return changed.toArray();
  }
}

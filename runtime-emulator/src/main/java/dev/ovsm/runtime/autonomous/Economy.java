package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Hook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What acting costs: fees from a program's escrow, and compute units that its stake reserves.
 *
 * <p>All of it is lamports in accounts, so it is saved, forked and hashed with them. Escrows and
 * stakes belong to the runtime: programs and users can add to them and take nothing out, so that
 * what a call found in an escrow is still there when the call is paid. Fees stand whatever becomes
 * of the transaction.
 */
final class Economy {
  /** The fee of a registration. */
  static final long REGISTRATION_LAMPORTS = 10_000_000;

  /** The fee of an emitted event. */
  static final long EVENT_LAMPORTS = 100;

  /** The owner of escrows and stakes. */
  static final Pubkey RUNTIME = NamedKey.of("autonomous-runtime");

  /** Where all fees go. */
  static final Pubkey COLLECTOR = NamedKey.of("fee-collector");

  private static final byte[] ESCROW = "escrow".getBytes(StandardCharsets.US_ASCII);

  private final boolean isStrict;
  private final Function<Pubkey, Account> accounts;
  private final BiConsumer<Pubkey, Account> store;
  private final Consumer<Charge> charges;
  private final Stakes stakes;
  private final Map<Pubkey, Pubkey> escrows = new HashMap<>();
  private final Map<Pubkey, Pubkey> owners = new HashMap<>();
  private final List<Charge> due = new ArrayList<>();

  /**
   * An economy in which nobody has anything.
   *
   * @param accounts the bank's committed accounts, empty ones included
   * @param store changes one of them, which watchers see
   * @param charges is told every fee
   */
  Economy(
      Settings settings,
      Function<Pubkey, Account> accounts,
      BiConsumer<Pubkey, Account> store,
      Consumer<Charge> charges) {
    this.isStrict = settings.strictEconomics();
    this.accounts = accounts;
    this.store = store;
    this.charges = charges;
    this.stakes = new Stakes(settings.slotBudget(), accounts, store);
  }

  Stakes stakes() {
    return stakes;
  }

  /** The address of a program's account of one kind. */
  static Pubkey address(byte[] kind, Pubkey program) {
    return DerivedAddress.find(List.of(kind), program).orElseThrow().address();
  }

  /** The programs with an escrow as they are now, in order, and where it is. */
  Map<Pubkey, Pubkey> escrows() {
    return new TreeMap<>(escrows);
  }

  /** Takes notice of a program, and of what it has already. */
  void know(Pubkey program) {
    escrow(program);
    stakes.know(program);
  }

  private Pubkey escrow(Pubkey program) {
    Pubkey known = escrows.get(program);
    if (known == null) {
      known = address(ESCROW, program);
      escrows.put(program, known);
      owners.put(known, program);
      adopt(known);
    }
    return known;
  }

  /** Adds lamports to a program's escrow. */
  void fund(Pubkey program, long lamports) {
    Pubkey escrow = escrow(program);
    credit(escrow, RUNTIME, lamports);
  }

  /** Whether a program's escrow has a fee, besides those that are due already. */
  boolean canPay(Pubkey program, long lamports) {
    if (!isStrict) {
      return true;
    }
    long owed = 0;
    for (Charge charge : due) {
      owed += charge.program().equals(program) ? charge.lamports() : 0;
    }
    Account escrow = accounts.apply(escrow(program));
    return escrow.owner().equals(RUNTIME) && escrow.lamports() - owed >= lamports;
  }

  /** Notes the fee of a registration. */
  void registered(Pubkey program, long registration, long slot) {
    due.add(new Charge(slot, program, registration, 1, 0, REGISTRATION_LAMPORTS));
  }

  /** Notes the fee of an event that the callback of a registration emitted, 0 if a user's. */
  void emitted(Pubkey program, long registration, long slot) {
    Charge last = due.isEmpty() ? null : due.get(due.size() - 1);
    long before = 0;
    if (last != null && last.program().equals(program) && last.events() > 0) {
      before = last.events();
      due.remove(due.size() - 1);
    }
    long events = before + 1;
    due.add(new Charge(slot, program, registration, 0, events, events * EVENT_LAMPORTS));
  }

  /** Takes the fees of the transaction that is over; what an escrow lacks is given to it. */
  void settle() {
    if (due.isEmpty()) {
      return;
    }
    List<Charge> all = List.copyOf(due);
    due.clear();
    for (Charge charge : all) {
      Pubkey escrow = escrow(charge.program());
      Account before = accounts.apply(escrow);
      long taken = Math.min(before.lamports(), charge.lamports());
      if (taken > 0) {
        store.accept(escrow, before.withLamports(before.lamports() - taken));
      }
      credit(COLLECTOR, ProgramIds.SYSTEM, charge.lamports());
      charges.accept(charge);
    }
  }

  /** Takes over what users paid into escrows in a transaction. */
  void committed(List<Hook.Change> changes) {
    for (Hook.Change change : changes) {
      if (owners.containsKey(change.key())) {
        adopt(change.key());
      }
    }
  }

  private void adopt(Pubkey escrow) {
    Account account = accounts.apply(escrow);
    if (account.lamports() != 0 && !account.owner().equals(RUNTIME)) {
      store.accept(escrow, Account.of(account.lamports(), account.data(), RUNTIME));
    }
  }

  private void credit(Pubkey key, Pubkey owner, long lamports) {
    Account before = accounts.apply(key);
    store.accept(key, Account.of(before.lamports() + lamports, before.data(), owner));
  }
}

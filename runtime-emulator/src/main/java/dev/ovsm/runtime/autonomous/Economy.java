package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Hook;
import java.nio.charset.StandardCharsets;
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
  private final Dues due = new Dues();

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

  private Pubkey escrow(Owner owner) {
    Pubkey known = owner.escrow;
    if (known == null) {
      known = escrow(owner.program);
      owner.escrow = known;
    }
    return known;
  }

  /** Adds lamports to a program's escrow. */
  void fund(Pubkey program, long lamports) {
    Pubkey escrow = escrow(program);
    credit(escrow, RUNTIME, lamports);
  }

  /** Whether a program's escrow has a fee, besides those that are due already. */
  boolean canPay(Owner owner, long lamports) {
    if (!isStrict) {
      return true;
    }
    Account escrow = accounts.apply(escrow(owner));
    return escrow.owner().equals(RUNTIME) && escrow.lamports() - due.owed(owner) >= lamports;
  }

  /** Notes the fee of a registration. */
  void registered(Owner owner, long registration, long slot) {
    due.registered(owner, registration, slot);
  }

  /** Notes the fee of an event that the callback of a registration emitted, 0 if a user's. */
  void emitted(Owner owner, long registration, long slot) {
    due.emitted(owner, registration, slot);
  }

  /**
   * Takes the fees of the transaction that is over; what an escrow lacks is given to it. Fees that
   * a program owes one after the other are taken at once.
   */
  void settle() {
    long all = 0;
    for (int i = 0; i < due.size(); ) {
      Owner owner = due.owner(i);
      long sum = 0;
      for (; i < due.size() && due.owner(i) == owner; i++) {
        sum += due.lamports(i);
        charges.accept(due.charge(i));
      }
      Pubkey escrow = escrow(owner);
      Account before = accounts.apply(escrow);
      long taken = Math.min(before.lamports(), sum);
      if (taken > 0) {
        store.accept(escrow, before.withLamports(before.lamports() - taken));
      }
      all += sum;
    }
    due.clear();
    if (all > 0) {
      credit(COLLECTOR, ProgramIds.SYSTEM, all);
    }
  }

  /** Takes nothing for the transaction that is over. */
  void waive() {
    due.clear();
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

package dev.ovsm.cli.scenario;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Simulation;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The simulation as a scenario changes and sees it. */
final class Stage {
  private final Simulation simulation;
  private final Set<String> frozen = new TreeSet<>();

  Stage(Simulation simulation) {
    this.simulation = simulation;
  }

  Simulation simulation() {
    return simulation;
  }

  /** The names of the accounts whose changes go unheard. */
  Set<String> frozen() {
    return frozen;
  }

  /** Lets changes of an account go unheard from now on, or heard again. */
  void freeze(Role role, boolean on) {
    if (on) {
      frozen.add(role.name());
    } else {
      frozen.remove(role.name());
    }
  }

  /**
   * Takes an account away, or puts it back as it was then. Meanwhile it lies at another address, so
   * that whatever keeps the accounts of a run keeps it as well.
   */
  void remove(Role role, boolean begins) {
    Pubkey aside = Cast.usual("removed " + role.name());
    Pubkey from = begins ? role.address() : aside;
    Optional<Account> moved = simulation.account(from);
    if (moved.isPresent()) {
      simulation.put(from, Account.EMPTY);
      simulation.put(begins ? aside : role.address(), moved.get());
    }
  }

  /** Puts an account there as it is at the start. */
  void enter(Role role) {
    Account initial = role.initial();
    if (initial != null) {
      simulation.put(role.address(), stamped(role, initial, role.stamps()));
    }
  }

  /** The number in a part of an account, if there is one. */
  Optional<BigDecimal> read(Target target) {
    Account account = simulation.account(target.role().address()).orElse(Account.EMPTY);
    return FieldAccess.read(account, target);
  }

  /**
   * Sets a part of an account.
   *
   * @return why it cannot be, or null
   */
  @Nullable String set(Target target, Value value) {
    Role role = target.role();
    if (frozen.contains(role.name())) {
      return null;
    }
    Account before = simulation.account(role.address()).orElse(Account.EMPTY);
    byte[] data = before.data().clone();
    Value.Fixed fixed = now(value);
    String problem = null;
    Account after = before;
    switch (target.part()) {
      case LAMPORTS -> {
        if (fixed instanceof Value.Amount amount) {
          after = before.withLamports(amount.number().longValue());
        }
      }
      case DATA -> {
        if (fixed instanceof Value.Bytes bytes) {
          after = before.withData(bytes.bytes());
        }
      }
      case LENGTH -> problem = "a length cannot be set";
      case FIELD -> {
        Field field = target.field();
        problem = field == null ? null : FieldAccess.write(data, role, field, fixed);
        after = before.withData(data);
      }
    }
    if (problem == null) {
      simulation.put(role.address(), stampedUnless(target, after));
    }
    return problem;
  }

  /** Stamps an account of which a field was set, unless that was a stamp itself. */
  private Account stampedUnless(Target target, Account account) {
    Field field = target.field();
    Map<String, Value.Now> stamps = target.role().layout().stamps();
    return field == null || stamps.containsKey(field.name())
        ? account
        : stamped(target.role(), account, stamps);
  }

  /** An account whose fields say when this is, as far as it has them. */
  private Account stamped(Role role, Account account, Map<String, Value.Now> stamps) {
    byte[] data = account.data().clone();
    stamps.forEach(
        (name, stamp) ->
            role.layout()
                .field(name)
                .ifPresent(field -> FieldAccess.write(data, role, field, now(stamp))));
    return account.withData(data);
  }

  private Value.Fixed now(Value value) {
    return value.at(simulation.clock().unixTime(), simulation.slot());
  }
}

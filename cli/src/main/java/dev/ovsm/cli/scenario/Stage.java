package dev.ovsm.cli.scenario;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Simulation;
import java.math.BigDecimal;
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
      simulation.put(role.address(), published(role, initial));
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
    String problem = null;
    Account after = before;
    switch (target.part()) {
      case LAMPORTS -> after = before.withLamports(number(value).longValue());
      case DATA -> after = before.withData(value instanceof Value.Bytes b ? b.bytes() : data);
      case LENGTH -> problem = "a length cannot be set";
      case FIELD -> {
        problem = write(data, role, target.field(), value);
        after = before.withData(data);
      }
    }
    if (problem == null) {
      simulation.put(role.address(), publishedUnless(target, after));
    }
    return problem;
  }

  private Account publishedUnless(Target target, Account account) {
    Field field = target.field();
    Layout layout = target.role().layout();
    boolean isTime =
        field == null || field.name().equals(layout.time()) || field.name().equals(layout.slot());
    return isTime ? account : published(target.role(), account);
  }

  /** An account that says when it was published, if such accounts do. */
  private Account published(Role role, Account account) {
    Layout layout = role.layout();
    if (layout.time() == null || layout.slot() == null) {
      return account;
    }
    byte[] data = account.data().clone();
    write(data, role, layout.fields().get(layout.time()), Value.Now.CLOCK);
    write(data, role, layout.fields().get(layout.slot()), Value.Now.SLOT);
    return account.withData(data);
  }

  private @Nullable String write(byte[] data, Role role, @Nullable Field field, Value value) {
    if (field == null) {
      return null;
    }
    if (value instanceof Value.Bytes bytes) {
      if (field.offset() + bytes.bytes().length > data.length) {
        return "its data of " + data.length + " bytes does not reach " + field.name();
      }
      System.arraycopy(bytes.bytes(), 0, data, field.offset(), bytes.bytes().length);
      return null;
    }
    return FieldAccess.write(data, role, field, number(value));
  }

  private BigDecimal number(Value value) {
    if (value instanceof Value.Amount number) {
      return number.number();
    }
    return BigDecimal.valueOf(
        value == Value.Now.CLOCK ? simulation.clock().unixTime() : simulation.slot());
  }
}

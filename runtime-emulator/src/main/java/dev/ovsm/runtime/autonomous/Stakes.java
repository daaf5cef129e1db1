package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Stakes of programs, each of which reserves compute units of every slot.
 *
 * <p>A stake is an account of the program; its data are the parts that leave it: {u64 lamports, u64
 * slot} each, oldest first, until when they reserve like the rest. Invariant: what is reserved is
 * never more than the slot budget.
 */
final class Stakes {
  /** One SOL reserves a thousand compute units. */
  static final long LAMPORTS_A_UNIT = 1_000_000;

  /** How long a part of a stake takes to leave. */
  static final long UNSTAKING_SLOTS = 100;

  private static final byte[] STAKE = "stake".getBytes(StandardCharsets.US_ASCII);
  private static final int PART_BYTES = 2 * Long.BYTES;
  private static final int MOST_PARTS = 1_024;

  private final long slotBudget;
  private final Function<Pubkey, Account> accounts;
  private final BiConsumer<Pubkey, Account> store;
  private final Map<Pubkey, Long> reserved = new TreeMap<>();
  private final Map<Pubkey, List<Part>> leaving = new TreeMap<>();

  Stakes(long slotBudget, Function<Pubkey, Account> accounts, BiConsumer<Pubkey, Account> store) {
    this.slotBudget = slotBudget;
    this.accounts = accounts;
    this.store = store;
  }

  /** A part of a stake that leaves it in a slot. */
  private record Part(long lamports, long slot) {}

  /** The address of a program's stake. */
  static Pubkey address(Pubkey program) {
    return Economy.address(STAKE, program);
  }

  /** Takes notice of the stake that a program has already. */
  void know(Pubkey program) {
    Account stake = accounts.apply(address(program));
    if (!stake.owner().equals(Economy.RUNTIME)) {
      return;
    }
    List<Part> parts = new ArrayList<>();
    for (int at = 0; at + PART_BYTES <= stake.data().length; at += PART_BYTES) {
      parts.add(
          new Part(
              LittleEndian.u64(stake.data(), at), LittleEndian.u64(stake.data(), at + Long.BYTES)));
    }
    if (!parts.isEmpty()) {
      leaving.put(program, parts);
    }
    reserve(program, stake.lamports());
  }

  /** What programs have reserved of every slot, in compute units; those with nothing are not in. */
  Map<Pubkey, Long> reserved() {
    return Collections.unmodifiableMap(reserved);
  }

  /** What programs will have reserved of a later slot: what leaves until then is not in it. */
  Map<Pubkey, Long> reservedIn(long slot) {
    Map<Pubkey, Long> later = new TreeMap<>(reserved);
    leaving.forEach(
        (program, parts) -> {
          long gone =
              parts.stream().filter(part -> part.slot <= slot).mapToLong(Part::lamports).sum();
          long rest = (lamports(program) - gone) / LAMPORTS_A_UNIT;
          later.computeIfPresent(program, (key, units) -> Math.min(units, rest));
        });
    later.values().removeIf(units -> units == 0);
    return later;
  }

  /** What all programs but one have reserved. */
  long reservedByOthers(Pubkey program) {
    long units = 0;
    for (Map.Entry<Pubkey, Long> one : reserved.entrySet()) {
      units += one.getKey().equals(program) ? 0 : one.getValue();
    }
    return units;
  }

  /** Adds to a program's stake, if what it then reserves is still there to be reserved. */
  AsyncCode stake(Pubkey program, long lamports) {
    long whole = lamports(program) + lamports;
    if (whole < 0 || whole / LAMPORTS_A_UNIT > slotBudget - reservedByOthers(program)) {
      return AsyncCode.NO_CAPACITY;
    }
    keep(program, whole);
    return AsyncCode.SUCCESS;
  }

  /** Lets a part of a stake leave; it does so, and stops to reserve, after 100 slots. */
  AsyncCode unstake(Pubkey program, long lamports, long slot) {
    List<Part> parts = leaving.getOrDefault(program, new ArrayList<>());
    long promised = parts.stream().mapToLong(Part::lamports).sum();
    if (lamports > lamports(program) - promised || parts.size() == MOST_PARTS) {
      return AsyncCode.INVALID_ARGUMENT;
    }
    parts.add(new Part(lamports, slot + UNSTAKING_SLOTS));
    leaving.put(program, parts);
    keep(program, lamports(program));
    return AsyncCode.SUCCESS;
  }

  /** Lets leave what leaves in a slot or before it; gives how much that is. */
  long enter(long slot) {
    long all = 0;
    for (Pubkey program : List.copyOf(leaving.keySet())) {
      List<Part> parts = leaving.getOrDefault(program, List.of());
      long gone = 0;
      while (!parts.isEmpty() && parts.get(0).slot <= slot) {
        gone += parts.remove(0).lamports;
      }
      if (parts.isEmpty()) {
        leaving.remove(program);
      }
      if (gone > 0) {
        keep(program, lamports(program) - gone);
      }
      all += gone;
    }
    return all;
  }

  /** The lamports of a program's stake, those that leave included. */
  long lamports(Pubkey program) {
    Account stake = accounts.apply(address(program));
    return stake.owner().equals(Economy.RUNTIME) ? stake.lamports() : 0;
  }

  private void keep(Pubkey program, long lamports) {
    List<Part> parts = leaving.getOrDefault(program, List.of());
    LittleEndian data = new LittleEndian(parts.size() * PART_BYTES);
    parts.forEach(part -> data.u64(part.lamports).u64(part.slot));
    store.accept(address(program), Account.of(lamports, data.bytes(), Economy.RUNTIME));
    reserve(program, lamports);
  }

  private void reserve(Pubkey program, long lamports) {
    long units = Math.min(lamports / LAMPORTS_A_UNIT, slotBudget - reservedByOthers(program));
    if (units > 0) {
      reserved.put(program, units);
    } else {
      reserved.remove(program);
    }
  }
}

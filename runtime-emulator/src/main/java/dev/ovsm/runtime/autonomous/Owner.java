package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Murmur3;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A program and what it owns in the autonomous runtime. */
final class Owner {
  /** The most queued work items and carried-over activations together. */
  static final int MOST_WAITING = 1_024;

  static final int MOST_RINGS = 8;

  final Pubkey program;

  /** What the program's file says of itself, if it says anything. */
  @Nullable Manifest manifest;

  /** What it pays fees from; null until it has had any to pay. */
  @Nullable Pubkey escrow;

  /** Queued work items and carried-over activations. */
  int waiting;

  private final List<Registration> registrations = new ArrayList<>(Kind.Quota.TIMERS.most());

  /** Rings by id: declared ones by the hash of their name, created ones by their number. */
  final NavigableMap<Long, Ring> rings = new TreeMap<>();

  /** Live registrations by the numbers of quotas. */
  private final int[] counted = new int[Kind.Quota.values().length];

  private final Map<Integer, Manifest.ArraySpec> arrays = new LinkedHashMap<>();

  Owner(Pubkey program) {
    this.program = program;
  }

  /** Takes over what a newly deployed file declares; registrations are not touched. */
  void declare(@Nullable Manifest declared) {
    manifest = declared;
    arrays.clear();
    if (declared != null) {
      for (Manifest.ArraySpec array : declared.arrays()) {
        arrays.put(Murmur3.hash(array.name()), array);
      }
    }
  }

  /** Live registrations in order of creation; not to be kept while any comes or goes. */
  List<Registration> registrations() {
    return Collections.unmodifiableList(registrations);
  }

  void add(Registration registration) {
    int at = registrations.size();
    while (at > 0 && registrations.get(at - 1).id > registration.id) {
      at--;
    }
    registrations.add(at, registration);
  }

  void remove(Registration registration) {
    registrations.remove(registration);
  }

  /** The discriminators of a program array, or null if the program has none of this id. */
  @Nullable List<Long> array(int id) {
    Manifest.ArraySpec array = arrays.get(id);
    return array == null ? null : array.elements();
  }

  boolean hasRoom(Kind.Quota quota) {
    return counted[quota.number()] < quota.most();
  }

  void count(Kind.Quota quota, int change) {
    counted[quota.number()] += change;
  }
}

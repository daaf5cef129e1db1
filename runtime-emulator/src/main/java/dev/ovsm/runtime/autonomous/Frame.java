package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** What the runtime keeps for one program's part in a transaction. */
final class Frame {
  /** How many tail calls a frame can make. */
  static final int MOST_TAIL_CALLS = 33;

  final InstructionContext instruction;
  AsyncCode lastError = AsyncCode.SUCCESS;
  int tailCalls;

  /** Addresses that the program has derived for itself. */
  private Set<Pubkey> derived = Set.of();

  /** Open reservations by the address of their record. */
  final NavigableMap<Long, Reservation> reservations = new TreeMap<>();

  /** A record that waits to be submitted or discarded. */
  record Reservation(Ring ring, long position, byte[] data) {}

  Frame(InstructionContext instruction) {
    this.instruction = instruction;
  }

  /** Notes that the program derived an address of its own. */
  void derived(Pubkey address) {
    if (derived.isEmpty()) {
      derived = new HashSet<>();
    }
    derived.add(address);
  }

  /** Whether the program has shown that an address is one of its own. */
  boolean hasDerived(Pubkey address) {
    return derived.contains(address);
  }

  /** The first address behind the open reservations; the start of the window if there are none. */
  long nextWindow(long alignment, long window) {
    Map.Entry<Long, Reservation> last = reservations.lastEntry();
    return last == null
        ? window
        : (last.getKey() + last.getValue().data().length + alignment - 1) & -alignment;
  }
}

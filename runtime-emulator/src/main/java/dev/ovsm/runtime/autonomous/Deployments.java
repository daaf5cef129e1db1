package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of registrations when programs are upgraded and closed. */
final class Deployments {
  private static final String CLOSED = "its program was closed";

  private final Registry registry;
  private final Triggers triggers;

  Deployments(Registry registry, Triggers triggers) {
    this.registry = registry;
    this.triggers = triggers;
  }

  /** Takes over a program's new file: what its callbacks need may be gone, or back. */
  void upgraded(Pubkey program, @Nullable Manifest manifest, boolean loads) {
    registry.owner(program).declare(manifest);
    for (Registration registration : registry.all()) {
      if (calls(registration, program)) {
        registration.quarantined = !loads || !finds(registration, manifest);
      }
    }
    for (Trigger held : triggers.held()) {
      Registration registration = held.registration;
      if (calls(registration, program) && loads && finds(registration, manifest)) {
        registration.quarantined = false;
        triggers.release(held);
      }
    }
  }

  private static boolean calls(Registration registration, Pubkey program) {
    Instruction callback = registration.callback();
    return callback != null && callback.program().equals(program);
  }

  /** Whether a file has the entry of a callback; one without a manifest may have any. */
  private static boolean finds(Registration registration, @Nullable Manifest manifest) {
    Instruction callback = registration.callback();
    if (manifest == null || callback == null) {
      return true;
    }
    byte[] data = callback.data();
    return data.length >= Long.BYTES && manifest.entry(LittleEndian.u64(data, 0)).isPresent();
  }

  /** Frees everything that a closed program owns. */
  void closed(Pubkey program) {
    Owner owner = registry.owner(program);
    for (Registration registration : List.copyOf(owner.registrations())) {
      registry.cancel(registration, CLOSED);
      if (registration.handle() != null) {
        registry.remove(registration, CLOSED);
      }
    }
    triggers.waiting().stream()
        .map(replayed -> replayed.registration)
        .filter(over -> over.owner == owner)
        .sorted(Comparator.comparingLong(over -> over.id))
        .forEach(over -> registry.cancel(over, CLOSED));
    owner.rings.clear();
    owner.declare(null);
  }
}

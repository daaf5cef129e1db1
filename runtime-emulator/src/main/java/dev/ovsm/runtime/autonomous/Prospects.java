package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Invocation;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.sbpf.Murmur3;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is registered in a simulation, and what is known to come of it. */
public final class Prospects {
  private final World world;

  Prospects(World world) {
    this.world = world;
  }

  /** All registrations, and what would happen if each ran now; nothing that they do is kept. */
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (Registration r : world.engine.registry().all()) {
      tasks.add(Tasks.of(r, tryNow(r)));
    }
    return tasks;
  }

  /** A live registration as it stands, without a trial. */
  public Optional<Task> task(long id) {
    return Optional.ofNullable(world.engine.registry().find(id))
        .map(registration -> Tasks.of(registration, Task.Trial.NONE));
  }

  /** What is known to fall due after the current slot. */
  public List<Forecast.Load> loads() {
    return Tasks.loads(world.engine.registry().all().stream());
  }

  /** What programs have reserved of a later slot, if nobody stakes or unstakes until then. */
  public Map<Pubkey, Long> reservedIn(long later) {
    return world.engine.economy().stakes().reservedIn(later);
  }

  /** The rings that programs declare under a name, or the one that was created with this id. */
  public List<RingListing> rings(String name) {
    long declared = Integer.toUnsignedLong(Murmur3.hash(name));
    List<RingListing> all = new ArrayList<>();
    for (Owner owner : world.engine.registry().owners()) {
      owner.rings.values().stream()
          .filter(
              ring ->
                  world.engine.rings().isCreated(ring)
                      ? Long.toString(ring.id).equals(name)
                      : ring.id == declared)
          .forEach(ring -> all.add(RingListing.of(ring)));
    }
    all.sort(Comparator.comparing(RingListing::owner));
    return all;
  }

  /** The program arrays that programs declare under a name. */
  public List<ArrayListing> arrays(String name) {
    List<ArrayListing> all = new ArrayList<>();
    for (Owner owner : world.engine.registry().owners()) {
      Manifest manifest = owner.manifest;
      if (manifest != null) {
        manifest.arrays().stream()
            .filter(array -> array.name().equals(name))
            .forEach(array -> all.add(ArrayListing.of(owner.program, manifest, array)));
      }
    }
    all.sort(Comparator.comparing(ArrayListing::owner));
    return all;
  }

  /** The triggers that were given up and can be replayed, program by program, oldest first. */
  public List<Long> deadLetters() {
    return world.engine.deadLetters().all().stream().map(DeadLetter::seq).toList();
  }

  private Task.Trial tryNow(Registration r) {
    if (r.callback() == null || r.quarantined) {
      return Task.Trial.NONE;
    }
    Watch watch = r.watch();
    byte[] payload = watch == null ? Payload.NONE : watch.payload(world.load(watch.account));
    long seq = world.engine.triggers().nextSeq();
    Trigger trigger =
        new Trigger(
            r, seq, world.slot, world.slot, payload, new Making(0, Origin.OUTSIDE, world.slot));
    Invocation invocation = world.bank.invoke(r.prepared(), r.budget, new DryRun(trigger));
    invocation.discard();
    TransactionError error = invocation.outcome().error();
    return new Task.Trial(
        true, invocation.outcome().units(), error == null ? "" : ErrorText.of(error));
  }
}

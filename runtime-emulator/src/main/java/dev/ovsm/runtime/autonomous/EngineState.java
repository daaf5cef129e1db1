package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.StateReader.known;
import static dev.ovsm.runtime.autonomous.StateReader.require;

import dev.ovsm.runtime.account.Pubkey;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The state of an engine between slots as bytes, and back.
 *
 * <p>Invariant: an engine that was read goes on exactly as the one that was written.
 */
final class EngineState {
  private static final int LETTER_BYTES = 7 * Long.BYTES;

  private EngineState() {}

  static void write(Engine engine, StateWriter out) {
    Triggers triggers = engine.triggers();
    out.u64(triggers.slot()).u64(triggers.nextSeq()).u64(engine.registry().nextId());
    out.u64(triggers.counters().created());
    for (Fate fate : Fate.values()) {
      out.u64(triggers.counters().of(fate));
    }
    engine.systemRing().write(out);
    List<Owner> owners =
        engine.registry().owners().stream()
            .sorted(Comparator.comparing(owner -> owner.program))
            .toList();
    out.u64(owners.size());
    for (Owner owner : owners) {
      out.key(owner.program).flag(owner.manifest != null).u64(owner.rings.size());
      for (Ring ring : owner.rings.values()) {
        out.u64(ring.id).flag(ring.isOpen).flag(engine.rings().isCreated(ring));
        ring.write(out);
      }
    }
    Map<Long, Registration> all = registrations(engine);
    out.u64(all.size());
    for (Registration registration : all.values()) {
      out.flag(engine.registry().find(registration.id) == registration);
      RegistrationState.write(registration, out);
    }
    List<DeadLetter> letters = engine.deadLetters().all();
    out.u64(letters.size());
    letters.forEach(letter -> write(letter, out));
  }

  /** Every registration that lives, or of which something waits or was given up, by id. */
  private static Map<Long, Registration> registrations(Engine engine) {
    Map<Long, Registration> all = new TreeMap<>();
    engine.registry().all().forEach(r -> all.put(r.id, r));
    engine.triggers().waiting().forEach(t -> all.put(t.registration.id, t.registration));
    engine.deadLetters().all().forEach(l -> all.put(l.registration().id, l.registration()));
    return all;
  }

  private static void write(DeadLetter letter, StateWriter out) {
    out.u64(letter.slot()).u64(letter.registration().id).u64(letter.seq());
    out.u64(letter.nominal()).u64(letter.attempts()).text(letter.error());
    out.u64(letter.units()).bytes(letter.payload());
  }

  /** Gives an engine that has nothing the state that was written; the accounts are there. */
  static void read(StateReader in, Engine engine) {
    Triggers triggers = engine.triggers();
    long slot = in.number(0, Long.MAX_VALUE >> 9, "a slot");
    triggers.enter(slot, Wave.WORK);
    engine.scheduler().processed(slot);
    triggers.nextSeq(in.number(1, Long.MAX_VALUE >> 1, "a trigger"));
    engine.registry().nextId(in.number(1, 0x1_0000_0000L, "an id"));
    triggers.counters().created(in.number(0, Long.MAX_VALUE >> 1, "a count"));
    for (Fate fate : Fate.values()) {
      triggers.counters().add(fate, in.number(0, Long.MAX_VALUE >> 8, "a count"));
    }
    engine.systemRing().read(in);
    int owners = in.count(Pubkey.BYTES);
    for (int i = 0; i < owners; i++) {
      readOwner(in, engine);
    }
    Map<Long, Registration> all = readRegistrations(in, engine);
    int letters = in.count(LETTER_BYTES);
    for (int i = 0; i < letters; i++) {
      engine.deadLetters().add(readLetter(in, all));
    }
    require(
        triggers.counters().created() == triggers.counters().finals() + triggers.pending(),
        "triggers are missing");
  }

  private static void readOwner(StateReader in, Engine engine) {
    Pubkey program = in.key();
    Owner owner = engine.registry().owner(program);
    engine.economy().know(program);
    if (in.flag()) {
      owner.declare(ProgramFile.find(program, engine.accounts()).manifest());
    }
    int rings = in.count(Long.BYTES);
    for (int i = 0; i < rings; i++) {
      long id = in.u64();
      boolean isOpen = in.flag();
      boolean created = in.flag();
      Ring ring = new Ring(id, program, Ring.LEAST_BYTES);
      ring.isOpen = isOpen;
      ring.read(in);
      require(owner.rings.put(id, ring) == null, "two rings have one id");
      if (created) {
        engine.rings().add(ring);
      }
    }
  }

  private static Map<Long, Registration> readRegistrations(StateReader in, Engine engine) {
    Map<Long, Registration> all = new TreeMap<>();
    Set<Long> seqs = new HashSet<>();
    int count = in.count(Pubkey.BYTES);
    for (int i = 0; i < count; i++) {
      boolean lives = in.flag();
      Registration one = RegistrationState.read(in, engine.registry(), engine.triggers());
      require(one.id < engine.registry().nextId(), "an id is too high");
      require(all.put(one.id, one) == null, "two registrations have one id");
      for (Trigger trigger : one.open()) {
        require(seqs.add(trigger.seq), "two triggers have one number");
      }
      if (lives) {
        engine.registry().restore(one);
      }
    }
    return all;
  }

  private static DeadLetter readLetter(StateReader in, Map<Long, Registration> all) {
    long slot = in.u64();
    Registration registration = known(all.get(in.u64()), "registration");
    require(registration.callback() != null, "a trigger without a callback");
    return new DeadLetter(
        slot,
        registration,
        in.u64(),
        in.number(0, Long.MAX_VALUE >> 9, "a slot"),
        (int) in.number(0, Integer.MAX_VALUE, "a number of attempts"),
        in.text(),
        in.u64(),
        in.bytes(Call.MOST_DATA));
  }
}

package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of an engine between slots as bytes. */
final class EngineState {
  private final StateWriter out = new StateWriter();

  private EngineState() {}

  static byte[] write(Engine engine) {
    EngineState state = new EngineState();
    state.write(engine.triggers());
    List<Owner> owners =
        engine.registry().owners().stream()
            .sorted(Comparator.comparing(owner -> owner.program))
            .toList();
    for (Owner owner : owners) {
      state.out.key(owner.program);
      owner.rings.values().forEach(state::write);
    }
    engine.registry().all().forEach(state::write);
    engine.deadLetters().all().forEach(state::write);
    return state.out.toBytes();
  }

  private void write(Triggers triggers) {
    out.u64(triggers.slot()).u64(triggers.nextSeq()).u64(triggers.counters().created());
    for (Fate fate : Fate.values()) {
      out.u64(triggers.counters().of(fate));
    }
  }

  private void write(Ring ring) {
    out.u64(ring.id).flag(ring.isOpen);
    ring.write(out);
  }

  private void write(Registration r) {
    out.u64(r.id).key(r.owner.program).u8(r.kind.number()).u8(r.state.number());
    out.u64(r.period).u64(r.deadline).u64(r.budget).u8(r.policy.number()).u8(r.priority);
    out.u64(r.minInterval).u64(r.lastDue).u64(r.maxRetries).flag(r.tellsCompletion);
    out.flag(r.quarantined).flag(r.counted);
    out.u64(r.breaker.failures()).u64(r.breaker.openUntil());
    out.u64(r.fired).u64(r.missed).u64(r.lastSeq).u64(r.lastSlot).u64(r.lastUnits);
    write(r.callback());
    Handle handle = r.handle;
    out.flag(handle != null);
    if (handle != null) {
      out.key(handle.account()).u64(handle.offset()).u64(handle.generation());
    }
    Watch watch = r.watch;
    out.flag(watch != null);
    if (watch != null) {
      out.key(watch.account).u64(watch.count);
      out.account(watch.reference).account(watch.baseline);
      write(watch.predicate);
    }
    write(r.filter);
    out.u64(r.open.size());
    for (Trigger trigger : r.open) {
      write(trigger);
      out.flag(r.pending == trigger).flag(r.next == trigger);
    }
  }

  private void write(@Nullable Instruction instruction) {
    out.flag(instruction != null);
    if (instruction != null) {
      out.key(instruction.program()).u64(instruction.accounts().size());
      for (AccountMeta meta : instruction.accounts()) {
        out.key(meta.key()).flag(meta.signer()).flag(meta.writable());
      }
      out.bytes(instruction.data());
    }
  }

  private void write(Predicate predicate) {
    if (predicate instanceof Predicate.Difference difference) {
      out.u8(0).u8(difference.field() == null ? 0xFF : difference.field().number());
    } else if (predicate instanceof Predicate.OwnerBecomes becomes) {
      out.u8(1).key(becomes.owner());
    } else if (predicate instanceof Predicate.Pattern pattern) {
      out.u8(2).u64(pattern.offset()).bytes(pattern.bytes());
    } else if (predicate instanceof Predicate.Level level) {
      out.u8(3);
      write(level.criteria());
    } else if (predicate instanceof Predicate.Move move) {
      out.u8(4);
      write(move.criteria());
    }
  }

  private void write(Criteria criteria) {
    out.u8(criteria.field().number()).u8(criteria.op().number());
    out.u64(criteria.offset()).u64(criteria.mask()).u64(criteria.threshold());
    out.flag(criteria.signed());
  }

  private void write(@Nullable EventFilter filter) {
    if (filter == null) {
      out.u8(0);
    } else if (filter instanceof EventFilter.Emitted emitted) {
      out.u8(1).flag(emitted.source() != null);
      if (emitted.source() != null) {
        out.key(emitted.source());
      }
      out.bytes(emitted.id().bytes()).bytes(emitted.prefix());
    } else if (filter instanceof EventFilter.Returned returned) {
      out.u8(2).key(returned.callee()).bytes(returned.prefix());
    }
  }

  private void write(Trigger trigger) {
    out.u64(trigger.seq).u64(trigger.nominal).u64(trigger.due).u64(trigger.cause);
    out.u8(trigger.priority).u64(trigger.attempt).u64(trigger.missed).flag(trigger.held);
    out.flag(trigger.queue == Wave.CARRY_OVER).bytes(trigger.payload);
  }

  private void write(DeadLetter letter) {
    out.u64(letter.slot()).u64(letter.registration().id).u64(letter.seq());
    out.u64(letter.nominal()).u64(letter.attempts()).text(letter.error());
    out.u64(letter.units()).bytes(letter.payload());
  }
}

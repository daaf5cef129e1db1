package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_EMIT_EVENT;
import static dev.ovsm.sbpf.Syscall.SOL_SUBSCRIBE_EVENT;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Callback.Decoded;
import dev.ovsm.runtime.autonomous.EventTrigger.Once;
import dev.ovsm.runtime.autonomous.EventTrigger.Repeated;
import dev.ovsm.runtime.autonomous.EventTrigger.Watched;
import dev.ovsm.runtime.autonomous.Registration.Draft;
import dev.ovsm.runtime.invoke.LogCollector;
import java.util.Base64;

/** Events: subscribing to those of every type, and emitting one's own. */
final class EventCalls {
  /** The most payload of an emitted event, in bytes. */
  static final int MOST_DATA = 1_024;

  private EventCalls() {}

  static void addTo(Calls calls) {
    calls.add(SOL_SUBSCRIBE_EVENT, EventCalls::subscribe).add(SOL_EMIT_EVENT, EventCalls::emit);
  }

  private static long subscribe(
      Call call, long type, long data, long length, long arguments, long budget) {
    if (arguments == 0) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    byte[] trigger = call.bytes(data, length);
    if (trigger == null) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    Decoded callback = Callback.read(call, call.word(arguments, 0), call.word(arguments, 1));
    if (callback.instruction() == null) {
      return call.none(callback.code());
    }
    EventTrigger wanted = EventTrigger.read(call.engine, type, trigger);
    if (wanted instanceof EventTrigger.Refused refused) {
      return call.none(refused.code());
    }
    AsyncCode code = Checks.first(Checks.budget(call, budget), Checks.room(call, Kind.EVENT));
    if (code != AsyncCode.SUCCESS) {
      return call.none(code);
    }
    Draft draft = new Draft(call.owner(), Kind.EVENT).executes(callback.instruction(), budget);
    return register(call.registry(), draft, wanted).id;
  }

  private static Registration register(Registry registry, Draft draft, EventTrigger wanted) {
    if (wanted instanceof Repeated repeated) {
      Registration registration = registry.add(draft.every(repeated.period()));
      registry.tick(registration, repeated.first(), repeated.first());
      return registration;
    }
    if (wanted instanceof Once once) {
      Registration registration = registry.add(draft);
      registry.arm(registration, once.slot());
      return registration;
    }
    if (wanted instanceof Watched watched) {
      draft.watches(new Watch(watched.account(), watched.predicate()));
    } else if (wanted instanceof EventTrigger.Filtered filtered) {
      draft.wants(filtered.filter());
    }
    return registry.add(draft);
  }

  private static long emit(
      Call call, long event, long eventLength, long data, long length, long r5) {
    byte[] id = call.bytes(event, eventLength);
    byte[] payload = call.bytes(data, length);
    if (id == null || payload == null) {
      return call.refuse(AsyncCode.NULL_POINTER);
    }
    if (id.length < 1 || id.length > EventId.MOST_BYTES || payload.length > MOST_DATA) {
      return call.refuse(AsyncCode.INVALID_ARGUMENT);
    }
    if (!call.transaction.mayEmit()) {
      return call.refuse(AsyncCode.EVENT_LIMIT);
    }
    Economy economy = call.engine.economy();
    if (!economy.canPay(call.owner(), Economy.EVENT_LAMPORTS)) {
      return call.refuse(AsyncCode.INSUFFICIENT_ESCROW);
    }
    EventId named = new EventId(id);
    if (!call.engine.putOnSystemRing(call.program(), named, payload)) {
      return call.refuse(AsyncCode.BUFFER_FULL);
    }
    Trigger cause = call.transaction.trigger;
    economy.emitted(call.owner(), cause == null ? 0 : cause.registration.id, call.slot());
    log(call.instruction.transaction().log(), named, payload);
    call.registry().signals().emitted(call.program(), named, payload);
    return 0;
  }

  private static void log(LogCollector log, EventId id, byte[] payload) {
    if (log.isOpen()) {
      byte[] discriminator = id.discriminator();
      byte[] line =
          new LittleEndian(discriminator.length + payload.length)
              .raw(discriminator)
              .raw(payload)
              .bytes();
      log.add("Program data: " + Base64.getEncoder().encodeToString(line));
    }
  }

  /** A record of the system ring: {source, u8 id length, id, payload}. */
  static byte[] systemRecord(Pubkey source, EventId id, byte[] payload) {
    return new LittleEndian(Pubkey.BYTES + 1 + id.bytes().length + payload.length)
        .raw(source.bytes())
        .u8(id.bytes().length)
        .raw(id.bytes())
        .raw(payload)
        .bytes();
  }
}

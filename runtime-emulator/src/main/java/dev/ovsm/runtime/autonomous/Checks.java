package dev.ovsm.runtime.autonomous;

/** What has to be so before something new is registered; each check gives the code if it is not. */
final class Checks {
  /** How far ahead a slot may lie. */
  static final long MOST_SLOTS = 1_000_000;

  private Checks() {}

  /** A number of slots from now. */
  static AsyncCode ahead(Call call, long slots) {
    boolean fits = slots >= 1 && slots <= MOST_SLOTS && call.slot() + slots > 0;
    return fits ? AsyncCode.SUCCESS : AsyncCode.INVALID_SLOT;
  }

  /** A slot to run in. */
  static AsyncCode target(Call call, long slot) {
    return slot <= call.slot() ? AsyncCode.INVALID_SLOT : ahead(call, slot - call.slot());
  }

  /** A distance between ticks. */
  static AsyncCode period(long slots) {
    return slots >= 1 && slots <= MOST_SLOTS ? AsyncCode.SUCCESS : AsyncCode.INVALID_SLOT;
  }

  /** A budget that some slot has room for, whatever others have reserved. */
  static AsyncCode budget(Call call, long units) {
    long most = call.engine.settings().slotBudget();
    if (units < 1 || units > most) {
      return AsyncCode.BUDGET_EXCEEDED;
    }
    long others = call.engine.economy().stakes().reservedByOthers(call.program());
    return units > most - others ? AsyncCode.NO_CAPACITY : AsyncCode.SUCCESS;
  }

  /** Room for one more registration of a kind, and its fee. */
  static AsyncCode room(Call call, Kind kind) {
    if (call.isShuttingDown()) {
      return AsyncCode.SHUTDOWN;
    }
    if (!call.owner().hasRoom(kind.quota())) {
      return kind.quota().code();
    }
    if (call.registry().isFull()) {
      return AsyncCode.NO_CAPACITY;
    }
    boolean paid = call.engine.economy().canPay(call.owner(), Economy.REGISTRATION_LAMPORTS);
    return paid ? AsyncCode.SUCCESS : AsyncCode.INSUFFICIENT_ESCROW;
  }

  /** The first of several codes that is not a success. */
  static AsyncCode first(AsyncCode... codes) {
    for (AsyncCode code : codes) {
      if (code != AsyncCode.SUCCESS) {
        return code;
      }
    }
    return AsyncCode.SUCCESS;
  }
}

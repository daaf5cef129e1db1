package dev.ovsm.runtime.autonomous;

/**
 * Settings of a simulation.
 *
 * @param slotBudget compute units for callbacks in a slot
 * @param fillSkip whether items behind one that does not fit may run (else strict order)
 * @param strictTailCalls whether a failing tail call aborts the program (else it returns a code)
 * @param slotsPerEpoch slots in an epoch
 * @param genesisTime unix time of slot 0, in seconds
 * @param startSlot the slot of deployment and start-up
 * @param logs whether logs are collected and told
 * @param strictEconomics whether an escrow must have the fees (else it is given what it lacks)
 */
public record Settings(
    long slotBudget,
    boolean fillSkip,
    boolean strictTailCalls,
    long slotsPerEpoch,
    long genesisTime,
    long startSlot,
    boolean logs,
    boolean strictEconomics) {
  public static final Settings DEFAULT =
      new Settings(400_000, false, false, 432_000, 0, 0, true, false);

  public Settings {
    if (slotBudget < 1 || slotsPerEpoch < 1 || startSlot < 0) {
      throw new IllegalArgumentException("budgets and epochs are positive, slots not negative");
    }
  }

  public Settings withSlotBudget(long units) {
    return new Settings(
        units,
        fillSkip,
        strictTailCalls,
        slotsPerEpoch,
        genesisTime,
        startSlot,
        logs,
        strictEconomics);
  }

  public Settings withFillSkip(boolean skip) {
    return new Settings(
        slotBudget,
        skip,
        strictTailCalls,
        slotsPerEpoch,
        genesisTime,
        startSlot,
        logs,
        strictEconomics);
  }

  public Settings withStrictTailCalls(boolean strict) {
    return new Settings(
        slotBudget, fillSkip, strict, slotsPerEpoch, genesisTime, startSlot, logs, strictEconomics);
  }

  public Settings withSlotsPerEpoch(long slots) {
    return new Settings(
        slotBudget,
        fillSkip,
        strictTailCalls,
        slots,
        genesisTime,
        startSlot,
        logs,
        strictEconomics);
  }

  public Settings withGenesisTime(long seconds) {
    return new Settings(
        slotBudget,
        fillSkip,
        strictTailCalls,
        slotsPerEpoch,
        seconds,
        startSlot,
        logs,
        strictEconomics);
  }

  public Settings withStartSlot(long slot) {
    return new Settings(
        slotBudget,
        fillSkip,
        strictTailCalls,
        slotsPerEpoch,
        genesisTime,
        slot,
        logs,
        strictEconomics);
  }

  public Settings withLogs(boolean collect) {
    return new Settings(
        slotBudget,
        fillSkip,
        strictTailCalls,
        slotsPerEpoch,
        genesisTime,
        startSlot,
        collect,
        strictEconomics);
  }

  public Settings withStrictEconomics(boolean strict) {
    return new Settings(
        slotBudget, fillSkip, strictTailCalls, slotsPerEpoch, genesisTime, startSlot, logs, strict);
  }
}

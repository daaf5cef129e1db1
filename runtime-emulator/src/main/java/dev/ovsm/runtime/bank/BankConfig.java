package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.runtime.invoke.Hook;
import dev.ovsm.runtime.invoke.LogCollector;
import dev.ovsm.runtime.sysvar.EpochSchedule;
import dev.ovsm.runtime.sysvar.Rent;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Interpreter;

/**
 * How a bank begins.
 *
 * @param genesisTime unix time of slot 0, in seconds
 * @param startSlot the slot the bank begins in, unsigned
 * @param logLimit bytes of log that a transaction keeps, or 0 to collect none
 */
public record BankConfig(
    Features features,
    Rent rent,
    EpochSchedule epochSchedule,
    long genesisTime,
    long startSlot,
    int logLimit,
    Engine engine,
    Hook hook) {
  /** A bank like mainnet's, with the interpreter and without additions. */
  public static BankConfig mainnet() {
    return new BankConfig(
        Features.MAINNET,
        Rent.MAINNET,
        EpochSchedule.MAINNET,
        0,
        1,
        LogCollector.DEFAULT_LIMIT,
        new Interpreter(),
        Hook.NONE);
  }

  public BankConfig withFeatures(Features other) {
    return new BankConfig(
        other, rent, epochSchedule, genesisTime, startSlot, logLimit, engine, hook);
  }

  public BankConfig withHook(Hook other) {
    return new BankConfig(
        features, rent, epochSchedule, genesisTime, startSlot, logLimit, engine, other);
  }

  public BankConfig withEngine(Engine other) {
    return new BankConfig(
        features, rent, epochSchedule, genesisTime, startSlot, logLimit, other, hook);
  }

  public BankConfig withLogLimit(int bytes) {
    return new BankConfig(
        features, rent, epochSchedule, genesisTime, startSlot, bytes, engine, hook);
  }

  public BankConfig withEpochSchedule(EpochSchedule other) {
    return new BankConfig(features, rent, other, genesisTime, startSlot, logLimit, engine, hook);
  }

  public BankConfig withGenesisTime(long seconds) {
    return new BankConfig(
        features, rent, epochSchedule, seconds, startSlot, logLimit, engine, hook);
  }

  public BankConfig withStartSlot(long slot) {
    return new BankConfig(features, rent, epochSchedule, genesisTime, slot, logLimit, engine, hook);
  }
}

package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.StateReader.require;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What a simulation keeps between slots, as bytes and as one number. */
final class SimulationState {
  private static final int ACCOUNT_BYTES = 2 * Pubkey.BYTES + 3 * Long.BYTES + 1;

  private SimulationState() {}

  /** The accounts by ascending key, the engine, and what was put in from outside. */
  static void write(World world, StateWriter out) {
    Map<Pubkey, Account> accounts = new TreeMap<>(world.bank.accounts());
    out.u64(accounts.size());
    accounts.forEach((key, account) -> out.key(key).account(account));
    EngineState.write(world.engine, out);
    world.faults.write(out);
    out.u64(world.skipped);
  }

  /** Reads what was written into a world in which there is nothing. */
  static void read(StateReader in, World world) {
    int count = in.count(ACCOUNT_BYTES);
    Pubkey last = null;
    for (int i = 0; i < count; i++) {
      Pubkey key = in.key();
      require(last == null || last.compareTo(key) < 0, "accounts are not in order");
      last = key;
      Account account = in.account();
      require(account.lamports() != 0, "an account has no lamports");
      world.bank.put(key, account);
    }
    EngineState.read(in, world.engine);
    world.faults.read(in);
    world.skipped = in.number(0, 1L << 53, "a number of slots");
    in.end();
  }

  /** SHA-256 of the state, in hexadecimal. */
  static String hash(World world) {
    MessageDigest digest = Sha256.digest();
    write(world, new StateWriter(digest::update));
    return HexFormat.of().formatHex(digest.digest());
  }

  static void write(Settings settings, StateWriter out) {
    out.u64(settings.slotBudget()).flag(settings.fillSkip()).flag(settings.strictTailCalls());
    out.u64(settings.slotsPerEpoch()).u64(settings.genesisTime()).u64(settings.startSlot());
    out.flag(settings.logs()).flag(settings.strictEconomics());
  }

  static Settings readSettings(StateReader in) {
    Settings settings =
        Settings.DEFAULT
            .withSlotBudget(in.number(1, Long.MAX_VALUE, "a budget"))
            .withFillSkip(in.flag())
            .withStrictTailCalls(in.flag())
            .withSlotsPerEpoch(in.number(1, 1L << 53, "an epoch"))
            .withGenesisTime(in.number(-(1L << 53), 1L << 53, "a time"))
            .withStartSlot(in.number(0, 1L << 53, "a slot"))
            .withLogs(in.flag())
            .withStrictEconomics(in.flag());
    in.end();
    return settings;
  }
}

package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.invoke.Privileges;
import dev.ovsm.runtime.program.Precompile;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.CompiledInstruction;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message with all its keys, those from lookup tables included, and what may be done with each.
 *
 * <p>Privileges are those that hold while it runs: nobody writes sysvars or programs it calls.
 */
record LoadedMessage(Pubkey[] keys, boolean[] signer, boolean[] writable, List<Call> calls) {
  private static final Set<Pubkey> RESERVED =
      Set.of(
          ProgramIds.SYSTEM,
          ProgramIds.NATIVE_LOADER,
          ProgramIds.LOADER_V1,
          ProgramIds.LOADER_V2,
          ProgramIds.LOADER_V3,
          ProgramIds.COMPUTE_BUDGET,
          ProgramIds.VOTE,
          ProgramIds.STAKE,
          ProgramIds.CONFIG,
          ProgramIds.ADDRESS_LOOKUP_TABLE,
          ProgramIds.ED25519_PRECOMPILE,
          ProgramIds.SECP256K1_PRECOMPILE,
          ProgramIds.SECP256R1_PRECOMPILE,
          SysvarIds.OWNER,
          SysvarIds.CLOCK,
          SysvarIds.EPOCH_REWARDS,
          SysvarIds.EPOCH_SCHEDULE,
          SysvarIds.FEES,
          SysvarIds.INSTRUCTIONS,
          SysvarIds.LAST_RESTART_SLOT,
          SysvarIds.RECENT_BLOCKHASHES,
          SysvarIds.RENT,
          SysvarIds.SLOT_HASHES,
          SysvarIds.SLOT_HISTORY,
          SysvarIds.STAKE_HISTORY);

  /**
   * An instruction: indices of its program and accounts among the keys.
   *
   * @param precompile what is verified in place of an execution; null if it calls a program
   */
  record Call(
      int program,
      int[] accounts,
      Privileges privileges,
      byte[] data,
      @Nullable Precompile precompile) {}

  /** A message's own form, given what its lookup tables contain: writable keys, then others. */
  static LoadedMessage of(Message message, List<Pubkey> tableWritable, List<Pubkey> tableReadonly) {
    List<Pubkey> all = new ArrayList<>(message.keys());
    all.addAll(tableWritable);
    all.addAll(tableReadonly);
    int own = message.keys().size();
    boolean[] signer = new boolean[all.size()];
    boolean[] writable = new boolean[all.size()];
    boolean[] called = new boolean[all.size()];
    for (CompiledInstruction instruction : message.instructions()) {
      called[instruction.program()] = true;
    }
    boolean upgrades = all.contains(ProgramIds.LOADER_V3);
    for (int i = 0; i < all.size(); i++) {
      signer[i] = i < own && message.signs(i);
      boolean wanted = i < own ? message.writes(i) : i < own + tableWritable.size();
      writable[i] = wanted && !isReserved(all.get(i)) && (!called[i] || upgrades);
    }
    Pubkey[] keys = all.toArray(new Pubkey[0]);
    List<Call> calls = new ArrayList<>();
    for (CompiledInstruction instruction : message.instructions()) {
      int[] accounts = new int[instruction.accounts().length];
      for (int i = 0; i < accounts.length; i++) {
        accounts[i] = instruction.accounts()[i] & 0xff;
      }
      int program = instruction.program();
      calls.add(call(keys, signer, writable, program, accounts, instruction.data()));
    }
    return new LoadedMessage(keys, signer, writable, calls);
  }

  /** The form of one instruction that nobody pays for or signs. */
  static LoadedMessage of(Instruction instruction) {
    Map<Pubkey, Integer> index = new LinkedHashMap<>();
    for (AccountMeta meta : instruction.accounts()) {
      index.putIfAbsent(meta.key(), index.size());
    }
    index.putIfAbsent(instruction.program(), index.size());
    boolean[] signer = new boolean[index.size()];
    boolean[] writable = new boolean[index.size()];
    int[] accounts = new int[instruction.accounts().size()];
    for (int i = 0; i < accounts.length; i++) {
      AccountMeta meta = instruction.accounts().get(i);
      accounts[i] = index.getOrDefault(meta.key(), 0);
      signer[accounts[i]] |= meta.signer();
      writable[accounts[i]] |= meta.writable() && !isReserved(meta.key());
    }
    int program = index.getOrDefault(instruction.program(), 0);
    writable[program] = false;
    Pubkey[] keys = index.keySet().toArray(new Pubkey[0]);
    Call call = call(keys, signer, writable, program, accounts, instruction.data());
    return new LoadedMessage(keys, signer, writable, List.of(call));
  }

  private static Call call(
      Pubkey[] keys,
      boolean[] signer,
      boolean[] writable,
      int program,
      int[] accounts,
      byte[] data) {
    boolean[] signs = new boolean[accounts.length];
    boolean[] writes = new boolean[accounts.length];
    for (int i = 0; i < accounts.length; i++) {
      signs[i] = signer[accounts[i]];
      writes[i] = writable[accounts[i]];
    }
    Precompile precompile = Precompile.at(keys[program]);
    return new Call(program, accounts, Privileges.of(signs, writes), data, precompile);
  }

  /** Whether some key appears twice. */
  boolean repeats() {
    return Arrays.stream(keys).distinct().count() < keys.length;
  }

  private static boolean isReserved(Pubkey key) {
    return RESERVED.contains(key);
  }
}

package dev.ovsm.runtime.transaction;

import dev.ovsm.runtime.account.Pubkey;
import java.util.List;

/**
 * What signers sign: the keys with their privileges by position, and the instructions over them.
 *
 * <p>The first {@code signatures} keys sign, the last {@code readonlySigned} of those read-only; of
 * the other keys the last {@code readonlyUnsigned} are read-only. The first key pays the fee.
 *
 * @param versioned whether this is version 0; otherwise it is a legacy message
 * @param tables lookup tables, empty in a legacy message
 */
public record Message(
    boolean versioned,
    int signatures,
    int readonlySigned,
    int readonlyUnsigned,
    List<Pubkey> keys,
    Pubkey blockhash,
    List<CompiledInstruction> instructions,
    List<LookupTable> tables) {
  public Message {
    keys = List.copyOf(keys);
    instructions = List.copyOf(instructions);
    tables = List.copyOf(tables);
  }

  /** Whether a key of the message itself (not one that a table adds) signs. */
  public boolean signs(int index) {
    return index < signatures;
  }

  /** Whether the header lets a key of the message itself be written. */
  public boolean writes(int index) {
    return index < signatures
        ? index < signatures - readonlySigned
        : index < keys.size() - readonlyUnsigned;
  }

  /** How many keys the lookup tables add, writable ones first. */
  public int tableKeys() {
    return tables.stream()
        .mapToInt(table -> table.writable().length + table.readonly().length)
        .sum();
  }

  /**
   * The structural rule that a message breaks, if any: a payer that signs and writes, indices in
   * range, no program in the place of the payer or in a table, no lookup that adds nothing.
   */
  public boolean isSane() {
    int all = keys.size() + tableKeys();
    if (signatures + readonlyUnsigned > keys.size()
        || readonlySigned >= signatures
        || all > 256
        || tables.stream().anyMatch(t -> t.writable().length + t.readonly().length == 0)) {
      return false;
    }
    for (CompiledInstruction instruction : instructions) {
      if (instruction.program() == 0 || instruction.program() >= keys.size()) {
        return false;
      }
      for (byte index : instruction.accounts()) {
        if ((index & 0xff) >= all) {
          return false;
        }
      }
    }
    return true;
  }
}

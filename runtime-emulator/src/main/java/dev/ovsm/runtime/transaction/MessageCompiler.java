package dev.ovsm.runtime.transaction;

import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lays out the keys of a list of instructions as a legacy message wants them.
 *
 * <p>The payer comes first; then signers that write, signers that read, others that write, others
 * that read, each group in the order of the keys.
 */
public final class MessageCompiler {
  private static final int SIGNS = 2;
  private static final int WRITES = 1;

  private MessageCompiler() {}

  /** The message; the instructions may name at most 256 keys together. */
  public static Message compile(List<Instruction> instructions, Pubkey payer, Pubkey blockhash) {
    Map<Pubkey, Integer> privileges = new TreeMap<>();
    for (Instruction instruction : instructions) {
      privileges.merge(instruction.program(), 0, (a, b) -> a | b);
      for (AccountMeta meta : instruction.accounts()) {
        int wanted = (meta.signer() ? SIGNS : 0) | (meta.writable() ? WRITES : 0);
        privileges.merge(meta.key(), wanted, (a, b) -> a | b);
      }
    }
    privileges.remove(payer);
    List<Pubkey> keys = new ArrayList<>(List.of(payer));
    int[] counts = new int[SIGNS + WRITES + 1];
    for (int group = SIGNS | WRITES; group >= 0; group--) {
      for (Map.Entry<Pubkey, Integer> entry : privileges.entrySet()) {
        if (entry.getValue() == group) {
          keys.add(entry.getKey());
          counts[group]++;
        }
      }
    }
    if (keys.size() > 256) {
      throw new IllegalArgumentException("a message has at most 256 keys, not " + keys.size());
    }
    return new Message(
        false,
        1 + counts[SIGNS | WRITES] + counts[SIGNS],
        counts[SIGNS],
        counts[0],
        keys,
        blockhash,
        compile(instructions, keys),
        List.of());
  }

  private static List<CompiledInstruction> compile(
      List<Instruction> instructions, List<Pubkey> keys) {
    Map<Pubkey, Integer> index = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      index.put(keys.get(i), i);
    }
    List<CompiledInstruction> compiled = new ArrayList<>();
    for (Instruction instruction : instructions) {
      byte[] accounts = new byte[instruction.accounts().size()];
      for (int i = 0; i < accounts.length; i++) {
        accounts[i] = (byte) (int) index.getOrDefault(instruction.accounts().get(i).key(), 0);
      }
      compiled.add(
          new CompiledInstruction(
              index.getOrDefault(instruction.program(), 0), accounts, instruction.data()));
    }
    return compiled;
  }
}

package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Pubkey;
import java.util.List;

/**
 * What made a transaction fail.
 *
 * @param program the program that failed, of several the one called last
 * @param pc the slot of the instruction that faulted, or that decided which error is returned
 * @param ways the slots of the jumps that lead to it, the one that was taken first; all failures of
 *     a kind may share it, and then differ in these only
 */
public record Blame(Pubkey program, int pc, List<Integer> ways) {
  public Blame {
    ways = List.copyOf(ways);
  }
}

package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.List;

/**
 * What acting has cost so far, and what programs have to act with.
 *
 * @param isStrict whether calls fail whose fee an escrow lacks; else it is given what it lacks
 * @param collected lamports of all fees
 * @param dropped triggers that the runtime lost; none, which every slot asserts
 * @param programs those that are deployed, or were
 */
public record Economics(boolean isStrict, long collected, long dropped, List<Holding> programs) {
  private static final long LIABLE_SHARE = 1_000;

  public Economics {
    programs = List.copyOf(programs);
  }

  /**
   * What a program has, in lamports.
   *
   * @param stake what reserves, what is about to leave included
   * @param reservedUnits compute units of every slot
   */
  public record Holding(
      Pubkey program, Pubkey escrow, long balance, long stake, long reservedUnits) {}

  /** What the leader of the slots would owe for what was dropped: 0.1 % of all stake each. */
  public long liability() {
    return dropped * (programs.stream().mapToLong(Holding::stake).sum() / LIABLE_SHARE);
  }
}

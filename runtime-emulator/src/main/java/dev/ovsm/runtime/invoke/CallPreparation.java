package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import java.util.Collection;
import java.util.List;

/** Turns an instruction that a program wants to call into a frame, if it has the privileges. */
public final class CallPreparation {
  private CallPreparation() {}

  /**
   * The frame of a call; fails if the caller does not have an account, or has it with less rights.
   *
   * @param signers program addresses for which the caller signs
   */
  public static InstructionContext prepare(
      InstructionContext caller, Instruction instruction, Collection<Pubkey> signers) {
    TransactionContext transaction = caller.transaction();
    List<AccountMeta> metas = instruction.accounts();
    int[] accounts = new int[metas.size()];
    for (int i = 0; i < accounts.length; i++) {
      accounts[i] = transaction.indexOf(metas.get(i).key());
      if (accounts[i] < 0) {
        transaction.log().add("Instruction references an unknown account " + metas.get(i).key());
        throw new InstructionFailure(Kind.MISSING_ACCOUNT);
      }
    }
    boolean[] signs = new boolean[accounts.length];
    boolean[] writes = new boolean[accounts.length];
    for (int i = 0; i < accounts.length; i++) {
      for (int j = 0; j < accounts.length; j++) {
        if (accounts[i] == accounts[j]) {
          signs[i] |= metas.get(j).signer();
          writes[i] |= metas.get(j).writable();
        }
      }
    }
    for (int i = 0; i < accounts.length; i++) {
      requirePrivileges(caller, accounts[i], signs[i], writes[i], signers);
    }
    int program = transaction.indexOf(instruction.program());
    if (program < 0 || caller.positionOf(program) < 0) {
      transaction.log().add("Unknown program " + instruction.program());
      throw new InstructionFailure(Kind.MISSING_ACCOUNT);
    }
    return InstructionContext.of(
        transaction, program, accounts, Privileges.of(signs, writes), instruction.data());
  }

  private static void requirePrivileges(
      InstructionContext caller,
      int account,
      boolean signs,
      boolean writes,
      Collection<Pubkey> signers) {
    int position = caller.positionOf(account);
    if (position < 0) {
      throw new InstructionFailure(Kind.MISSING_ACCOUNT);
    }
    Pubkey key = caller.key(position);
    if (writes && !caller.isWritable(position)) {
      caller.transaction().log().add(key + "'s writable privilege escalated");
      throw new InstructionFailure(Kind.PRIVILEGE_ESCALATION);
    }
    if (signs && !caller.isSigner(position) && !signers.contains(key)) {
      caller.transaction().log().add(key + "'s signer privilege escalated");
      throw new InstructionFailure(Kind.PRIVILEGE_ESCALATION);
    }
  }
}

package dev.ovsm.tests.realvm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Transactions in sequence on one machine; each sees what the ones before it wrote. */
public record TransactionRequest(
    Features features,
    List<Program> programs,
    List<String> standard,
    List<Account> accounts,
    @Nullable Clock clock,
    @Nullable Long computeUnits,
    @Nullable Integer heap,
    boolean verifySignatures,
    boolean verifyBlockhash,
    List<Transaction> transactions) {

  /** Transactions with mainnet's features, no signature checks and the budget that they ask for. */
  public static TransactionRequest of(
      List<Program> programs,
      List<String> standard,
      List<Account> accounts,
      List<Transaction> transactions) {
    return new TransactionRequest(
        Features.MAINNET,
        List.copyOf(programs),
        List.copyOf(standard),
        List.copyOf(accounts),
        null,
        null,
        null,
        false,
        false,
        List.copyOf(transactions));
  }

  /** The same request at another time. */
  public TransactionRequest with(Clock time) {
    return new TransactionRequest(
        features,
        programs,
        standard,
        accounts,
        time,
        computeUnits,
        heap,
        verifySignatures,
        verifyBlockhash,
        transactions);
  }

  /**
   * A transaction: its wire bytes, or payer and instructions to put into a message of this version
   * (null is legacy); and the keys whose accounts the outcome shows.
   */
  public record Transaction(
      byte @Nullable [] bytes,
      @Nullable String payer,
      @Nullable List<Instruction> instructions,
      @Nullable Integer version,
      List<String> accountsAfter) {

    /** A transaction as it goes over the wire. */
    public static Transaction raw(byte[] bytes, List<String> accountsAfter) {
      return new Transaction(bytes, null, null, null, List.copyOf(accountsAfter));
    }

    /** A legacy transaction. */
    public static Transaction of(
        String payer, List<Instruction> instructions, List<String> accountsAfter) {
      return new Transaction(
          null, payer, List.copyOf(instructions), null, List.copyOf(accountsAfter));
    }
  }

  /** An instruction; its accounts are references. */
  public record Instruction(String program, List<AccountUse> accounts, byte[] data) {}
}

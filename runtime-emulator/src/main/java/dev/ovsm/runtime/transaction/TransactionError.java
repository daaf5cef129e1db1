package dev.ovsm.runtime.transaction;

/** Why a transaction failed as a whole. */
public sealed interface TransactionError {
  /** The form in which RPC reports it. */
  String json();

  /** One of its instructions failed; nothing but the fee is kept. */
  record InstructionFailed(int index, InstructionError error) implements TransactionError {
    @Override
    public String json() {
      return "{\"InstructionError\":[" + index + "," + error.json() + "]}";
    }
  }

  /** An account it wrote ends with some lamports, but fewer than rent exemption needs. */
  record InsufficientFundsForRent(int account) implements TransactionError {
    @Override
    public String json() {
      return "{\"InsufficientFundsForRent\":{\"account_index\":" + account + "}}";
    }
  }

  /** Two compute-budget instructions of the same kind. */
  record DuplicateInstruction(int index) implements TransactionError {
    @Override
    public String json() {
      return "{\"DuplicateInstruction\":" + index + "}";
    }
  }

  /** The errors that say nothing more than their name. */
  enum Kind implements TransactionError {
    ACCOUNT_IN_USE("AccountInUse"),
    ACCOUNT_LOADED_TWICE("AccountLoadedTwice"),
    ACCOUNT_NOT_FOUND("AccountNotFound"),
    PROGRAM_ACCOUNT_NOT_FOUND("ProgramAccountNotFound"),
    INSUFFICIENT_FUNDS_FOR_FEE("InsufficientFundsForFee"),
    INVALID_ACCOUNT_FOR_FEE("InvalidAccountForFee"),
    ALREADY_PROCESSED("AlreadyProcessed"),
    BLOCKHASH_NOT_FOUND("BlockhashNotFound"),
    MISSING_SIGNATURE_FOR_FEE("MissingSignatureForFee"),
    INVALID_ACCOUNT_INDEX("InvalidAccountIndex"),
    SIGNATURE_FAILURE("SignatureFailure"),
    INVALID_PROGRAM_FOR_EXECUTION("InvalidProgramForExecution"),
    SANITIZE_FAILURE("SanitizeFailure"),
    UNSUPPORTED_VERSION("UnsupportedVersion"),
    ADDRESS_LOOKUP_TABLE_NOT_FOUND("AddressLookupTableNotFound"),
    INVALID_ADDRESS_LOOKUP_TABLE_OWNER("InvalidAddressLookupTableOwner"),
    INVALID_ADDRESS_LOOKUP_TABLE_DATA("InvalidAddressLookupTableData"),
    INVALID_ADDRESS_LOOKUP_TABLE_INDEX("InvalidAddressLookupTableIndex"),
    MAX_LOADED_ACCOUNTS_DATA_SIZE_EXCEEDED("MaxLoadedAccountsDataSizeExceeded"),
    INVALID_LOADED_ACCOUNTS_DATA_SIZE_LIMIT("InvalidLoadedAccountsDataSizeLimit"),
    TOO_MANY_ACCOUNT_LOCKS("TooManyAccountLocks"),
    UNBALANCED_TRANSACTION("UnbalancedTransaction");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    @Override
    public String json() {
      return '"' + label + '"';
    }
  }
}

package dev.ovsm.runtime.transaction;

/**
 * Why an instruction failed, in the words a validator logs.
 *
 * <p>Either one of the runtime's own kinds or a number that a program chose.
 */
public sealed interface InstructionError permits InstructionError.Kind, InstructionError.Custom {
  /** The text after {@code failed: } in the log. */
  String text();

  /** The form in which RPC reports it: a name in quotes or {@code {"Custom":n}}. */
  String json();

  /** A program's own error number. */
  record Custom(int code) implements InstructionError {
    @Override
    public String text() {
      return "custom program error: 0x" + Integer.toHexString(code);
    }

    @Override
    public String json() {
      return "{\"Custom\":" + Integer.toUnsignedString(code) + "}";
    }
  }

  /**
   * The error a program's status stands for: the high half selects a kind, and without a high half
   * the low half is the program's own number.
   *
   * @param status r0 at exit, not 0
   */
  static InstructionError ofStatus(long status) {
    long high = status >>> 32;
    if (high == 0) {
      return new Custom((int) status);
    }
    if ((int) status == 0) {
      if (high == 1) {
        return new Custom(0);
      }
      if (high - 2 < Kind.BY_STATUS.length) {
        return Kind.BY_STATUS[(int) high - 2];
      }
    }
    return Kind.INVALID_ERROR;
  }

  /** The runtime's own errors. */
  enum Kind implements InstructionError {
    GENERIC_ERROR("GenericError", "generic instruction error"),
    INVALID_ARGUMENT("InvalidArgument", "invalid program argument"),
    INVALID_INSTRUCTION_DATA("InvalidInstructionData", "invalid instruction data"),
    INVALID_ACCOUNT_DATA("InvalidAccountData", "invalid account data for instruction"),
    ACCOUNT_DATA_TOO_SMALL("AccountDataTooSmall", "account data too small for instruction"),
    INSUFFICIENT_FUNDS("InsufficientFunds", "insufficient funds for instruction"),
    INCORRECT_PROGRAM_ID("IncorrectProgramId", "incorrect program id for instruction"),
    MISSING_REQUIRED_SIGNATURE(
        "MissingRequiredSignature", "missing required signature for instruction"),
    ACCOUNT_ALREADY_INITIALIZED(
        "AccountAlreadyInitialized", "instruction requires an uninitialized account"),
    UNINITIALIZED_ACCOUNT("UninitializedAccount", "instruction requires an initialized account"),
    UNBALANCED_INSTRUCTION(
        "UnbalancedInstruction",
        "sum of account balances before and after instruction do not match"),
    MODIFIED_PROGRAM_ID(
        "ModifiedProgramId", "instruction illegally modified the program id of an account"),
    EXTERNAL_ACCOUNT_LAMPORT_SPEND(
        "ExternalAccountLamportSpend",
        "instruction spent from the balance of an account it does not own"),
    EXTERNAL_ACCOUNT_DATA_MODIFIED(
        "ExternalAccountDataModified", "instruction modified data of an account it does not own"),
    READONLY_LAMPORT_CHANGE(
        "ReadonlyLamportChange", "instruction changed the balance of a read-only account"),
    READONLY_DATA_MODIFIED(
        "ReadonlyDataModified", "instruction modified data of a read-only account"),
    DUPLICATE_ACCOUNT_INDEX("DuplicateAccountIndex", "instruction contains duplicate accounts"),
    EXECUTABLE_MODIFIED("ExecutableModified", "instruction changed executable bit of an account"),
    RENT_EPOCH_MODIFIED("RentEpochModified", "instruction modified rent epoch of an account"),
    NOT_ENOUGH_ACCOUNT_KEYS("NotEnoughAccountKeys", "insufficient account keys for instruction"),
    ACCOUNT_DATA_SIZE_CHANGED(
        "AccountDataSizeChanged",
        "program other than the account's owner changed the size of the account data"),
    ACCOUNT_NOT_EXECUTABLE("AccountNotExecutable", "instruction expected an executable account"),
    ACCOUNT_BORROW_FAILED(
        "AccountBorrowFailed",
        "instruction tries to borrow reference for an account which is already borrowed"),
    ACCOUNT_BORROW_OUTSTANDING(
        "AccountBorrowOutstanding",
        "instruction left account with an outstanding borrowed reference"),
    DUPLICATE_ACCOUNT_OUT_OF_SYNC(
        "DuplicateAccountOutOfSync", "instruction modifications of multiply-passed account differ"),
    INVALID_ERROR("InvalidError", "program returned invalid error code"),
    EXECUTABLE_DATA_MODIFIED(
        "ExecutableDataModified", "instruction changed executable accounts data"),
    EXECUTABLE_LAMPORT_CHANGE(
        "ExecutableLamportChange", "instruction changed the balance of an executable account"),
    EXECUTABLE_ACCOUNT_NOT_RENT_EXEMPT(
        "ExecutableAccountNotRentExempt", "executable accounts must be rent exempt"),
    UNSUPPORTED_PROGRAM_ID("UnsupportedProgramId", "Unsupported program id"),
    CALL_DEPTH("CallDepth", "Cross-program invocation call depth too deep"),
    MISSING_ACCOUNT("MissingAccount", "An account required by the instruction is missing"),
    REENTRANCY_NOT_ALLOWED(
        "ReentrancyNotAllowed",
        "Cross-program invocation reentrancy not allowed for this instruction"),
    MAX_SEED_LENGTH_EXCEEDED(
        "MaxSeedLengthExceeded", "Length of the seed is too long for address generation"),
    INVALID_SEEDS("InvalidSeeds", "Provided seeds do not result in a valid address"),
    INVALID_REALLOC("InvalidRealloc", "Failed to reallocate account data"),
    COMPUTATIONAL_BUDGET_EXCEEDED("ComputationalBudgetExceeded", "Computational budget exceeded"),
    PRIVILEGE_ESCALATION(
        "PrivilegeEscalation",
        "Cross-program invocation with unauthorized signer or writable account"),
    PROGRAM_ENVIRONMENT_SETUP_FAILURE(
        "ProgramEnvironmentSetupFailure", "Failed to create program execution environment"),
    PROGRAM_FAILED_TO_COMPLETE("ProgramFailedToComplete", "Program failed to complete"),
    PROGRAM_FAILED_TO_COMPILE("ProgramFailedToCompile", "Program failed to compile"),
    IMMUTABLE("Immutable", "Account is immutable"),
    INCORRECT_AUTHORITY("IncorrectAuthority", "Incorrect authority provided"),
    BORSH_IO_ERROR("BorshIoError", "Failed to serialize or deserialize account data"),
    ACCOUNT_NOT_RENT_EXEMPT(
        "AccountNotRentExempt", "An account does not have enough lamports to be rent-exempt"),
    INVALID_ACCOUNT_OWNER("InvalidAccountOwner", "Invalid account owner"),
    ARITHMETIC_OVERFLOW("ArithmeticOverflow", "Program arithmetic overflowed"),
    UNSUPPORTED_SYSVAR("UnsupportedSysvar", "Unsupported sysvar"),
    ILLEGAL_OWNER("IllegalOwner", "Provided owner is not allowed"),
    MAX_ACCOUNTS_DATA_ALLOCATIONS_EXCEEDED(
        "MaxAccountsDataAllocationsExceeded",
        "Accounts data allocations exceeded the maximum allowed per transaction"),
    MAX_ACCOUNTS_EXCEEDED("MaxAccountsExceeded", "Max accounts exceeded"),
    MAX_INSTRUCTION_TRACE_LENGTH_EXCEEDED(
        "MaxInstructionTraceLengthExceeded", "Max instruction trace length exceeded"),
    BUILTIN_PROGRAMS_MUST_CONSUME_COMPUTE_UNITS(
        "BuiltinProgramsMustConsumeComputeUnits", "Builtin programs must consume compute units");

    /** What a status with only a high half means, from high half 2 on. */
    private static final Kind[] BY_STATUS = {
      INVALID_ARGUMENT,
      INVALID_INSTRUCTION_DATA,
      INVALID_ACCOUNT_DATA,
      ACCOUNT_DATA_TOO_SMALL,
      INSUFFICIENT_FUNDS,
      INCORRECT_PROGRAM_ID,
      MISSING_REQUIRED_SIGNATURE,
      ACCOUNT_ALREADY_INITIALIZED,
      UNINITIALIZED_ACCOUNT,
      NOT_ENOUGH_ACCOUNT_KEYS,
      ACCOUNT_BORROW_FAILED,
      MAX_SEED_LENGTH_EXCEEDED,
      INVALID_SEEDS,
      BORSH_IO_ERROR,
      ACCOUNT_NOT_RENT_EXEMPT,
      UNSUPPORTED_SYSVAR,
      ILLEGAL_OWNER,
      MAX_ACCOUNTS_DATA_ALLOCATIONS_EXCEEDED,
      INVALID_REALLOC,
      MAX_INSTRUCTION_TRACE_LENGTH_EXCEEDED,
      BUILTIN_PROGRAMS_MUST_CONSUME_COMPUTE_UNITS,
      INVALID_ACCOUNT_OWNER,
      ARITHMETIC_OVERFLOW,
      IMMUTABLE,
      INCORRECT_AUTHORITY,
    };

    private final String label;
    private final String text;

    Kind(String label, String text) {
      this.label = label;
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }

    @Override
    public String json() {
      return '"' + label + '"';
    }
  }
}

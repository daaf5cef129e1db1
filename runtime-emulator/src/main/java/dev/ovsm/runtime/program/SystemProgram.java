package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Builtin;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.invoke.WorkingAccount;
import dev.ovsm.runtime.transaction.InstructionError;
import dev.ovsm.runtime.transaction.InstructionError.Kind;

/** The program that owns wallets: it creates, funds, sizes and gives away accounts. */
final class SystemProgram implements Builtin {
  private static final int UNITS = 150;

  /** Numbers of the errors of deriving an address, which are not the system program's own. */
  private static final int SEED_TOO_LONG = 0;

  private static final int ILLEGAL_OWNER = 2;

  @Override
  public long units() {
    return UNITS;
  }

  @Override
  public void process(InstructionContext instruction) {
    InstructionData in = new InstructionData(instruction.data());
    switch (in.tag()) {
      case 0 -> createAccount(instruction, in);
      case 1 -> assign(instruction, in);
      case 2 -> transfer(instruction, in);
      case 3 -> createAccountWithSeed(instruction, in);
      case 4 -> {
        in.end();
        Nonce.advance(instruction);
      }
      case 5 -> {
        long lamports = in.u64();
        in.end();
        Nonce.withdraw(instruction, lamports);
      }
      case 6 -> {
        Pubkey authority = in.key();
        in.end();
        Nonce.initialize(instruction, authority);
      }
      case 7 -> {
        Pubkey authority = in.key();
        in.end();
        Nonce.authorize(instruction, authority);
      }
      case 8 -> allocate(instruction, in);
      case 9 -> allocateWithSeed(instruction, in);
      case 10 -> assignWithSeed(instruction, in);
      case 11 -> transferWithSeed(instruction, in);
      case 12 -> {
        in.end();
        Nonce.upgrade(instruction);
      }
      case 13 -> createPrefunded(instruction, in);
      default -> throw new InstructionFailure(Kind.INVALID_INSTRUCTION_DATA);
    }
  }

  private static void createAccount(InstructionContext instruction, InstructionData in) {
    long lamports = in.u64();
    long space = in.u64();
    Pubkey owner = in.key();
    in.end();
    instruction.requireAccounts(2);
    create(instruction, new SeededAddress(instruction.key(1), null), lamports, space, owner);
  }

  private static void createAccountWithSeed(InstructionContext instruction, InstructionData in) {
    Pubkey base = in.key();
    byte[] seed = in.string();
    long lamports = in.u64();
    long space = in.u64();
    Pubkey owner = in.key();
    in.end();
    instruction.requireAccounts(2);
    create(instruction, derived(instruction, 1, base, seed, owner), lamports, space, owner);
  }

  private static void create(
      InstructionContext instruction, SeededAddress to, long lamports, long space, Pubkey owner) {
    if (instruction.account(1).lamports() != 0) {
      log(instruction, "Create Account: account " + to + " already in use");
      throw SystemError.ACCOUNT_ALREADY_IN_USE.failure();
    }
    allocate(instruction, 1, to, space);
    assign(instruction, 1, to, owner);
    transfer(instruction, 0, 1, lamports);
  }

  /** Accounts: the new one, which may have lamports already, and who adds some, if any. */
  private static void createPrefunded(InstructionContext instruction, InstructionData in) {
    long lamports = in.u64();
    long space = in.u64();
    Pubkey owner = in.key();
    in.end();
    instruction.requireAccounts(lamports == 0 ? 1 : 2);
    SeededAddress to = new SeededAddress(instruction.key(0), null);
    allocate(instruction, 0, to, space);
    assign(instruction, 0, to, owner);
    if (lamports != 0) {
      transfer(instruction, 1, 0, lamports);
    }
  }

  private static void assign(InstructionContext instruction, InstructionData in) {
    Pubkey owner = in.key();
    in.end();
    instruction.requireAccounts(1);
    assign(instruction, 0, new SeededAddress(instruction.key(0), null), owner);
  }

  private static void assignWithSeed(InstructionContext instruction, InstructionData in) {
    Pubkey base = in.key();
    byte[] seed = in.string();
    Pubkey owner = in.key();
    in.end();
    instruction.requireAccounts(1);
    assign(instruction, 0, derived(instruction, 0, base, seed, owner), owner);
  }

  private static void assign(
      InstructionContext instruction, int index, SeededAddress address, Pubkey owner) {
    if (instruction.account(index).owner().equals(owner)) {
      return;
    }
    if (!address.isSigned(instruction)) {
      log(instruction, "Assign: account " + address + " must sign");
      throw new InstructionFailure(Kind.MISSING_REQUIRED_SIGNATURE);
    }
    instruction.setOwner(index, owner);
  }

  private static void allocate(InstructionContext instruction, InstructionData in) {
    long space = in.u64();
    in.end();
    instruction.requireAccounts(1);
    allocate(instruction, 0, new SeededAddress(instruction.key(0), null), space);
  }

  private static void allocateWithSeed(InstructionContext instruction, InstructionData in) {
    Pubkey base = in.key();
    byte[] seed = in.string();
    long space = in.u64();
    Pubkey owner = in.key();
    in.end();
    instruction.requireAccounts(1);
    SeededAddress address = derived(instruction, 0, base, seed, owner);
    allocate(instruction, 0, address, space);
    assign(instruction, 0, address, owner);
  }

  private static void allocate(
      InstructionContext instruction, int index, SeededAddress address, long space) {
    if (!address.isSigned(instruction)) {
      log(instruction, "Allocate: 'to' account " + address + " must sign");
      throw new InstructionFailure(Kind.MISSING_REQUIRED_SIGNATURE);
    }
    WorkingAccount account = instruction.account(index);
    if (account.data().length > 0 || !account.owner().equals(ProgramIds.SYSTEM)) {
      log(instruction, "Allocate: account " + address + " already in use");
      throw SystemError.ACCOUNT_ALREADY_IN_USE.failure();
    }
    if (Long.compareUnsigned(space, Account.MAX_DATA) > 0) {
      log(
          instruction,
          "Allocate: requested "
              + Long.toUnsignedString(space)
              + ", max allowed "
              + Account.MAX_DATA);
      throw SystemError.INVALID_ACCOUNT_DATA_LENGTH.failure();
    }
    instruction.resize(index, (int) space);
  }

  private static void transfer(InstructionContext instruction, InstructionData in) {
    long lamports = in.u64();
    in.end();
    instruction.requireAccounts(2);
    transfer(instruction, 0, 1, lamports);
  }

  private static void transfer(InstructionContext instruction, int from, int to, long lamports) {
    if (!instruction.isSigner(from)) {
      log(instruction, "Transfer: `from` account " + instruction.key(from) + " must sign");
      throw new InstructionFailure(Kind.MISSING_REQUIRED_SIGNATURE);
    }
    move(instruction, from, to, lamports);
  }

  private static void transferWithSeed(InstructionContext instruction, InstructionData in) {
    long lamports = in.u64();
    byte[] seed = in.string();
    Pubkey owner = in.key();
    in.end();
    instruction.requireAccounts(3);
    if (!instruction.isSigner(1)) {
      log(instruction, "Transfer: 'from' account " + instruction.key(1) + " must sign");
      throw new InstructionFailure(Kind.MISSING_REQUIRED_SIGNATURE);
    }
    Pubkey address = withSeed(instruction.key(1), seed, owner);
    if (!instruction.key(0).equals(address)) {
      log(
          instruction,
          "Transfer: 'from' address "
              + instruction.key(0)
              + " does not match derived address "
              + address);
      throw SystemError.ADDRESS_WITH_SEED_MISMATCH.failure();
    }
    move(instruction, 0, 2, lamports);
  }

  private static void move(InstructionContext instruction, int from, int to, long lamports) {
    WorkingAccount source = instruction.account(from);
    if (source.data().length > 0) {
      log(instruction, "Transfer: `from` must not carry data");
      throw new InstructionFailure(Kind.INVALID_ARGUMENT);
    }
    if (Long.compareUnsigned(lamports, source.lamports()) > 0) {
      log(
          instruction,
          "Transfer: insufficient lamports "
              + Long.toUnsignedString(source.lamports())
              + ", need "
              + Long.toUnsignedString(lamports));
      throw SystemError.RESULT_WITH_NEGATIVE_LAMPORTS.failure();
    }
    instruction.takeLamports(from, lamports);
    instruction.addLamports(to, lamports);
  }

  private static SeededAddress derived(
      InstructionContext instruction, int index, Pubkey base, byte[] seed, Pubkey owner) {
    Pubkey address = instruction.key(index);
    Pubkey derived = withSeed(base, seed, owner);
    if (!address.equals(derived)) {
      log(instruction, "Create: address " + address + " does not match derived address " + derived);
      throw SystemError.ADDRESS_WITH_SEED_MISMATCH.failure();
    }
    return new SeededAddress(address, base);
  }

  private static Pubkey withSeed(Pubkey base, byte[] seed, Pubkey owner) {
    if (seed.length > DerivedAddress.MAX_SEED) {
      throw new InstructionFailure(new InstructionError.Custom(SEED_TOO_LONG));
    }
    return DerivedAddress.withSeed(base, seed, owner)
        .orElseThrow(() -> new InstructionFailure(new InstructionError.Custom(ILLEGAL_OWNER)));
  }

  private static void log(InstructionContext instruction, String line) {
    instruction.transaction().log().add(line);
  }
}

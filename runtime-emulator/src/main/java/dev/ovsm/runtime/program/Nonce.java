package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.program.NonceState.Value;
import dev.ovsm.runtime.transaction.InstructionError.Kind;

/** The system program's instructions on durable nonces. */
final class Nonce {
  private static final long LAMPORTS_PER_SIGNATURE = 5000;

  private Nonce() {}

  static void advance(InstructionContext instruction) {
    instruction.requireAccounts(1);
    requireSysvar(instruction, 1, SysvarIds.RECENT_BLOCKHASHES);
    requireWritable(instruction, "Advance");
    NonceState state = NonceState.read(instruction.account(0).data());
    Value value = state.value();
    if (value == null) {
      throw invalid(instruction, "Advance");
    }
    if (!instruction.isSignedBy(value.authority())) {
      log(instruction, "Advance nonce account: Account " + value.authority() + " must be a signer");
      throw new InstructionFailure(Kind.MISSING_REQUIRED_SIGNATURE);
    }
    Pubkey next = nextNonce(instruction);
    if (value.nonce().equals(next)) {
      throw notExpired(instruction, "Advance");
    }
    store(
        instruction,
        new NonceState(false, new Value(value.authority(), next, LAMPORTS_PER_SIGNATURE)));
  }

  static void withdraw(InstructionContext instruction, long lamports) {
    instruction.requireAccounts(2);
    requireSysvar(instruction, 2, SysvarIds.RECENT_BLOCKHASHES);
    requireSysvar(instruction, 3, SysvarIds.RENT);
    requireWritable(instruction, "Withdraw");
    Value value = NonceState.read(instruction.account(0).data()).value();
    long balance = instruction.account(0).lamports();
    Pubkey signer;
    if (value == null) {
      requireBalance(instruction, "Withdraw", balance, lamports);
      signer = instruction.key(0);
    } else {
      signer = value.authority();
      if (lamports == balance) {
        if (value.nonce().equals(nextNonce(instruction))) {
          throw notExpired(instruction, "Withdraw");
        }
        store(instruction, new NonceState(false, null));
      } else {
        long kept = minimumBalance(instruction);
        long needed = lamports + kept;
        if (Long.compareUnsigned(needed, kept) < 0) {
          throw new InstructionFailure(Kind.INSUFFICIENT_FUNDS);
        }
        requireBalance(instruction, "Withdraw", balance, needed);
      }
    }
    if (!instruction.isSignedBy(signer)) {
      log(instruction, "Withdraw nonce account: Account " + signer + " must sign");
      throw new InstructionFailure(Kind.MISSING_REQUIRED_SIGNATURE);
    }
    instruction.takeLamports(0, lamports);
    instruction.addLamports(1, lamports);
  }

  static void initialize(InstructionContext instruction, Pubkey authority) {
    instruction.requireAccounts(1);
    requireSysvar(instruction, 1, SysvarIds.RECENT_BLOCKHASHES);
    requireSysvar(instruction, 2, SysvarIds.RENT);
    requireWritable(instruction, "Initialize");
    if (NonceState.read(instruction.account(0).data()).value() != null) {
      throw invalid(instruction, "Initialize");
    }
    requireBalance(
        instruction, "Initialize", instruction.account(0).lamports(), minimumBalance(instruction));
    store(
        instruction,
        new NonceState(
            false, new Value(authority, nextNonce(instruction), LAMPORTS_PER_SIGNATURE)));
  }

  static void authorize(InstructionContext instruction, Pubkey authority) {
    instruction.requireAccounts(1);
    requireWritable(instruction, "Authorize");
    NonceState state = NonceState.read(instruction.account(0).data());
    Value value = state.value();
    if (value == null) {
      throw invalid(instruction, "Authorize");
    }
    if (!instruction.isSignedBy(value.authority())) {
      log(instruction, "Authorize nonce account: Account " + value.authority() + " must sign");
      throw new InstructionFailure(Kind.MISSING_REQUIRED_SIGNATURE);
    }
    Value changed = new Value(authority, value.nonce(), value.lamportsPerSignature());
    store(instruction, new NonceState(state.legacy(), changed));
  }

  static void upgrade(InstructionContext instruction) {
    instruction.requireAccounts(1);
    if (!instruction.account(0).owner().equals(ProgramIds.SYSTEM)) {
      throw new InstructionFailure(Kind.INVALID_ACCOUNT_OWNER);
    }
    if (!instruction.isWritable(0)) {
      throw new InstructionFailure(Kind.INVALID_ARGUMENT);
    }
    store(
        instruction,
        NonceState.read(instruction.account(0).data())
            .upgraded()
            .orElseThrow(() -> new InstructionFailure(Kind.INVALID_ARGUMENT)));
  }

  private static Pubkey nextNonce(InstructionContext instruction) {
    return NonceState.durable(instruction.transaction().environment().blockhash());
  }

  private static long minimumBalance(InstructionContext instruction) {
    return instruction
        .transaction()
        .environment()
        .sysvars()
        .rent()
        .minimumBalance(instruction.account(0).data().length);
  }

  private static void store(InstructionContext instruction, NonceState state) {
    instruction.requireDataChange(0);
    instruction.setData(0, state.over(instruction.account(0).data()));
  }

  private static void requireSysvar(InstructionContext instruction, int index, Pubkey id) {
    if (!instruction.key(index).equals(id)) {
      throw new InstructionFailure(Kind.INVALID_ARGUMENT);
    }
  }

  private static void requireWritable(InstructionContext instruction, String verb) {
    if (!instruction.isWritable(0)) {
      log(
          instruction,
          verb + " nonce account: Account " + instruction.key(0) + " must be writeable");
      throw new InstructionFailure(Kind.INVALID_ARGUMENT);
    }
  }

  private static void requireBalance(
      InstructionContext instruction, String verb, long balance, long needed) {
    if (Long.compareUnsigned(needed, balance) > 0) {
      log(
          instruction,
          verb
              + " nonce account: insufficient lamports "
              + Long.toUnsignedString(balance)
              + ", need "
              + Long.toUnsignedString(needed));
      throw new InstructionFailure(Kind.INSUFFICIENT_FUNDS);
    }
  }

  private static InstructionFailure invalid(InstructionContext instruction, String verb) {
    log(instruction, verb + " nonce account: Account " + instruction.key(0) + " state is invalid");
    return new InstructionFailure(Kind.INVALID_ACCOUNT_DATA);
  }

  private static InstructionFailure notExpired(InstructionContext instruction, String verb) {
    log(instruction, verb + " nonce account: nonce can only advance once per slot");
    return SystemError.NONCE_BLOCKHASH_NOT_EXPIRED.failure();
  }

  private static void log(InstructionContext instruction, String line) {
    instruction.transaction().log().add(line);
  }
}

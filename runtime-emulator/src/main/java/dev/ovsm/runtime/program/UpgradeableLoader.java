package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Builtin;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.invoke.ProgramEntry;
import dev.ovsm.runtime.program.LoaderState.Buffer;
import dev.ovsm.runtime.program.LoaderState.Program;
import dev.ovsm.runtime.program.LoaderState.ProgramData;
import dev.ovsm.runtime.program.LoaderState.Uninitialized;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import org.jspecify.annotations.Nullable;

/** Loader v3: fills buffers, deploys and upgrades programs from them, closes both. */
final class UpgradeableLoader implements Builtin {
  private static final int UNITS = 2370;

  @Override
  public long units() {
    return UNITS;
  }

  @Override
  public void process(InstructionContext instruction) {
    LoaderCall call = new LoaderCall(instruction);
    InstructionData in = new InstructionData(instruction.data());
    switch (in.tag()) {
      case 0 -> {
        in.end();
        initializeBuffer(call);
      }
      case 1 -> {
        int offset = in.u32();
        byte[] bytes = in.bytes();
        in.end();
        write(call, Integer.toUnsignedLong(offset), bytes);
      }
      case 2 -> {
        long maxLength = in.u64();
        in.end();
        Deployment.deploy(call, maxLength);
      }
      case 3 -> {
        in.end();
        Deployment.upgrade(call);
      }
      case 4 -> {
        in.end();
        setAuthority(call);
      }
      case 5 -> {
        in.end();
        close(call);
      }
      case 6 -> {
        long bytes = Integer.toUnsignedLong(in.u32());
        in.end();
        Deployment.extend(call, bytes);
      }
      case 7 -> {
        in.end();
        setAuthorityChecked(call);
      }
      // migrating to loader v4 and the checked extension are behind gates that are closed
      default -> throw new InstructionFailure(Kind.INVALID_INSTRUCTION_DATA);
    }
  }

  private static void initializeBuffer(LoaderCall call) {
    call.instruction().requireAccounts(2);
    if (!(call.state(0) instanceof Uninitialized)) {
      throw call.refuse("Buffer account already initialized", Kind.ACCOUNT_ALREADY_INITIALIZED);
    }
    call.state(0, new Buffer(call.instruction().key(1)));
  }

  private static void write(LoaderCall call, long offset, byte[] bytes) {
    InstructionContext instruction = call.instruction();
    instruction.requireAccounts(2);
    if (!(call.state(0) instanceof Buffer buffer)) {
      throw call.refuse("Invalid Buffer account", Kind.INVALID_ACCOUNT_DATA);
    }
    call.requireBufferAuthority(buffer.authority(), 1);
    instruction.requireDataChange(0);
    byte[] data = instruction.account(0).data();
    long begin = LoaderState.BUFFER_BYTES + offset;
    if (begin + bytes.length > data.length) {
      throw call.refuse(
          "Write overflow: " + data.length + " < " + (begin + bytes.length),
          Kind.ACCOUNT_DATA_TOO_SMALL);
    }
    byte[] changed = data.clone();
    System.arraycopy(bytes, 0, changed, (int) begin, bytes.length);
    instruction.setData(0, changed);
  }

  private static void setAuthority(LoaderCall call) {
    InstructionContext instruction = call.instruction();
    instruction.requireAccounts(2);
    @Nullable Pubkey next = instruction.accountCount() > 2 ? instruction.key(2) : null;
    LoaderState state = call.state(0);
    if (state instanceof Buffer buffer) {
      if (next == null) {
        throw call.refuse("Buffer authority is not optional", Kind.INCORRECT_AUTHORITY);
      }
      call.requireBufferAuthority(buffer.authority(), 1);
      call.state(0, new Buffer(next));
    } else if (state instanceof ProgramData data) {
      call.requireUpgradeAuthority(data.authority(), 1);
      call.state(0, new ProgramData(data.slot(), next));
    } else {
      throw call.refuse("Account does not support authorities", Kind.INVALID_ARGUMENT);
    }
    call.log("New authority " + (next == null ? "None" : "Some(" + next + ")"));
  }

  private static void setAuthorityChecked(LoaderCall call) {
    InstructionContext instruction = call.instruction();
    instruction.requireAccounts(3);
    Pubkey next = instruction.key(2);
    LoaderState state = call.state(0);
    if (state instanceof Buffer buffer) {
      call.requireBufferAuthority(buffer.authority(), 1);
      call.requireSignature(2, "New authority did not sign");
      call.state(0, new Buffer(next));
    } else if (state instanceof ProgramData data) {
      call.requireUpgradeAuthority(data.authority(), 1);
      call.requireSignature(2, "New authority did not sign");
      call.state(0, new ProgramData(data.slot(), next));
    } else {
      throw call.refuse("Account does not support authorities", Kind.INVALID_ARGUMENT);
    }
    call.log("New authority " + next);
  }

  private static void close(LoaderCall call) {
    InstructionContext instruction = call.instruction();
    instruction.requireAccounts(2);
    if (instruction.transactionIndex(0) == instruction.transactionIndex(1)) {
      throw call.refuse("Recipient is the same as the account being closed", Kind.INVALID_ARGUMENT);
    }
    Pubkey closed = instruction.key(0);
    LoaderState state = call.state(0);
    instruction.resize(0, LoaderState.UNINITIALIZED_BYTES);
    if (state instanceof Uninitialized) {
      instruction.addLamports(1, instruction.account(0).lamports());
      instruction.setLamports(0, 0);
      call.log("Closed Uninitialized " + closed);
    } else if (state instanceof Buffer buffer) {
      instruction.requireAccounts(3);
      close(call, buffer.authority());
      call.log("Closed Buffer " + closed);
    } else if (state instanceof ProgramData data) {
      instruction.requireAccounts(4);
      Pubkey program = instruction.key(3);
      closeProgram(call, data, closed, program);
      call.log("Closed Program " + program);
    } else {
      throw call.refuse("Account does not support closing", Kind.INVALID_ARGUMENT);
    }
  }

  private static void closeProgram(
      LoaderCall call, ProgramData data, Pubkey closed, Pubkey program) {
    InstructionContext instruction = call.instruction();
    if (!instruction.isWritable(3)) {
      throw call.refuse("Program account is not writable", Kind.INVALID_ARGUMENT);
    }
    if (!instruction.isOwned(3)) {
      throw call.refuse("Program account not owned by loader", Kind.INCORRECT_PROGRAM_ID);
    }
    if (data.slot() == call.slot()) {
      throw call.refuse("Program was deployed in this block already", Kind.INVALID_ARGUMENT);
    }
    if (!(call.state(3) instanceof Program pointer)) {
      throw call.refuse("Invalid Program account", Kind.INVALID_ARGUMENT);
    }
    if (!pointer.programData().equals(closed)) {
      throw call.refuse(
          "ProgramData account does not match ProgramData account", Kind.INVALID_ARGUMENT);
    }
    close(call, data.authority());
    call.transaction().program(program, ProgramEntry.CLOSED);
    call.environment().hook().closed(call.transaction(), program);
  }

  private static void close(LoaderCall call, @Nullable Pubkey authority) {
    InstructionContext instruction = call.instruction();
    if (authority == null) {
      throw call.refuse("Account is immutable", Kind.IMMUTABLE);
    }
    if (!authority.equals(instruction.key(2))) {
      throw call.refuse("Incorrect authority provided", Kind.INCORRECT_AUTHORITY);
    }
    call.requireSignature(2, "Authority did not sign");
    instruction.addLamports(1, instruction.account(0).lamports());
    instruction.setLamports(0, 0);
    call.state(0, new Uninitialized());
  }

  /** The most bytes an account of this loader may hold. */
  static boolean isTooLarge(long bytes) {
    return Long.compareUnsigned(bytes, Account.MAX_DATA) > 0;
  }
}

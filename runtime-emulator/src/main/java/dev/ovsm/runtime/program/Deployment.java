package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.DerivedAddress.Found;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.invoke.CallPreparation;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.Processor;
import dev.ovsm.runtime.program.LoaderState.Buffer;
import dev.ovsm.runtime.program.LoaderState.Program;
import dev.ovsm.runtime.program.LoaderState.ProgramData;
import dev.ovsm.runtime.program.LoaderState.Uninitialized;
import dev.ovsm.runtime.sysvar.Rent;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import java.util.Arrays;
import java.util.List;

/** The upgradeable loader's instructions that put code into a program. */
final class Deployment {
  private static final int LEAST_EXTENSION = 10_240;

  private Deployment() {}

  /** Accounts: payer, program data, program, buffer, rent, clock, system program, authority. */
  static void deploy(LoaderCall call, long maxLength) {
    InstructionContext instruction = call.instruction();
    instruction.requireAccounts(4);
    Pubkey programData = instruction.key(1);
    call.requireSysvar(4, SysvarIds.RENT);
    call.requireSysvar(5, SysvarIds.CLOCK);
    instruction.requireAccounts(8);
    requireEmptyProgram(call);
    requireBuffer(call, 3, 7);
    byte[] buffer = instruction.account(3).data();
    requireElf(call, buffer);
    int length = buffer.length - LoaderState.BUFFER_BYTES;
    if (Long.compareUnsigned(maxLength, length) < 0) {
      throw call.refuse(
          "Max data length is too small to hold Buffer data", Kind.ACCOUNT_DATA_TOO_SMALL);
    }
    long space = maxLength + LoaderState.PROGRAM_DATA_BYTES;
    if (maxLength < 0 || UpgradeableLoader.isTooLarge(space)) {
      throw call.refuse("Max data length is too large", Kind.INVALID_ARGUMENT);
    }
    Pubkey program = instruction.key(2);
    Found derived =
        DerivedAddress.find(List.of(program.bytes()), instruction.program()).orElseThrow();
    if (!derived.address().equals(programData)) {
      throw call.refuse("ProgramData address is not derived", Kind.INVALID_ARGUMENT);
    }
    instruction.addLamports(0, instruction.account(3).lamports());
    instruction.setLamports(3, 0);
    createProgramData(call, space, derived.address());
    install(call, program, elf(buffer));
    byte[] data = instruction.account(1).data().clone();
    fill(data, call, instruction.key(7), elf(buffer));
    instruction.requireDataChange(1);
    instruction.setData(1, data);
    instruction.resize(3, LoaderState.BUFFER_BYTES);
    call.state(2, new Program(programData));
    instruction.setExecutable(2, true);
    call.log("Deployed program " + program);
  }

  private static void requireEmptyProgram(LoaderCall call) {
    if (!(call.state(2) instanceof Uninitialized)) {
      throw call.refuse("Program account already initialized", Kind.ACCOUNT_ALREADY_INITIALIZED);
    }
    int length = call.instruction().account(2).data().length;
    if (length < LoaderState.PROGRAM_BYTES) {
      throw call.refuse("Program account too small", Kind.ACCOUNT_DATA_TOO_SMALL);
    }
    if (!rent(call).isExempt(call.instruction().account(2).lamports(), length)) {
      throw call.refuse("Program account not rent-exempt", Kind.EXECUTABLE_ACCOUNT_NOT_RENT_EXEMPT);
    }
  }

  private static void requireBuffer(LoaderCall call, int index, int authority) {
    if (!call.instruction().isWritable(index)) {
      throw call.refuse("Buffer account not writeable", Kind.INVALID_ARGUMENT);
    }
    if (!call.instruction().isOwned(index)) {
      throw call.refuse("Buffer account not owned by loader", Kind.INCORRECT_PROGRAM_ID);
    }
    if (!(call.state(index) instanceof Buffer buffer)) {
      throw call.refuse("Invalid Buffer account", Kind.INVALID_ARGUMENT);
    }
    if (!call.instruction().key(authority).equals(buffer.authority())) {
      throw call.refuse("Buffer and upgrade authority don't match", Kind.INCORRECT_AUTHORITY);
    }
    call.requireSignature(authority, "Upgrade authority did not sign");
  }

  private static void requireElf(LoaderCall call, byte[] buffer) {
    if (buffer.length <= LoaderState.BUFFER_BYTES) {
      throw call.refuse("Buffer account too small", Kind.INVALID_ACCOUNT_DATA);
    }
  }

  private static void createProgramData(LoaderCall call, long space, Pubkey address) {
    InstructionContext instruction = call.instruction();
    byte[] data =
        new ByteWriter()
            .u32(0)
            .u64(Math.max(1, rent(call).minimumBalance(space)))
            .u64(space)
            .key(instruction.program())
            .toBytes();
    List<AccountMeta> metas =
        List.of(
            AccountMeta.writable(instruction.key(0), true),
            AccountMeta.writable(instruction.key(1), true),
            // named so that the drained buffer takes part in the balance of the call
            AccountMeta.writable(instruction.key(3), false));
    Processor.process(
        CallPreparation.prepare(
            instruction, new Instruction(ProgramIds.SYSTEM, metas, data), List.of(address)));
  }

  /** Accounts: program data, program, buffer, spill, rent, clock, authority. */
  static void upgrade(LoaderCall call) {
    InstructionContext instruction = call.instruction();
    instruction.requireAccounts(3);
    call.requireSysvar(4, SysvarIds.RENT);
    call.requireSysvar(5, SysvarIds.CLOCK);
    instruction.requireAccounts(7);
    requireProgram(call);
    requireBuffer(call, 2, 6);
    byte[] buffer = instruction.account(2).data();
    requireElf(call, buffer);
    byte[] old = instruction.account(0).data();
    long needed = Math.max(1, rent(call).minimumBalance(old.length));
    if (old.length - LoaderState.PROGRAM_DATA_BYTES < buffer.length - LoaderState.BUFFER_BYTES) {
      throw call.refuse("ProgramData account not large enough", Kind.ACCOUNT_DATA_TOO_SMALL);
    }
    long funds =
        saturatingSum(instruction.account(0).lamports(), instruction.account(2).lamports());
    if (Long.compareUnsigned(funds, needed) < 0) {
      throw call.refuse("Buffer account balance too low to fund upgrade", Kind.INSUFFICIENT_FUNDS);
    }
    if (!(call.state(0) instanceof ProgramData data)) {
      throw call.refuse("Invalid ProgramData account", Kind.INVALID_ACCOUNT_DATA);
    }
    if (data.slot() == call.slot()) {
      throw call.refuse("Program was deployed in this block already", Kind.INVALID_ARGUMENT);
    }
    call.requireUpgradeAuthority(data.authority(), 6);
    Pubkey program = instruction.key(1);
    install(call, program, elf(buffer));
    byte[] changed = new byte[old.length];
    fill(changed, call, instruction.key(6), elf(buffer));
    instruction.requireDataChange(0);
    instruction.setData(0, changed);
    instruction.addLamports(3, funds - needed);
    instruction.setLamports(2, 0);
    instruction.setLamports(0, needed);
    instruction.resize(2, LoaderState.BUFFER_BYTES);
    call.log("Upgraded program " + program);
  }

  private static void requireProgram(LoaderCall call) {
    InstructionContext instruction = call.instruction();
    if (!instruction.isWritable(1)) {
      throw call.refuse("Program account not writeable", Kind.INVALID_ARGUMENT);
    }
    if (!instruction.isOwned(1)) {
      throw call.refuse("Program account not owned by loader", Kind.INCORRECT_PROGRAM_ID);
    }
    if (!(call.state(1) instanceof Program pointer)) {
      throw call.refuse("Invalid Program account", Kind.INVALID_ACCOUNT_DATA);
    }
    if (!pointer.programData().equals(instruction.key(0))) {
      throw call.refuse("Program and ProgramData account mismatch", Kind.INVALID_ARGUMENT);
    }
  }

  /** Accounts: program data, program, and optionally the system program and a payer. */
  static void extend(LoaderCall call, long bytes) {
    InstructionContext instruction = call.instruction();
    if (bytes == 0) {
      throw call.refuse("Additional bytes must be greater than 0", Kind.INVALID_INSTRUCTION_DATA);
    }
    requireExtendable(call);
    byte[] old = instruction.account(0).data();
    long length = old.length + bytes;
    if (length > Account.MAX_DATA) {
      throw call.refuse(
          "Extended ProgramData length of "
              + length
              + " bytes exceeds max account data length of "
              + Account.MAX_DATA
              + " bytes",
          Kind.INVALID_REALLOC);
    }
    if (bytes < LEAST_EXTENSION && length < Account.MAX_DATA) {
      throw call.refuse(
          "ExtendProgram requires a minimum of "
              + LEAST_EXTENSION
              + " additional bytes or to extend to maximum size, but only "
              + bytes
              + " were requested",
          Kind.INVALID_ARGUMENT);
    }
    if (!(call.state(0) instanceof ProgramData data)) {
      throw call.refuse("ProgramData state is invalid", Kind.INVALID_ACCOUNT_DATA);
    }
    if (data.slot() == call.slot()) {
      throw call.refuse("Program was extended in this block already", Kind.INVALID_ARGUMENT);
    }
    if (data.authority() == null) {
      throw call.refuse(
          "Cannot extend ProgramData accounts that are not upgradeable", Kind.IMMUTABLE);
    }
    payForExtension(call, Math.max(1, rent(call).minimumBalance(length)));
    instruction.resize(0, (int) length);
    byte[] extended = instruction.account(0).data();
    install(
        call,
        instruction.key(1),
        Arrays.copyOfRange(extended, LoaderState.PROGRAM_DATA_BYTES, extended.length));
    call.state(0, new ProgramData(call.slot(), data.authority()));
    call.log("Extended ProgramData account by " + bytes + " bytes");
  }

  private static void requireExtendable(LoaderCall call) {
    InstructionContext instruction = call.instruction();
    if (!instruction.isOwned(0)) {
      throw call.refuse("ProgramData owner is invalid", Kind.INVALID_ACCOUNT_OWNER);
    }
    if (!instruction.isWritable(0)) {
      throw call.refuse("ProgramData is not writable", Kind.INVALID_ARGUMENT);
    }
    if (!instruction.isWritable(1)) {
      throw call.refuse("Program account is not writable", Kind.INVALID_ARGUMENT);
    }
    if (!instruction.isOwned(1)) {
      throw call.refuse("Program account not owned by loader", Kind.INVALID_ACCOUNT_OWNER);
    }
    if (!(call.state(1) instanceof Program pointer)) {
      throw call.refuse("Invalid Program account", Kind.INVALID_ACCOUNT_DATA);
    }
    if (!pointer.programData().equals(instruction.key(0))) {
      throw call.refuse(
          "Program account does not match ProgramData account", Kind.INVALID_ARGUMENT);
    }
  }

  private static void payForExtension(LoaderCall call, long needed) {
    InstructionContext instruction = call.instruction();
    long missing = needed - instruction.account(0).lamports();
    if (Long.compareUnsigned(needed, instruction.account(0).lamports()) <= 0) {
      return;
    }
    List<AccountMeta> metas =
        List.of(
            AccountMeta.writable(instruction.key(3), true),
            AccountMeta.writable(instruction.key(0), false));
    byte[] data = new ByteWriter().u32(2).u64(missing).toBytes();
    Processor.process(
        CallPreparation.prepare(
            instruction, new Instruction(ProgramIds.SYSTEM, metas, data), List.of()));
  }

  private static void install(LoaderCall call, Pubkey program, byte[] elf) {
    call.transaction().program(program, call.environment().deploy(elf, call.transaction().log()));
    call.environment().hook().deployed(call.transaction(), program);
  }

  /** Writes the state and the file to the front of a program's data. */
  private static void fill(byte[] data, LoaderCall call, Pubkey authority, byte[] elf) {
    byte[] state = new ProgramData(call.slot(), authority).bytes();
    System.arraycopy(state, 0, data, 0, state.length);
    System.arraycopy(elf, 0, data, LoaderState.PROGRAM_DATA_BYTES, elf.length);
  }

  private static byte[] elf(byte[] buffer) {
    return Arrays.copyOfRange(buffer, LoaderState.BUFFER_BYTES, buffer.length);
  }

  private static Rent rent(LoaderCall call) {
    return call.environment().sysvars().rent();
  }

  private static long saturatingSum(long a, long b) {
    long sum = a + b;
    return Long.compareUnsigned(sum, a) < 0 ? -1 : sum;
  }
}

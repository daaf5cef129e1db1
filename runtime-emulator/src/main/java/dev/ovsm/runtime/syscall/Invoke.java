package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.CallPreparation;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.invoke.Processor;
import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.invoke.TransactionContext;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.List;

/** The system calls with which a program calls another, in either layout of their arguments. */
final class Invoke {
  private static final int UNITS = 946;
  private static final int UNITS_BEFORE_0339 = 1000;
  private static final int BYTES_PER_UNIT = AccountCheck.BYTES_PER_UNIT;

  /** What a meta and an account info count for in the charge, whatever their layout. */
  private static final int META_BYTES = 34;

  private static final int INFO_BYTES = 80;
  private static final int MAX_ACCOUNTS = 255;
  private static final int MAX_DATA = 10_240;
  private static final int MAX_INFOS = 255;
  private static final int MAX_INFOS_BEFORE_0339 = 128;
  private static final int MAX_SIGNERS = 16;

  private final CallLayout layout;
  private final Guest guest;
  private final InstructionContext caller;
  private final TransactionContext transaction;

  private Invoke(CallLayout layout, Guest guest) {
    this.layout = layout;
    this.guest = guest;
    this.caller = guest.instruction();
    this.transaction = caller.transaction();
  }

  static void addTo(Registry registry) {
    registry
        .plain(Syscall.SOL_INVOKE_SIGNED_C, handler(CallLayout.C))
        .plain(Syscall.SOL_INVOKE_SIGNED_RUST, handler(CallLayout.RUST));
  }

  private static SyscallHandler handler(CallLayout layout) {
    return (vm, instruction, infos, infoCount, seeds, seedCount) -> {
      Invoke invoke = new Invoke(layout, Guest.of(vm));
      try {
        return invoke.call(instruction, infos, infoCount, seeds, seedCount);
      } catch (InstructionFailure e) {
        throw SyscallFailure.fault(e.error());
      }
    };
  }

  private long call(long address, long infos, long infoCount, long seeds, long seedCount) {
    Vm vm = guest.vm();
    vm.consume(is0339() ? UNITS : UNITS_BEFORE_0339);
    Instruction instruction = instruction(address);
    List<Pubkey> signers = signers(seeds, seedCount);
    requireCallable(instruction);
    InstructionContext callee = CallPreparation.prepare(caller, instruction, signers);
    List<SharedAccount> accounts =
        new AccountTranslation(layout, guest, callee).translate(infos, infoCount);
    accounts.forEach(SharedAccount::giveToCallee);
    long before = vm.remaining();
    transaction.remaining(before);
    try {
      Processor.process(callee);
    } finally {
      vm.consume(before - transaction.remaining());
    }
    transaction
        .environment()
        .hook()
        .returned(caller, instruction.program(), transaction.returnData());
    accounts.forEach(SharedAccount::takeFromCallee);
    return 0;
  }

  private Instruction instruction(long address) {
    CallLayout.Header header = layout.header(guest, address);
    Slice metas =
        guest.read(header.metas(), header.metaCount(), layout.metaSize(), layout.metaAlignment());
    Slice data = guest.read(header.data(), header.dataLength());
    if (header.metaCount() > MAX_ACCOUNTS) {
      throw Errors.tooLarge(
          "Invoked an instruction with too many accounts", header.metaCount(), MAX_ACCOUNTS);
    }
    if (header.dataLength() > MAX_DATA) {
      throw Errors.tooLarge(
          "Invoked an instruction with data that is too large", header.dataLength(), MAX_DATA);
    }
    long units = header.dataLength() / BYTES_PER_UNIT;
    if (is0339()) {
      units += header.metaCount() * META_BYTES / BYTES_PER_UNIT;
    }
    guest.vm().consume(units);
    List<AccountMeta> accounts = new ArrayList<>();
    for (int i = 0; i < header.metaCount(); i++) {
      int at = i * layout.metaSize();
      int flags = metas.offset() + at + layout.flagsOffset();
      int first = metas.bytes()[flags] & 0xff;
      int second = metas.bytes()[flags + 1] & 0xff;
      if (first > 1 || second > 1) {
        throw SyscallFailure.fault(Kind.INVALID_ARGUMENT);
      }
      accounts.add(layout.meta(guest, metas, at, first, second));
    }
    return new Instruction(header.program(), accounts, Guest.bytesOf(data));
  }

  private List<Pubkey> signers(long address, long count) {
    Slice signerSlices = guest.slices(address, count);
    if (count > MAX_SIGNERS) {
      throw Errors.tooManySigners();
    }
    List<Pubkey> signers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Slice seedSlices =
          guest.slices(Guest.u64(signerSlices, 16 * i), Guest.lengthOf(signerSlices, i));
      if (Guest.countOf(seedSlices) > DerivedAddress.MAX_SEEDS) {
        throw SyscallFailure.fault(Kind.MAX_SEED_LENGTH_EXCEEDED);
      }
      List<byte[]> seeds = new ArrayList<>();
      for (int j = 0; j < Guest.countOf(seedSlices); j++) {
        seeds.add(Guest.bytesOf(guest.follow(seedSlices, j)));
      }
      signers.add(
          DerivedAddress.of(seeds, caller.program())
              .orElseThrow(
                  () ->
                      Errors.badSeeds(
                          DerivedAddress.areAllowed(seeds)
                              ? DerivedAddress.ON_CURVE
                              : DerivedAddress.SEED_TOO_LONG)));
    }
    return signers;
  }

  private void requireCallable(Instruction instruction) {
    Pubkey program = instruction.program();
    boolean refused =
        program.equals(ProgramIds.NATIVE_LOADER)
            || program.equals(ProgramIds.LOADER_V1)
            || program.equals(ProgramIds.LOADER_V2)
            || (program.equals(ProgramIds.LOADER_V3) && !isCallableLoaderInstruction(instruction))
            || ProgramIds.isPrecompile(program);
    if (refused) {
      throw SyscallFailure.fault("Program " + program + " not supported by inner instructions");
    }
  }

  /** Upgrade, set authority, close, set authority checked. */
  private static boolean isCallableLoaderInstruction(Instruction instruction) {
    byte[] data = instruction.data();
    return data.length > 0 && (data[0] == 3 || data[0] == 4 || data[0] == 5 || data[0] == 7);
  }

  private boolean is0339() {
    return transaction.environment().features().cpiAccountInfos();
  }

  /** The most account infos that a call may pass. */
  static int maxInfos(boolean is0339) {
    return is0339 ? MAX_INFOS : MAX_INFOS_BEFORE_0339;
  }

  /** What so many account infos cost. */
  static long infoUnits(boolean is0339, long count) {
    return is0339 ? count * INFO_BYTES / BYTES_PER_UNIT : 0;
  }
}

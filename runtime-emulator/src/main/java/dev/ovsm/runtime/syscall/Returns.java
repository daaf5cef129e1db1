package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.TransactionContext;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;
import java.util.Optional;

/** The system calls about the transaction around a program: return data, height, siblings. */
final class Returns {
  private static final int UNITS = 100;
  private static final int BYTES_PER_UNIT = 250;
  private static final int MAX_RETURN_DATA = 1024;
  private static final int SIBLING_HEADER = 16;
  private static final int META = 34;

  private Returns() {}

  static void addTo(Registry registry) {
    registry
        .charged(Syscall.SOL_SET_RETURN_DATA, Returns::setReturnData)
        .plain(Syscall.SOL_GET_RETURN_DATA, Returns::getReturnData)
        .charged(Syscall.SOL_GET_STACK_HEIGHT, Returns::stackHeight)
        .charged(Syscall.SOL_GET_PROCESSED_SIBLING_INSTRUCTION, Returns::sibling)
        .charged(Syscall.SOL_REMAINING_COMPUTE_UNITS, (vm, r1, r2, r3, r4, r5) -> vm.remaining());
  }

  private static long setReturnData(Vm vm, long data, long length, long r3, long r4, long r5) {
    if (Long.compareUnsigned(length, MAX_RETURN_DATA) > 0) {
      throw Errors.tooLarge("Return data too large", length, MAX_RETURN_DATA);
    }
    Guest guest = Guest.of(vm);
    InstructionContext instruction = guest.instruction();
    instruction
        .transaction()
        .returnData(instruction.program(), Guest.bytesOf(guest.read(data, length)));
    return 0;
  }

  private static long getReturnData(
      Vm vm, long to, long length, long programAddress, long r4, long r5) {
    Guest guest = Guest.of(vm);
    vm.consume(UNITS);
    TransactionContext transaction = guest.instruction().transaction();
    byte[] data = transaction.returnData();
    int copied = Long.compareUnsigned(length, data.length) < 0 ? (int) length : data.length;
    if (copied > 0) {
      vm.consume((copied + Pubkey.BYTES) / BYTES_PER_UNIT);
      Slice target = guest.write(to, copied);
      Slice program = guest.writeOne(programAddress, Pubkey.BYTES, 1);
      if (!Guest.apart(to, copied, programAddress, Pubkey.BYTES)) {
        throw Errors.copyOverlapping();
      }
      System.arraycopy(data, 0, target.bytes(), target.offset(), copied);
      transaction.returnProgram().write(program.bytes(), program.offset());
    }
    return data.length;
  }

  private static long stackHeight(Vm vm, long r1, long r2, long r3, long r4, long r5) {
    return Guest.of(vm).instruction().height();
  }

  private static long sibling(
      Vm vm, long index, long header, long program, long data, long accounts) {
    Guest guest = Guest.of(vm);
    Optional<InstructionContext> found =
        guest.instruction().transaction().sibling(guest.instruction().height(), index);
    if (found.isEmpty()) {
      return 0;
    }
    InstructionContext sibling = found.get();
    Slice lengths = guest.writeOne(header, SIBLING_HEADER, Long.BYTES);
    long dataLength = sibling.data().length;
    long accountCount = sibling.accountCount();
    if (Guest.u64(lengths, 0) == dataLength && Guest.u64(lengths, Long.BYTES) == accountCount) {
      long metasLength = META * accountCount;
      Slice programTarget = guest.writeOne(program, Pubkey.BYTES, 1);
      Slice dataTarget = guest.write(data, dataLength);
      Slice metaTarget = guest.write(accounts, metasLength);
      requireApart(program, Pubkey.BYTES, data, dataLength);
      requireApart(program, Pubkey.BYTES, accounts, metasLength);
      requireApart(program, Pubkey.BYTES, header, SIBLING_HEADER);
      requireApart(data, dataLength, accounts, metasLength);
      requireApart(data, dataLength, header, SIBLING_HEADER);
      requireApart(accounts, metasLength, header, SIBLING_HEADER);
      sibling.program().write(programTarget.bytes(), programTarget.offset());
      Guest.copy(sibling.data(), dataTarget);
      Guest.copy(metas(sibling), metaTarget);
    } else {
      Guest.u64(lengths, 0, dataLength);
      Guest.u64(lengths, Long.BYTES, accountCount);
    }
    return 1;
  }

  private static byte[] metas(InstructionContext instruction) {
    ByteWriter out = new ByteWriter();
    for (int i = 0; i < instruction.accountCount(); i++) {
      out.key(instruction.key(i))
          .u8(instruction.isSigner(i) ? 1 : 0)
          .u8(instruction.isWritable(i) ? 1 : 0);
    }
    return out.toBytes();
  }

  private static void requireApart(long a, long aLength, long b, long bLength) {
    if (!Guest.apart(a, aLength, b, bLength)) {
      throw Errors.copyOverlapping();
    }
  }
}

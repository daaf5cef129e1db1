package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.vm.Access;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One system call: who called, in which transaction, and the caller's memory.
 *
 * <p>Addresses need not be aligned. One that cannot be accessed as needed ends the program.
 */
final class Call {
  /** The longest instruction data or payload that the runtime keeps, in bytes. */
  static final int MOST_DATA = 10_240;

  final Engine engine;
  final Vm vm;
  final InstructionContext instruction;
  final TransactionState transaction;
  final Frame frame;

  Call(Engine engine, Vm vm) {
    this.engine = engine;
    this.vm = vm;
    this.instruction = vm.context(InstructionContext.class);
    this.transaction = engine.state(instruction.transaction());
    this.frame = transaction.frame(instruction);
  }

  Registry registry() {
    return engine.registry();
  }

  Triggers triggers() {
    return engine.triggers();
  }

  Pubkey program() {
    return instruction.program();
  }

  Owner owner() {
    return registry().owner(program());
  }

  long slot() {
    return triggers().slot();
  }

  /** Remembers why a call fails; the result of calls that return a code. */
  long refuse(AsyncCode code) {
    frame.lastError = code;
    return code.number();
  }

  /** Remembers why a call fails; the result of calls that return an id, address or number. */
  long none(AsyncCode code) {
    frame.lastError = code;
    return 0;
  }

  /** The code of a success, or of a failure that is remembered. */
  long result(AsyncCode code) {
    return code == AsyncCode.SUCCESS ? 0 : refuse(code);
  }

  /** Whether the program is being closed, so that it may own nothing new. */
  boolean isShuttingDown() {
    return transaction.closes(program());
  }

  Slice read(long address, long length) {
    return vm.memory().translate(address, length, Access.LOAD);
  }

  Slice write(long address, long length) {
    return vm.memory().translate(address, length, Access.STORE);
  }

  /** A copy of bytes that may be none; null if a null pointer comes with a length. */
  byte @Nullable [] bytes(long address, long length) {
    if (length == 0) {
      return Payload.NONE;
    }
    return address == 0 ? null : copy(read(address, length));
  }

  Pubkey key(long address) {
    Slice slice = read(address, Pubkey.BYTES);
    return Pubkey.read(slice.bytes(), slice.offset());
  }

  /** The u64 number {@code index} of a structure. */
  long word(long address, int index) {
    Slice slice = read(address + (long) Long.BYTES * index, Long.BYTES);
    return LittleEndian.u64(slice.bytes(), slice.offset());
  }

  static byte[] copy(Slice slice) {
    return Arrays.copyOfRange(slice.bytes(), slice.offset(), slice.offset() + slice.length());
  }
}

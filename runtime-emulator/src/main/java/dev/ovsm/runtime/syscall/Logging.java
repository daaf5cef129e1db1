package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.invoke.LogCollector;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;
import java.util.Base64;
import java.util.StringJoiner;

/** The system calls that write to the transaction's log, and those that end a program loudly. */
final class Logging {
  private static final int UNITS = 100;

  private Logging() {}

  static void addTo(Registry registry) {
    registry
        .charged(Syscall.ABORT, Logging::abort)
        .charged(Syscall.SOL_PANIC_, Logging::panic)
        .charged(Syscall.SOL_LOG_, Logging::log)
        .charged(Syscall.SOL_LOG_64_, Logging::log64)
        .charged(Syscall.SOL_LOG_COMPUTE_UNITS_, Logging::logComputeUnits)
        .charged(Syscall.SOL_LOG_PUBKEY, Logging::logPubkey)
        .plain(Syscall.SOL_LOG_DATA, Logging::logData);
  }

  private static long abort(Vm vm, long r1, long r2, long r3, long r4, long r5) {
    throw Errors.abort();
  }

  private static long panic(Vm vm, long file, long length, long line, long column, long r5) {
    throw Errors.panic(Utf8.decode(Guest.of(vm).read(file, length)), line, column);
  }

  private static long log(Vm vm, long message, long length, long r3, long r4, long r5) {
    Guest guest = Guest.of(vm);
    String text = Utf8.decode(guest.read(message, length));
    program(guest, text);
    return 0;
  }

  private static long log64(Vm vm, long a, long b, long c, long d, long e) {
    Guest guest = Guest.of(vm);
    if (logOf(guest).isOpen()) {
      StringJoiner text = new StringJoiner(", ");
      for (long value : new long[] {a, b, c, d, e}) {
        text.add("0x" + Long.toHexString(value));
      }
      program(guest, text.toString());
    }
    return 0;
  }

  private static long logComputeUnits(Vm vm, long r1, long r2, long r3, long r4, long r5) {
    LogCollector log = logOf(Guest.of(vm));
    if (log.isOpen()) {
      log.add("Program consumption: " + vm.remaining() + " units remaining");
    }
    return 0;
  }

  private static long logPubkey(Vm vm, long key, long r2, long r3, long r4, long r5) {
    Guest guest = Guest.of(vm);
    program(guest, guest.key(key).toString());
    return 0;
  }

  private static long logData(Vm vm, long fields, long count, long r3, long r4, long r5) {
    Guest guest = Guest.of(vm);
    vm.consume(UNITS);
    Slice slices = guest.slices(fields, count);
    vm.consume(UNITS * (long) Guest.countOf(slices));
    long length = 0;
    for (int i = 0; i < Guest.countOf(slices); i++) {
      // an absurd length fails at the charge, as does the sum of several
      long field = Guest.lengthOf(slices, i);
      length = field < 0 || length + field < 0 ? Long.MAX_VALUE : length + field;
    }
    vm.consume(length);
    StringJoiner text = new StringJoiner(" ", "Program data: ", "");
    for (int i = 0; i < Guest.countOf(slices); i++) {
      text.add(Base64.getEncoder().encodeToString(Guest.bytesOf(guest.follow(slices, i))));
    }
    logOf(guest).add(text.toString());
    return 0;
  }

  private static void program(Guest guest, String text) {
    logOf(guest).add("Program log: " + text);
  }

  private static LogCollector logOf(Guest guest) {
    return guest.instruction().transaction().log();
  }
}

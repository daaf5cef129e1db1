package dev.ovsm.tests.machine;

import dev.ovsm.runtime.vm.Access;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.SyscallError;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** System calls that look at everything an engine hands them, in place of real ones. */
final class StandInSyscalls {
  private static final SyscallError ERROR = () -> "refused";
  private static final Syscall FILL = Syscall.SOL_MEMSET_;
  private static final Syscall MIX = Syscall.SOL_LOG_64_;
  private static final Syscall METER = Syscall.SOL_REMAINING_COMPUTE_UNITS;
  private static final Syscall REFUSE = Syscall.SOL_SET_RETURN_DATA;

  private StandInSyscalls() {}

  static List<String> names() {
    return List.of(FILL.symbol(), MIX.symbol(), METER.symbol(), REFUSE.symbol());
  }

  static SyscallTable table() {
    SortedMap<Integer, SyscallHandler> handlers = new TreeMap<>();
    handlers.put(FILL.hash(), StandInSyscalls::fill);
    handlers.put(MIX.hash(), StandInSyscalls::mix);
    handlers.put(METER.hash(), StandInSyscalls::meter);
    handlers.put(REFUSE.hash(), StandInSyscalls::refuse);
    return new SyscallTable(handlers);
  }

  private static long fill(Vm vm, long to, long value, long count, long r4, long r5) {
    vm.consume(10);
    Slice slice = vm.memory().translate(to, count, Access.STORE);
    Arrays.fill(slice.bytes(), slice.offset(), slice.offset() + slice.length(), (byte) value);
    return 0;
  }

  private static long mix(Vm vm, long r1, long r2, long r3, long r4, long r5) {
    vm.consume(100);
    long mixed = 0;
    for (long value : new long[] {r1, r2, r3, r4, r5}) {
      mixed = Long.rotateLeft(mixed, 7) ^ value;
    }
    return mixed;
  }

  private static long meter(Vm vm, long r1, long r2, long r3, long r4, long r5) {
    vm.consume(vm.instructions() % 3);
    return vm.remaining();
  }

  private static long refuse(Vm vm, long r1, long r2, long r3, long r4, long r5) {
    if ((r2 & 7) == 1) {
      throw Fault.of(ERROR);
    }
    return r2;
  }
}

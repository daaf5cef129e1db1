package dev.ovsm.tests.bank;

import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.Host;
import dev.ovsm.ir.eval.IrInterpreter;
import dev.ovsm.ir.eval.Memory;
import dev.ovsm.ir.eval.Regions;
import dev.ovsm.ir.eval.Result;
import dev.ovsm.ir.eval.Trap;
import dev.ovsm.sbpf.Utf8Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program without accounts on the IR's interpreter, with the system calls that logging needs. */
final class Interpretation implements Host {
  private static final long STEPS = 5_000_000;
  private static final int HEAP = 32 * 1024;
  private static final int EMPTY_INPUT = 8 + 8 + 32;
  private final List<String> logs = new ArrayList<>();

  private Interpretation() {}

  /** What the program logs, and how it fails if its result is not 0. */
  static List<String> logs(Module module) {
    Interpretation host = new Interpretation();
    Regions memory = new Regions();
    memory.map(IrInterpreter.HEAP, new byte[HEAP], true);
    memory.map(IrInterpreter.INPUT, new byte[EMPTY_INPUT], true);
    Result result =
        new IrInterpreter(module, memory, host)
            .run(Module.ENTRYPOINT, new long[] {IrInterpreter.INPUT}, STEPS);
    if (result instanceof Result.Returned end && end.value() != 0) {
      host.logs.add("failed: custom program error: 0x" + Long.toHexString(end.value()));
    } else if (result instanceof Result.Trapped end) {
      host.logs.add("failed: " + end.text());
    }
    return host.logs;
  }

  @Override
  public long syscall(String name, List<Long> arguments, Memory memory) {
    switch (name) {
      case "sol_log_" -> logs.add(text(memory, arguments.get(0), arguments.get(1)));
      case "sol_log_data" -> {}
      case "sol_memcpy_" -> {
        byte[] copied = bytes(memory, arguments.get(1), arguments.get(2));
        for (int i = 0; i < copied.length; i++) {
          memory.store(arguments.get(0) + i, 1, copied[i]);
        }
      }
      case "sol_memcmp_" -> {
        byte[] a = bytes(memory, arguments.get(0), arguments.get(2));
        byte[] b = bytes(memory, arguments.get(1), arguments.get(2));
        int at = Arrays.mismatch(a, b);
        memory.store(arguments.get(3), 4, at < 0 ? 0 : (a[at] & 0xff) - (b[at] & 0xff));
      }
      default -> throw new Trap("no system call " + name);
    }
    return 0;
  }

  private static String text(Memory memory, long address, long length) {
    byte[] bytes = bytes(memory, address, length);
    return Utf8Sequence.text(bytes, 0, bytes.length, Trap::new);
  }

  private static byte[] bytes(Memory memory, long address, long length) {
    byte[] bytes = new byte[Math.toIntExact(length)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) memory.load(address + i, 1);
    }
    return bytes;
  }
}

package dev.ovsm.tests.drawn;

import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.Host;
import dev.ovsm.ir.eval.IrInterpreter;
import dev.ovsm.ir.eval.Memory;
import dev.ovsm.ir.eval.Regions;
import dev.ovsm.ir.eval.Result;
import dev.ovsm.ir.eval.Trap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program on the IR's interpreter, with the system calls that drawn programs make. */
final class Interpretation implements Host {
  private static final long STEPS = 5_000_000;
  private static final int HEAP = 32 * 1024;

  private final List<String> logs = new ArrayList<>();
  private byte[] returned = new byte[0];

  private Interpretation() {}

  /** What the program does, as far as it can be told from inside. */
  static Shape of(Module module, Surroundings surroundings) {
    Interpretation host = new Interpretation();
    Serialized input = Serialized.of(surroundings, 0);
    Regions memory = new Regions();
    memory.map(IrInterpreter.HEAP, new byte[HEAP], true);
    memory.map(IrInterpreter.INPUT, input.bytes(), true);
    Result result =
        new IrInterpreter(module, memory, host)
            .run(Module.ENTRYPOINT, new long[] {IrInterpreter.INPUT}, STEPS);
    String end =
        result instanceof Result.Returned value
            ? Shape.end(value.value())
            : result instanceof Result.Failed failed ? Shape.end(failed.code()) : result.toString();
    Surroundings.State state = surroundings.fresh();
    if (end.equals(Shape.SUCCESS)) {
      for (int i = 0; i < surroundings.order().size(); i++) {
        int account = surroundings.order().get(i);
        state.data().set(account, input.data(i, state.data().get(account).length));
        state.lamports()[account] = input.lamports(i);
      }
    }
    return Shape.of(end, host.logs, host.returned, state);
  }

  @Override
  public long syscall(String name, List<Long> arguments, Memory memory) {
    switch (name) {
      case "sol_log_" ->
          logs.add(
              new String(
                  bytes(memory, arguments.get(0), arguments.get(1)), StandardCharsets.UTF_8));
      case "sol_log_data" -> {}
      case "sol_set_return_data" -> returned = bytes(memory, arguments.get(0), arguments.get(1));
      case "sol_memcpy_", "sol_memmove_" -> {
        byte[] copied = bytes(memory, arguments.get(1), arguments.get(2));
        for (int i = 0; i < copied.length; i++) {
          memory.store(arguments.get(0) + i, 1, copied[i]);
        }
      }
      case "sol_memset_" -> {
        for (long i = 0; i < arguments.get(2); i++) {
          memory.store(arguments.get(0) + i, 1, arguments.get(1));
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

  private static byte[] bytes(Memory memory, long address, long length) {
    byte[] bytes = new byte[Math.toIntExact(length)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) memory.load(address + i, 1);
    }
    return bytes;
  }
}

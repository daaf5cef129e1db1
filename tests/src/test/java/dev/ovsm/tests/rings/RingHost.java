package dev.ovsm.tests.rings;

import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.Host;
import dev.ovsm.ir.eval.IrInterpreter;
import dev.ovsm.ir.eval.Memory;
import dev.ovsm.ir.eval.Regions;
import dev.ovsm.ir.eval.Result;
import dev.ovsm.ir.eval.Trap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program with a ring on the IR's interpreter. */
final class RingHost implements Host {
  private static final long STEPS = 1_000_000;
  private static final int HEAP = 32 * 1024;
  private static final int KEY = 32;
  private static final long WINDOWS = 0x5_0000_0000L;
  private static final int WINDOW = 0x1000;

  private final Records records;
  private final Regions memory = new Regions();
  private final Map<Long, Records.Entry> reserved = new HashMap<>();
  private final List<String> logs = new ArrayList<>();
  private long last;

  private RingHost(int size) {
    this.records = new Records(size);
  }

  /** What a module logs, and how it ends if not well. */
  static List<String> logs(Module module, RingProgram program) {
    RingHost host = new RingHost(program.size());
    byte[] input = new byte[2 * Long.BYTES + program.input().length + KEY];
    input[Long.BYTES] = (byte) program.input().length;
    System.arraycopy(program.input(), 0, input, 2 * Long.BYTES, program.input().length);
    host.memory.map(IrInterpreter.HEAP, new byte[HEAP], true);
    host.memory.map(IrInterpreter.INPUT, input, true);
    Result result =
        new IrInterpreter(module, host.memory, host)
            .run(Module.ENTRYPOINT, new long[] {IrInterpreter.INPUT}, STEPS);
    if (!(result instanceof Result.Returned end) || end.value() != 0) {
      host.logs.add(result.toString());
    }
    return host.logs;
  }

  @Override
  public long syscall(String name, List<Long> arguments, Memory unused) {
    return switch (name) {
      case "sol_log_" -> {
        byte[] line = bytes(arguments.get(0), arguments.get(1));
        logs.add(new String(line, StandardCharsets.UTF_8));
        yield 0;
      }
      case "sol_memcpy_" -> {
        store(arguments.get(0), bytes(arguments.get(1), arguments.get(2)));
        yield 0;
      }
      case "sol_ringbuf_output", "sol_ring_buffer_push" ->
          noted(records.push(bytes(arguments.get(1), arguments.get(2))));
      case "sol_ringbuf_reserve" -> reserve(Math.toIntExact(arguments.get(1)));
      case "sol_ringbuf_submit" -> {
        Records.Entry entry = finished(arguments.get(0));
        entry.submit(bytes(arguments.get(0), entry.length()));
        yield 0;
      }
      case "sol_ringbuf_discard" -> {
        finished(arguments.get(0)).drop();
        yield 0;
      }
      case "sol_ring_buffer_pop" -> pop(arguments.get(1), arguments.get(2));
      case "sol_async_last_error" -> last;
      default -> throw new Trap("no system call " + name);
    };
  }

  private long noted(long code) {
    last = code == 0 ? last : code;
    return code;
  }

  private long reserve(int length) {
    if (noted(records.refusal(length)) != 0) {
      return 0;
    }
    long address = WINDOWS + (long) WINDOW * reserved.size();
    memory.map(address, new byte[length], true);
    reserved.put(address, records.reserve(length));
    return address;
  }

  private Records.Entry finished(long address) {
    Records.Entry entry = reserved.get(address);
    if (entry == null) {
      throw new Trap("nothing is reserved there");
    }
    return entry;
  }

  private long pop(long target, long most) {
    byte[] data = records.pop(Math.toIntExact(most));
    if (data == null) {
      return 0;
    }
    if (data.length <= most) {
      store(target, data);
    }
    return data.length;
  }

  private void store(long address, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      memory.store(address + i, 1, bytes[i]);
    }
  }

  private byte[] bytes(long address, long length) {
    byte[] bytes = new byte[Math.toIntExact(length)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) memory.load(address + i, 1);
    }
    return bytes;
  }
}

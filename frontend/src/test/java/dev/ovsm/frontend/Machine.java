package dev.ovsm.frontend;

import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.Host;
import dev.ovsm.ir.eval.IrInterpreter;
import dev.ovsm.ir.eval.Memory;
import dev.ovsm.ir.eval.Regions;
import dev.ovsm.ir.eval.Result;
import dev.ovsm.ir.eval.Trap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a module's entrypoint on accounts and instruction data, with the few syscalls tests need.
 */
final class Machine implements Host {
  private static final int ROOM = 10_240;
  final List<Account> accounts = new ArrayList<>();
  final List<String> logs = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  final List<byte[]> watched = new ArrayList<>();
  final List<byte[]> instructions = new ArrayList<>();
  byte[] programId = new byte[32];
  byte[] context = new byte[0];
  final List<byte[]> triggers = new ArrayList<>();
  long slot;
  private byte[] input = new byte[0];

  /** An account as the loader serialises it; {@code data} is read back after a run. */
  static final class Account {
    final byte[] key;
    final byte[] owner;
    final boolean signer;
    final boolean writable;
    long lamports;
    byte[] data;

    Account(byte[] key, byte[] owner, boolean signer, boolean writable, byte[] data) {
      this.key = key;
      this.owner = owner;
      this.signer = signer;
      this.writable = writable;
      this.data = data;
    }
  }

  /** A tail call: what comes next is the entry at this index of the array. */
  static final class Tail extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final long index;

    Tail(long index) {
      super("tail call " + index, null, false, false);
      this.index = index;
    }
  }

  static byte[] key(int filler) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) filler);
    return key;
  }

  Result run(Module module, byte[] data) {
    List<Integer> starts = serialise(data);
    Regions memory = new Regions();
    memory.map(IrInterpreter.HEAP, new byte[32 * 1024], true);
    memory.map(IrInterpreter.INPUT, input, true);
    Result result = chain(module, memory);
    if (!(result instanceof Result.Returned)) {
      return result;
    }
    ByteBuffer bytes = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < accounts.size(); i++) {
      int at = starts.get(i);
      accounts.get(i).lamports = bytes.getLong(at + 72);
      byte[] after = new byte[(int) bytes.getLong(at + 80)];
      bytes.get(at + 88, after);
      accounts.get(i).data = after;
    }
    return result;
  }

  /** Runs the entrypoint, then the entries that tail calls go on with, in the same memory. */
  private Result chain(Module module, Regions memory) {
    String function = Module.ENTRYPOINT;
    while (true) {
      try {
        return new IrInterpreter(module, memory, this)
            .run(function, new long[] {IrInterpreter.INPUT}, 1_000_000);
      } catch (Tail tail) {
        long discriminator = module.arrays().get(0).elements().get((int) tail.index);
        function =
            module.entries().stream()
                .filter(entry -> entry.discriminator() == discriminator)
                .findFirst()
                .orElseThrow()
                .function();
      }
    }
  }

  private List<Integer> serialise(byte[] data) {
    int size = 8 + 8 + data.length + 32;
    for (Account account : accounts) {
      size += 88 + padded(account.data.length) + ROOM + 8;
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> starts = new ArrayList<>();
    out.putLong(accounts.size());
    for (Account account : accounts) {
      starts.add(out.position());
      out.put((byte) 0xff).put((byte) (account.signer ? 1 : 0));
      out.put((byte) (account.writable ? 1 : 0)).put((byte) 0).putInt(0);
      out.put(account.key).put(account.owner).putLong(account.lamports);
      out.putLong(account.data.length).put(account.data);
      out.position(out.position() + padded(account.data.length) - account.data.length + ROOM);
      out.putLong(-1);
    }
    out.putLong(data.length).put(data).put(programId);
    input = out.array();
    return starts;
  }

  private static int padded(int length) {
    return (length + 7) / 8 * 8;
  }

  @Override
  public long syscall(String name, List<Long> arguments, Memory memory) {
    calls.add(name);
    switch (name) {
      case "sol_log_" ->
          logs.add(
              new String(
                  bytes(memory, arguments.get(0), arguments.get(1)), StandardCharsets.UTF_8));
      case "sol_get_clock_sysvar" -> memory.store(arguments.get(0), 8, slot);
      case "sol_memcpy_" -> {
        byte[] copied = bytes(memory, arguments.get(1), arguments.get(2));
        for (int i = 0; i < copied.length; i++) {
          memory.store(arguments.get(0) + i, 1, copied[i]);
        }
      }
      case "sol_memcmp_" -> {
        byte[] a = bytes(memory, arguments.get(0), arguments.get(2));
        byte[] b = bytes(memory, arguments.get(1), arguments.get(2));
        int at = java.util.Arrays.mismatch(a, b);
        memory.store(arguments.get(3), 4, at < 0 ? 0 : (a[at] & 0xff) - (b[at] & 0xff));
      }
      case "sol_get_trigger_context" -> {
        for (int i = 0; i < Math.min(arguments.get(2), context.length - arguments.get(1)); i++) {
          memory.store(arguments.get(0) + i, 1, context[Math.toIntExact(arguments.get(1)) + i]);
        }
        return context.length;
      }
      case "sol_timer_set_callback" ->
          instructions.add(bytes(memory, arguments.get(1), arguments.get(2)));
      case "sol_watch_account" -> {
        watched.add(bytes(memory, arguments.get(0), 32));
        instructions.add(bytes(memory, arguments.get(2), arguments.get(3)));
      }
      case "sol_subscribe_event" -> {
        triggers.add(bytes(memory, arguments.get(1), arguments.get(2)));
        long instruction = memory.load(arguments.get(3), 8);
        instructions.add(bytes(memory, instruction, memory.load(arguments.get(3) + 8, 8)));
        return 2;
      }
      case "sol_emit_event" -> {
        triggers.add(bytes(memory, arguments.get(0), arguments.get(1)));
        triggers.add(bytes(memory, arguments.get(2), arguments.get(3)));
      }
      case "sol_ringbuf_output" -> triggers.add(bytes(memory, arguments.get(1), arguments.get(2)));
      case "sol_tail_call" -> throw new Tail(arguments.get(2));
      case "sol_timer_init", "sol_timer_start" -> {}
      default -> throw new Trap("no syscall " + name);
    }
    return name.equals("sol_watch_account") ? 1 : 0;
  }

  private static byte[] bytes(Memory memory, long address, long length) {
    byte[] bytes = new byte[Math.toIntExact(length)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) memory.load(address + i, 1);
    }
    return bytes;
  }

  /** The instruction data that selects an entry. */
  static byte[] select(Module module, String entry) {
    long discriminator =
        module.entries().stream()
            .filter(e -> e.name().equals(entry))
            .findFirst()
            .orElseThrow()
            .discriminator();
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(discriminator).array();
  }
}

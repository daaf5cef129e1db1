package dev.ovsm.tests.drawn;

import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.Host;
import dev.ovsm.ir.eval.IrInterpreter;
import dev.ovsm.ir.eval.Memory;
import dev.ovsm.ir.eval.Regions;
import dev.ovsm.ir.eval.Result;
import dev.ovsm.ir.eval.Trap;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Utf8Sequence;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A program on the IR's interpreter, with the system calls that drawn programs make. */
final class Interpretation implements Host {
  private static final long STEPS = 5_000_000;
  private static final int HEAP = 32 * 1024;
  private static final long LAMPORTS_PER_BYTE = 3_480;
  private static final double YEARS = 2;
  private static final long BURNT = 50;
  private static final long TRANSFER = 2;

  private final Surroundings surroundings;
  private final Serialized input;
  private final List<String> logs = new ArrayList<>();
  private byte[] returned = new byte[0];
  private byte[] returner = new byte[Pubkey.BYTES];

  private Interpretation(Surroundings surroundings, Serialized input) {
    this.surroundings = surroundings;
    this.input = input;
  }

  /** What the program does, as far as it can be told from inside. */
  static Shape of(Module module, Surroundings surroundings) {
    Serialized input = Serialized.of(surroundings, 0);
    Interpretation host = new Interpretation(surroundings, input);
    Regions memory = new Regions();
    memory.map(IrInterpreter.HEAP, new byte[HEAP], true);
    memory.map(IrInterpreter.INPUT, input.bytes(), true);
    String end = host.end(new IrInterpreter(module, memory, host));
    Surroundings.State state = surroundings.fresh();
    if (end.equals(Shape.SUCCESS)) {
      for (int i = 0; i < surroundings.order().size(); i++) {
        int account = surroundings.order().get(i);
        if (Keys.isProgram(account)) {
          continue;
        }
        state.data().set(account, input.data(i, state.data().get(account).length));
        state.lamports()[account] = input.lamports(i);
      }
    }
    return Shape.of(end, host.logs, host.returned, state);
  }

  private String end(IrInterpreter interpreter) {
    try {
      Result result = interpreter.run(Module.ENTRYPOINT, new long[] {IrInterpreter.INPUT}, STEPS);
      return result instanceof Result.Returned value
          ? Shape.end(value.value())
          : result instanceof Result.Failed failed ? Shape.end(failed.code()) : result.toString();
    } catch (Signal.Aborted e) {
      return e.end();
    }
  }

  @Override
  public long syscall(String name, List<Long> arguments, Memory memory) {
    switch (name) {
      case "sol_log_" -> logs.add(text(bytes(memory, arguments.get(0), arguments.get(1))));
      case "sol_log_data" -> logs.add(data(arguments, memory));
      case "sol_get_clock_sysvar" -> {
        memory.store(arguments.get(0), 8, Surroundings.SLOT);
        memory.store(arguments.get(0) + 8, 8, Surroundings.EPOCH_START);
        memory.store(arguments.get(0) + 16, 8, Surroundings.EPOCH);
        memory.store(arguments.get(0) + 24, 8, Surroundings.EPOCH + 1);
        memory.store(arguments.get(0) + 32, 8, Surroundings.TIME);
      }
      case "sol_get_rent_sysvar" -> {
        memory.store(arguments.get(0), 8, LAMPORTS_PER_BYTE);
        memory.store(arguments.get(0) + 8, 8, Double.doubleToLongBits(YEARS));
        memory.store(arguments.get(0) + 16, 1, BURNT);
      }
      case "sol_try_find_program_address" -> {
        DerivedAddress found =
            DerivedAddress.find(seeds(arguments, memory), program(arguments, memory));
        store(memory, arguments.get(3), found.bytes());
        memory.store(arguments.get(4), 1, found.bump());
      }
      case "sol_create_program_address" -> {
        byte[] made = DerivedAddress.create(seeds(arguments, memory), program(arguments, memory));
        if (made == null) {
          return 1;
        }
        store(memory, arguments.get(3), made);
      }
      case "sol_sha256" ->
          store(memory, arguments.get(2), Hashes.sha256(joined(arguments, memory)));
      case "sol_keccak256" ->
          store(memory, arguments.get(2), Hashes.keccak256(joined(arguments, memory)));
      case "sol_invoke_signed_c" -> invoke(arguments, memory);
      case "sol_get_return_data" -> {
        int length = (int) Math.min(arguments.get(1), returned.length);
        if (length > 0) {
          store(memory, arguments.get(0), Arrays.copyOf(returned, length));
          store(memory, arguments.get(2), returner);
        }
        return returned.length;
      }
      case "sol_set_return_data" -> {
        returned = bytes(memory, arguments.get(0), arguments.get(1));
        returner = Keys.program(0).bytes();
      }
      case "sol_memcpy_", "sol_memmove_" -> {
        store(memory, arguments.get(0), bytes(memory, arguments.get(1), arguments.get(2)));
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

  private static String text(byte[] bytes) {
    return Utf8Sequence.text(bytes, 0, bytes.length, Trap::new);
  }

  private static String data(List<Long> arguments, Memory memory) {
    List<String> parts = new ArrayList<>();
    for (long i = 0; i < arguments.get(1); i++) {
      long slice = arguments.get(0) + 16 * i;
      byte[] part = bytes(memory, memory.load(slice, 8), memory.load(slice + 8, 8));
      parts.add(Base64.getEncoder().encodeToString(part));
    }
    return Shape.DATA + String.join(" ", parts);
  }

  private static List<byte[]> seeds(List<Long> arguments, Memory memory) {
    List<byte[]> seeds = new ArrayList<>();
    for (long i = 0; i < arguments.get(1); i++) {
      long slice = arguments.get(0) + 16 * i;
      seeds.add(bytes(memory, memory.load(slice, 8), memory.load(slice + 8, 8)));
    }
    return seeds;
  }

  private static byte[] joined(List<Long> arguments, Memory memory) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    seeds(arguments, memory).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] program(List<Long> arguments, Memory memory) {
    return bytes(memory, arguments.get(2), Pubkey.BYTES);
  }

  /** Who signs must do so already, or be derived from seeds. */
  private void invoke(List<Long> arguments, Memory memory) {
    long instruction = arguments.get(0);
    List<Pubkey> derived = new ArrayList<>();
    for (long i = 0; i < arguments.get(4); i++) {
      long signer = arguments.get(3) + 16 * i;
      List<Long> list = List.of(memory.load(signer, 8), memory.load(signer + 8, 8));
      byte[] made = DerivedAddress.create(seeds(list, memory), Keys.program(0).bytes());
      if (made == null) {
        throw new Trap("bad seeds");
      }
      derived.add(Pubkey.of(made));
    }
    long metas = memory.load(instruction + 8, 8);
    for (long meta = metas; meta < metas + 16 * memory.load(instruction + 16, 8); meta += 16) {
      long key = memory.load(meta, 8);
      boolean wanted = memory.load(meta + 9, 1) != 0;
      if (wanted
          && !input.signs(passed(memory, key))
          && !derived.contains(Pubkey.of(bytes(memory, key, Pubkey.BYTES)))) {
        throw new Signal.Aborted(Calls.UNAUTHORIZED);
      }
    }
    Pubkey program = Pubkey.of(bytes(memory, memory.load(instruction, 8), Pubkey.BYTES));
    returned = new byte[0];
    if (program.equals(Keys.callee())) {
      call(metas, memory.load(instruction + 24, 8), memory);
    } else {
      transfer(metas, memory.load(instruction + 24, 8), memory);
    }
  }

  private void call(long metas, long data, Memory memory) {
    int account = passed(memory, memory.load(metas, 8));
    byte[] before = input.data(account, Callee.DATA_BYTES);
    boolean signed = memory.load(metas + 16 + 9, 1) != 0;
    int operation = (int) memory.load(data, 1);
    returned = Callee.called(operation, memory.load(data + 1, 8), before, signed, logs);
    returner = Keys.callee().bytes();
    System.arraycopy(before, 0, input.bytes(), input.at(account), before.length);
  }

  /** What the system program does with a transfer between two of the accounts. */
  private void transfer(long metas, long data, Memory memory) {
    if (memory.load(data, 4) != TRANSFER) {
      throw new Trap("no such call");
    }
    int from = passed(memory, memory.load(metas, 8));
    int to = passed(memory, memory.load(metas + 16, 8));
    long amount = memory.load(data + 4, 8);
    if (Long.compareUnsigned(amount, input.lamports(from)) > 0) {
      throw new Signal.Aborted(Shape.end(1));
    }
    input.setLamports(from, input.lamports(from) - amount);
    input.setLamports(to, input.lamports(to) + amount);
  }

  /** Where the account of a key is among those that are passed. */
  private int passed(Memory memory, long key) {
    Pubkey wanted = Pubkey.of(bytes(memory, key, Pubkey.BYTES));
    for (int i = 0; i < surroundings.order().size(); i++) {
      if (Keys.account(0, surroundings.order().get(i)).equals(wanted)) {
        return i;
      }
    }
    throw new Trap("no account " + wanted);
  }

  private static void store(Memory memory, long address, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      memory.store(address + i, 1, bytes[i]);
    }
  }

  private static byte[] bytes(Memory memory, long address, long length) {
    byte[] bytes = new byte[Math.toIntExact(length)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) memory.load(address + i, 1);
    }
    return bytes;
  }
}

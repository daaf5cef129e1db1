package dev.ovsm.cli.eval;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.Ending;
import dev.ovsm.ir.eval.IrInterpreter;
import dev.ovsm.ir.eval.Memory;
import dev.ovsm.ir.eval.Regions;
import dev.ovsm.ir.eval.Result;
import dev.ovsm.ir.eval.Trap;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.crypto.HashFunction;
import dev.ovsm.sbpf.Utf8Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a module by the definition of the IR, with the system calls that need nothing but memory.
 */
final class Interpreted {
  private static final long STEPS = 10_000_000;
  private static final int HEAP = 32 * 1024;

  /** No accounts, no instruction data, then the program's address. */
  private static final int INPUT = 8 + 8 + Pubkey.BYTES;

  private static final int LONGEST = 1 << 20;

  private final List<String> logs = new ArrayList<>();

  private Interpreted() {}

  static Run of(Module module) {
    Interpreted host = new Interpreted();
    Regions memory = new Regions();
    memory.map(IrInterpreter.HEAP, new byte[HEAP], true);
    memory.map(IrInterpreter.INPUT, new byte[INPUT], true);
    Ending ending =
        new IrInterpreter(module, memory, host::syscall)
            .end(Module.ENTRYPOINT, new long[] {IrInterpreter.INPUT}, STEPS);
    String failure = failure(ending.result(), module);
    return new Run(host.logs, failure == null ? null : new Run.Failed(failure, place(ending)));
  }

  /** The innermost place that is the user's: what fails in the library was called there. */
  private static @Nullable Span place(Ending ending) {
    return ending.places().stream()
        .filter(place -> place.isReal() && !place.source().isInternal())
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String failure(Result result, Module module) {
    if (result instanceof Result.Failed failed) {
      return words(failed.code(), module);
    } else if (result instanceof Result.Trapped trapped) {
      return trapped.text();
    } else if (result instanceof Result.Exhausted) {
      return "it did not end within " + STEPS + " steps";
    } else if (result instanceof Result.Broken broken) {
      throw new IllegalStateException(broken.text());
    }
    return null;
  }

  private static String words(long code, Module module) {
    return module.errors().stream()
        .filter(error -> error.code() == code)
        .findFirst()
        .map(error -> Run.words(code, error.name(), error.text()))
        .orElseGet(() -> Run.words(code, "", ""));
  }

  private long syscall(String name, List<Long> arguments, Memory memory) {
    switch (name) {
      case "sol_log_" -> log(text(arguments.get(0), arguments.get(1), memory));
      case "sol_log_64_" ->
          log(
              arguments.stream()
                  .map(number -> "0x" + Long.toHexString(number))
                  .collect(Collectors.joining(", ")));
      case "sol_log_data" -> logs.add(data(arguments.get(0), arguments.get(1), memory));
      case "sol_log_pubkey" ->
          log(Pubkey.of(bytes(arguments.get(0), Pubkey.BYTES, memory)).toString());
      case "sol_memcpy_", "sol_memmove_" ->
          write(arguments.get(0), bytes(arguments.get(1), arguments.get(2), memory), memory);
      case "sol_memset_" -> {
        byte[] filled = new byte[length(arguments.get(2))];
        Arrays.fill(filled, arguments.get(1).byteValue());
        write(arguments.get(0), filled, memory);
      }
      case "sol_memcmp_" -> {
        byte[] left = bytes(arguments.get(0), arguments.get(2), memory);
        byte[] right = bytes(arguments.get(1), arguments.get(2), memory);
        int at = Arrays.mismatch(left, right);
        int difference = at < 0 ? 0 : (left[at] & 0xFF) - (right[at] & 0xFF);
        memory.store(arguments.get(3), Integer.BYTES, difference);
      }
      case "sol_sha256" -> hash(HashFunction.SHA256, arguments, memory);
      case "sol_keccak256" -> hash(HashFunction.KECCAK256, arguments, memory);
      case "sol_get_stack_height" -> {
        return 1;
      }
      default -> throw new Trap(name + " is not there without a chain; --on vm has it");
    }
    return 0;
  }

  private static String text(long address, long length, Memory memory) {
    byte[] bytes = bytes(address, length, memory);
    return Utf8Sequence.text(bytes, 0, bytes.length, Trap::new);
  }

  private void log(String text) {
    logs.add(Run.LOG + text);
  }

  /** The slices of a table of addresses and lengths, as the runtime writes them. */
  private static String data(long table, long count, Memory memory) {
    Base64.Encoder encoder = Base64.getEncoder();
    return Run.DATA
        + slices(table, count, memory).stream()
            .map(encoder::encodeToString)
            .collect(Collectors.joining(" "));
  }

  private static void hash(HashFunction function, List<Long> arguments, Memory memory) {
    List<byte[]> parts = slices(arguments.get(0), arguments.get(1), memory);
    write(arguments.get(2), function.hash(parts), memory);
  }

  private static List<byte[]> slices(long table, long count, Memory memory) {
    List<byte[]> slices = new ArrayList<>();
    for (int i = 0; i < length(count); i++) {
      long entry = table + 2L * Long.BYTES * i;
      long address = memory.load(entry, Long.BYTES);
      slices.add(bytes(address, memory.load(entry + Long.BYTES, Long.BYTES), memory));
    }
    return slices;
  }

  private static int length(long bytes) {
    return Optional.of(bytes)
        .filter(count -> count >= 0 && count <= LONGEST)
        .map(Long::intValue)
        .orElseThrow(() -> new Trap("access violation over " + bytes + " bytes"));
  }

  private static byte[] bytes(long address, long count, Memory memory) {
    byte[] bytes = new byte[length(count)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) memory.load(address + i, 1);
    }
    return bytes;
  }

  private static void write(long address, byte[] bytes, Memory memory) {
    for (int i = 0; i < bytes.length; i++) {
      memory.store(address + i, 1, bytes[i]);
    }
  }
}

package dev.ovsm.tests.bank;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.Loader;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that does what its instruction data says: copies an image to the heap, stores words,
 * makes one system call, stores more words, and exits with a status.
 *
 * @param syscall the call that it can make
 * @param lenient whether it is of version 0, else 3
 */
record Actor(Pubkey id, String syscall, boolean lenient, Loader loader) {
  /** A 64-bit store. */
  record Poke(long address, long value) {}

  /** What an actor does when it is called. */
  static final class Script {
    private final long[] arguments = new long[5];
    private final List<Poke> before = new ArrayList<>();
    private final List<Poke> after = new ArrayList<>();
    private long image;
    private long imageLength;
    private long exit;
    private boolean calls;

    Script image(long address, long length) {
      image = address;
      imageLength = length;
      return this;
    }

    Script call(long... values) {
      System.arraycopy(values, 0, arguments, 0, values.length);
      calls = true;
      return this;
    }

    Script before(long address, long value) {
      before.add(new Poke(address, value));
      return this;
    }

    Script after(long address, long value) {
      after.add(new Poke(address, value));
      return this;
    }

    Script exit(long status) {
      exit = status;
      return this;
    }

    byte[] bytes() {
      ByteWriter out = new ByteWriter();
      for (long argument : arguments) {
        out.u64(argument);
      }
      out.u64(image).u64(imageLength).u64(exit).u64(calls ? 1 : 0);
      pokes(out, before);
      pokes(out, after);
      return out.toBytes();
    }

    private static void pokes(ByteWriter out, List<Poke> pokes) {
      out.u64(pokes.size());
      pokes.forEach(poke -> out.u64(poke.address).u64(poke.value));
    }
  }

  byte[] elf() {
    HandElf code =
        new HandElf()
            .put(0xbf, 6, 2, 0, 0)
            .lddw(1, Probe.HEAP)
            .put(0x79, 2, 6, 40, 0)
            .put(0x79, 3, 6, 48, 0)
            .syscall("sol_memcpy_")
            .put(0xbf, 7, 6, 0, 0)
            .put(0x07, 7, 0, 0, 72);
    pokes(code);
    code.put(0x79, 1, 6, 64, 0).put(0x15, 1, 0, 7 + 5 + 1, 0);
    for (int i = 1; i <= 5; i++) {
      code.put(0x79, i, 6, 8 * (i - 1), 0);
    }
    code.syscall(syscall).put(0xbf, 1, 0, 0, 0).put(0xb7, 2, 0, 0, 0).put(0xb7, 3, 0, 0, 0);
    code.put(0xb7, 4, 0, 0, 0).put(0xb7, 5, 0, 0, 0).syscall("sol_log_64_").put(0xb7, 0, 0, 0, 0);
    pokes(code);
    code.put(0x79, 0, 6, 56, 0).exit();
    return lenient ? code.v0(new byte[0]) : code.v3(new byte[8]);
  }

  /** Stores the words listed at r7 and leaves r7 behind them. */
  private static void pokes(HandElf code) {
    code.put(0x79, 8, 7, 0, 0)
        .put(0x07, 7, 0, 0, 8)
        .put(0x15, 8, 0, 6, 0)
        .put(0x79, 1, 7, 0, 0)
        .put(0x79, 2, 7, 8, 0)
        .put(0x7b, 1, 2, 0, 0)
        .put(0x07, 7, 0, 0, 16)
        .put(0x07, 8, 0, 0, -1)
        .put(0x05, 0, 0, -7, 0);
  }
}

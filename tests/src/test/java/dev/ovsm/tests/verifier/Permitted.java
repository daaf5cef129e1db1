package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.elf.AssemblyFile;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.vm.Access;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random programs on accounts of which some may not be written: where writes are said to be safe,
 * what such an account has is the same afterwards, however the execution ends.
 */
final class Permitted {
  private static final int RUNS = 6;
  private static final long BUDGET = 100_000;
  private static final int RECORD = 88;
  private static final int GROWTH = 10_240;
  private static final int OWNER = 40;
  private static final SyscallTable SYSCALLS =
      new SyscallTable(new TreeMap<>(Map.of(Syscall.SOL_MEMSET_.hash(), Permitted::fill)));
  private static final Manifest MANIFEST = Manifest.of("random");

  private final Version version;
  private long drawn;
  private long safe;
  private long writing;

  Permitted(Version version) {
    this.version = version;
  }

  /** An account's owner, lamports and data in the input, with the room that data have to grow. */
  private record Content(int from, int to, boolean writable) {}

  /** Draws a program, and executes it if its writes are safe. */
  void tryProgram(long seed) {
    String text = RandomWrites.draw(seed, version);
    Program program = program(text);
    drawn++;
    Finding finding =
        Verifier.verify(program, MANIFEST, pc -> Span.none(), Policy.standard()).stream()
            .filter(one -> one.property() == Property.WRITES)
            .findFirst()
            .orElseThrow();
    if (finding.verdict() != Verdict.SAFE) {
      return;
    }
    safe++;
    boolean written = false;
    for (int run = 0; run < RUNS; run++) {
      List<Content> accounts = new ArrayList<>();
      byte[] input = input(new Random(seed * RUNS + run), accounts);
      byte[] before = input.clone();
      execute(program, input);
      for (Content account : accounts) {
        boolean same =
            Arrays.equals(before, account.from, account.to, input, account.from, account.to);
        written |= !same;
        assertThat(same || account.writable)
            .as(
                "seed %d of %s, run %d, the record at %d changes:\n%s",
                seed, version, run, account.from, text)
            .isTrue();
      }
    }
    writing += written ? 1 : 0;
  }

  private static Program program(String text) {
    Diagnostics found = new Diagnostics();
    byte[] elf =
        AssemblyFile.assemble(new Source("random", text), null, found)
            .orElseThrow(() -> new AssertionError(found.list() + "\n" + text));
    return ElfLoader.load(elf, LoaderConfig.autonomous()).program().orElseThrow();
  }

  private static void execute(Program program, byte[] input) {
    Executable executable = new Executable(program, SYSCALLS);
    Memory memory = new Memory(executable, MemoryMap.DEFAULT_HEAP_BYTES, input);
    Vm vm = new Vm(executable, memory, BUDGET, input);
    vm.registers()[1] = MemoryMap.INPUT;
    new Interpreter().execute(vm);
  }

  private static long fill(Vm vm, long to, long value, long count, long r4, long r5) {
    Slice slice = vm.memory().translate(to, count, Access.STORE);
    Arrays.fill(slice.bytes(), slice.offset(), slice.offset() + slice.length(), (byte) value);
    return 0;
  }

  /** Up to five accounts as the machine gives them, some of them twice, with their contents. */
  private static byte[] input(Random random, List<Content> accounts) {
    ByteBuffer input = ByteBuffer.allocate(70_000).order(ByteOrder.LITTLE_ENDIAN);
    int count = random.nextInt(6);
    input.putLong(count);
    List<Integer> firsts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i > 0 && random.nextInt(4) == 0) {
        input.putLong(firsts.get(random.nextInt(firsts.size())));
        continue;
      }
      firsts.add(i);
      account(input, random, accounts);
    }
    input.putLong(Long.BYTES).putLong(random.nextLong());
    input.position(input.position() + 32);
    return Arrays.copyOf(input.array(), input.position());
  }

  private static void account(ByteBuffer input, Random random, List<Content> accounts) {
    int at = input.position();
    int bytes = random.nextInt(3) == 0 ? random.nextInt(40) : 8 * (12 + random.nextInt(4));
    boolean writable = random.nextBoolean();
    byte[] data = new byte[bytes];
    random.nextBytes(data);
    if (bytes > RECORD && random.nextInt(3) > 0) {
      // Data that look like a record that may be written.
      data[0] = (byte) 255;
      data[2] = 1;
    }
    input.put((byte) 255).put((byte) random.nextInt(2)).put((byte) (writable ? 1 : 0));
    input.putLong(at + RECORD - Long.BYTES, bytes).put(at + RECORD, data);
    int end = at + RECORD + (bytes + GROWTH + 7) / 8 * 8;
    input.position(end).putLong(-1);
    accounts.add(new Content(at + OWNER, at + RECORD + bytes + GROWTH, writable));
  }

  void print() {
    System.out.printf(
        Locale.ROOT,
        "%s: the writes of %,d of %,d programs are safe, %,d of them changed an account%n",
        version,
        safe,
        drawn,
        writing);
  }

  /** That it was not all refused, and that something was written. */
  void assertMeaningful() {
    assertThat(safe).isGreaterThan(drawn / 5);
    assertThat(safe).isLessThan(drawn - drawn / 5);
    assertThat(writing).isGreaterThan(drawn / 8);
  }
}

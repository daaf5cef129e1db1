package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A compiled program that computes formulas of many rows of words, a batch of rows at a time. */
final class Formulas {
  static final int BATCH = 4_096;
  private static final int DATA = 8 + 88;
  private static final int STACK = 32 * 1024;

  private final int words;
  private final int results;
  private final Executable executable;
  private final byte[] input;
  private final Jit jit = new Jit();

  /**
   * @param words how many words a row has, which lie at the address {@code in}
   * @param definitions the forms that come before the formulas
   * @param values the formulas, each of which gives a word
   */
  Formulas(int words, List<String> definitions, List<String> values) {
    this.words = words;
    this.results = values.size();
    this.executable = executable(text(words, definitions, values));
    int data = BATCH * 8 * (words + results);
    ByteBuffer empty =
        ByteBuffer.allocate(DATA + data + 10_240 + 8 + 8 + 32).order(ByteOrder.LITTLE_ENDIAN);
    empty.putLong(1).put((byte) 0xff).putLong(8 + 80, data);
    this.input = empty.array();
  }

  private static String text(int words, List<String> definitions, List<String> values) {
    StringBuilder text =
        new StringBuilder(
            """
            (define data (account-data-ptr 0))
            (for (i (range 0u64 %d))
              (define in (wrapping-add data (* i %d)))
              (define out (wrapping-add data (+ %d (* i %d))))
            """
                .formatted(BATCH, 8 * words, BATCH * 8 * words, 8 * values.size()));
    definitions.forEach(definition -> text.append("  ").append(definition).append('\n'));
    for (int i = 0; i < values.size(); i++) {
      text.append("  (mem-store out %d %s)%n".formatted(8 * i, values.get(i)));
    }
    return text.append(")\n0").toString();
  }

  private static Executable executable(String text) {
    Diagnostics found = new Diagnostics();
    byte[] elf =
        Compilation.of(List.of(new Source("formulas", text)), Compilation.Target.DEFAULT, found)
            .elf()
            .orElseThrow(() -> new AssertionError(found.list().toString()));
    SyscallTable none = new SyscallTable(new TreeMap<>());
    Program program =
        ElfLoader.load(elf, LoaderConfig.execution(none.handlers().keySet()))
            .program()
            .orElseThrow();
    return new Executable(program, none);
  }

  /** The results of as many rows as a batch has, row for row. */
  List<long[]> of(List<long[]> rows) {
    assertThat(rows).hasSize(BATCH);
    ByteBuffer bytes = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).position(DATA);
    rows.forEach(row -> put(bytes, row));
    Memory memory = new Memory(executable, STACK, input);
    Vm vm = new Vm(executable, memory, Long.MAX_VALUE / 2, new ArrayList<String>());
    assertThat(jit.execute(vm).fault()).isNull();
    List<long[]> all = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      long[] found = new long[results];
      bytes.position(DATA + BATCH * 8 * words + i * 8 * results);
      bytes.asLongBuffer().get(found);
      all.add(found);
    }
    return all;
  }

  private void put(ByteBuffer bytes, long[] row) {
    assertThat(row).hasSize(words);
    for (long word : row) {
      bytes.putLong(word);
    }
  }
}

package dev.ovsm.runtime.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryTest {
  private static final int RUNS = 1_000;
  private static final int INPUT_BYTES = 20_000;
  private static final long WINDOW = MemoryMap.INPUT + (1L << 32);
  private static final long[] REGIONS = {MemoryMap.STACK, MemoryMap.HEAP, MemoryMap.INPUT};

  /** Stores of all kinds come in any order; a store that is not noted is one that stays. */
  @ParameterizedTest
  @EnumSource(Version.class)
  void whatIsWrittenCanBeReadAndIsCleared(Version version) {
    Random random = new Random(version.name().hashCode());
    byte[] heap = new byte[MemoryMap.DEFAULT_HEAP_BYTES];
    byte[] stack = new byte[MemoryMap.STACK_BYTES];
    byte[] input = new byte[INPUT_BYTES];
    for (int run = 0; run < RUNS; run++) {
      Memory memory =
          new Memory(
              executable(version),
              new Piece(MemoryMap.HEAP, heap, true),
              stack,
              new Piece(MemoryMap.INPUT, input, true));
      for (int stores = random.nextInt(25); stores > 0; stores--) {
        write(memory, random);
      }
      memory.clearStack();
      memory.clearHeap();
      memory.clearInput();
      assertThat(isZero(stack)).isTrue();
      assertThat(isZero(heap)).isTrue();
      assertThat(isZero(input)).isTrue();
    }
  }

  private static boolean isZero(byte[] bytes) {
    return Arrays.equals(bytes, new byte[bytes.length]);
  }

  /** A length is unsigned, as a program means it. */
  @Test
  void aFaultTellsTheWholeLength() {
    Memory memory =
        new Memory(
            executable(Version.V0),
            new Piece(MemoryMap.HEAP, new byte[MemoryMap.DEFAULT_HEAP_BYTES], true),
            new byte[MemoryMap.STACK_BYTES],
            new Piece(MemoryMap.INPUT, new byte[INPUT_BYTES], true));
    assertThatThrownBy(() -> memory.translate(MemoryMap.HEAP, Long.MIN_VALUE, Access.LOAD))
        .isInstanceOf(Fault.class)
        .hasMessage(
            "Access violation reading 9223372036854775808 bytes at address 0x300000000"
                + " (in heap region)");
  }

  private static void write(Memory memory, Random random) {
    long address = REGIONS[random.nextInt(REGIONS.length)] + 8L * random.nextInt(500);
    long value = random.nextLong() | 1;
    switch (random.nextInt(8)) {
      case 0 -> memory.store1(address, value & 0xFF);
      case 1 -> memory.store2(address, value & 0xFFFF);
      case 2 -> memory.store4(address, value & 0xFFFF_FFFFL);
      case 3, 4 -> memory.store8(address, value);
      case 5 -> {
        Slice slice = memory.translate(address, Long.BYTES, Access.STORE);
        Words.LONG.set(slice.bytes(), slice.offset(), value);
      }
      case 6 -> {
        byte[] opened = memory.open(address);
        if (opened.length > 0) {
          opened[opened.length - 1] = 1;
        }
        return;
      }
      default -> {
        memory.map(new Piece(WINDOW, new byte[16], true));
        memory.unmap(WINDOW);
        return;
      }
    }
    assertThat(memory.load1(address)).isEqualTo(value & 0xFF);
  }

  private static Executable executable(Version version) {
    Program program =
        new Program(
            version,
            new byte[8],
            MemoryMap.BYTECODE,
            0,
            new TreeMap<>(),
            new byte[0],
            version.enableLowerRodataVaddr() ? MemoryMap.RODATA : MemoryMap.BYTECODE,
            List.of());
    return new Executable(program, SyscallTable.empty());
  }
}

package dev.ovsm.tests.verifier;

import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Version;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program whose loop counts in its frame, and stores meanwhile by addresses that were computed,
 * lay in the heap, were passed to a function or come from the input: some of them lead to the
 * counter, some cannot, and some only could if a check were not there. r6 holds the address of the
 * input all the time.
 */
final class RandomStores {
  /** With an entry, as our compiler writes it: no comparison selects it. */
  static final Manifest MANIFEST =
      new Manifest(
          "stores",
          List.of(
              new Manifest.Entry(
                  "main", 1, Manifest.EntryKind.INSTRUCTION, true, 0, List.of(), List.of())),
          List.of(),
          List.of(),
          List.of());

  private static final int WORDS = 4;
  private static final int POINTER = 3;
  private static final int SCRATCH = 2;
  private static final int VALUE = 4;
  private static final int COUNTER = 7;
  private static final int INPUT = 6;

  private final Random random;
  private final Version version;
  private final List<Long> code = new ArrayList<>();
  private final List<Integer> calls = new ArrayList<>();

  RandomStores(Random random, Version version) {
    this.random = random;
    this.version = version;
  }

  /** Words that are addresses of all regions, small, or chance. */
  static byte[] input(Random random, int size) {
    ByteBuffer input = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    while (input.remaining() >= Long.BYTES) {
      long near = 8L * random.nextInt(6);
      long word =
          switch (random.nextInt(5)) {
            case 0 -> MemoryMap.STACK + MemoryMap.FRAME_BYTES - near;
            case 1 -> MemoryMap.HEAP + near;
            case 2 -> MemoryMap.INPUT + near;
            case 3 -> near;
            default -> random.nextLong();
          };
      input.putLong(word);
    }
    return input.array();
  }

  Program program() {
    emit(Opcode.MOV64_REG, INPUT, 1, 0, 0);
    for (int word = random.nextInt(3); word > 0; word--) {
      point();
      address(SCRATCH, MemoryMap.HEAP + 8L * random.nextInt(WORDS));
      emit(Opcode.STXDW, SCRATCH, POINTER, 0, 0);
    }
    loop(true);
    emit(Opcode.EXIT, 0, 0, 0, 0);
    int callee = code.size();
    emit(Opcode.MOV64_REG, POINTER, 1, 0, 0);
    store();
    if (random.nextInt(3) == 0) {
      loop(false);
    }
    emit(Opcode.EXIT, 0, 0, 0, 0);
    for (int call : calls) {
      boolean relative = version.staticSyscalls();
      int target = relative ? callee - call - 1 : Program.functionKey(callee);
      code.set(call, Slot.of(0x85, 0, relative ? 1 : 0, 0, target));
    }
    byte[] text = new byte[code.size() * Slot.BYTES];
    for (int pc = 0; pc < code.size(); pc++) {
      Slot.write(text, pc, code.get(pc));
    }
    SortedMap<Integer, Integer> functions = new TreeMap<>();
    functions.put(Program.functionKey(callee), callee);
    return new Program(version, text, MemoryMap.BYTECODE, 0, functions, new byte[0], 0, List.of());
  }

  /** A loop that counts up in a word of the frame. */
  private void loop(boolean mayCall) {
    int slot = -8 * (1 + random.nextInt(WORDS));
    emit(Opcode.MOV64_IMM, COUNTER, 0, 0, 0);
    emit(Opcode.STXDW, 10, COUNTER, slot, 0);
    int start = code.size();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      change(mayCall);
    }
    emit(Opcode.LDXDW, COUNTER, 10, slot, 0);
    emit(Opcode.ADD64_IMM, COUNTER, 0, 0, 1);
    emit(Opcode.STXDW, 10, COUNTER, slot, 0);
    emit(Opcode.JLT64_IMM, COUNTER, 0, start - code.size() - 1, 2 + random.nextInt(30));
  }

  /** Stores something somewhere, behind a check or not. */
  private void change(boolean mayCall) {
    if (random.nextInt(3) == 0) {
      address(SCRATCH, MemoryMap.HEAP + 8L * random.nextInt(WORDS));
      emit(Opcode.LDXDW, POINTER, SCRATCH, 0, 0);
    } else {
      point();
    }
    int check = -1;
    if (random.nextInt(3) == 0) {
      boolean above = random.nextInt(4) > 0;
      address(SCRATCH, above ? MemoryMap.HEAP : MemoryMap.STACK);
      check = code.size();
      emit(above ? Opcode.JLT64_REG : Opcode.JGT64_REG, POINTER, SCRATCH, 0, 0);
    }
    if (mayCall && random.nextInt(4) == 0) {
      emit(Opcode.MOV64_REG, 1, POINTER, 0, 0);
      calls.add(code.size());
      code.add(0L);
    } else {
      store();
    }
    if (check >= 0) {
      code.set(check, code.get(check) | ((long) (code.size() - check - 1) & 0xFFFF) << 16);
    }
  }

  private void store() {
    Opcode[] stores = {Opcode.STXB, Opcode.STXH, Opcode.STXW, Opcode.STXDW};
    boolean wide = random.nextInt(3) > 0;
    emit(Opcode.MOV64_IMM, VALUE, 0, 0, random.nextInt(3) > 0 ? 0 : random.nextInt());
    int offset = random.nextInt(3) > 0 ? 0 : 8 * (random.nextInt(5) - 2);
    emit(wide ? Opcode.STXDW : stores[random.nextInt(4)], POINTER, VALUE, offset, 0);
  }

  /** Some address, mostly a base and something that is not known. */
  private void point() {
    long top = MemoryMap.STACK + MemoryMap.FRAME_BYTES;
    switch (random.nextInt(9)) {
      case 0 -> plus(MemoryMap.INPUT);
      case 1 -> plus(MemoryMap.HEAP + 8L * random.nextInt(WORDS));
      case 2 -> plus(top - 8L * random.nextInt(2 * WORDS));
      case 3 -> {
        unknown();
        emit(Opcode.ADD64_REG, POINTER, INPUT, 0, 0);
      }
      case 4 -> {
        unknown();
        emit(Opcode.ADD64_REG, POINTER, 10, 0, 0);
        emit(Opcode.ADD64_IMM, POINTER, 0, 0, -8 * random.nextInt(64));
      }
      case 5 -> {
        // Any of eight regions, at the place of a counter.
        emit(Opcode.LDXB, POINTER, INPUT, random.nextInt(64), 0);
        emit(Opcode.AND64_IMM, POINTER, 0, 0, 7);
        emit(Opcode.LSH64_IMM, POINTER, 0, 0, 32);
        int place = MemoryMap.FRAME_BYTES - 8 * (1 + random.nextInt(WORDS));
        emit(Opcode.OR64_IMM, POINTER, 0, 0, random.nextBoolean() ? place : 8);
      }
      case 6 -> unknown();
      case 7 -> {
        emit(Opcode.MOV64_REG, POINTER, INPUT, 0, 0);
        emit(Opcode.ADD64_IMM, POINTER, 0, 0, 8 * random.nextInt(8));
      }
      default -> emit(Opcode.LDXDW, POINTER, INPUT, 8 * random.nextInt(8), 0);
    }
  }

  /** An address, and something unknown beyond it. */
  private void plus(long base) {
    unknown();
    address(SCRATCH, base);
    emit(Opcode.ADD64_REG, POINTER, SCRATCH, 0, 0);
  }

  /** A number of which a mask, or a comparison, tells how large it can be. */
  private void unknown() {
    int most = (8 << random.nextInt(4)) - 8;
    emit(Opcode.LDXDW, POINTER, INPUT, 8 * random.nextInt(8), 0);
    if (random.nextInt(3) > 0) {
      emit(Opcode.AND64_IMM, POINTER, 0, 0, most);
    } else {
      emit(Opcode.JLE64_IMM, POINTER, 0, 1, most);
      emit(Opcode.MOV64_IMM, POINTER, 0, 0, 8 * random.nextInt(4));
    }
  }

  private void address(int register, long address) {
    emit(Opcode.MOV64_IMM, register, 0, 0, (int) (address >>> 32));
    emit(Opcode.LSH64_IMM, register, 0, 0, 32);
    emit(Opcode.ADD64_IMM, register, 0, 0, (int) address);
  }

  private void emit(Opcode opcode, int dst, int src, int off, int imm) {
    code.add(Slot.of(opcode.code(version), dst, src, off, imm));
  }
}

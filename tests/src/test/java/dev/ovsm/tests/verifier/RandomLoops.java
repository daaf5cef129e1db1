package dev.ovsm.tests.verifier;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Draws programs of loops at the edges of what can be bounded: counters that wrap around, step over
 * their limit, lie in the frame or behind an argument, are written to by way of forged addresses
 * and of others' frames, saturate, or are cut to 32 bits. Some emit events on the way.
 */
final class RandomLoops {
  private static final int[] JUMPS = {
    0x15, 0x1d, 0x25, 0x2d, 0x35, 0x3d, 0x55, 0x5d, 0x65, 0x6d, 0x75, 0x7d, 0xa5, 0xad, 0xb5, 0xbd,
    0xc5, 0xcd, 0xd5, 0xdd
  };
  private static final int[] SUMS = {0x07, 0x0f, 0x17, 0x1f, 0x04, 0x0c, 0x14, 0x1c};
  private static final int[] OTHERS = {
    0x47, 0x57, 0x67, 0x77, 0xa7, 0xc7, 0x27, 0x37, 0x97, 0x3c, 0x9c, 0x3f, 0x54, 0x64, 0x74, 0xbc,
    0xbf, 0xb4, 0xc4
  };

  /** The same where products and quotients are a class of their own, with or without sign. */
  private static final int[] V2_OTHERS = {
    0x47, 0x57, 0x67, 0x77, 0xa7, 0xc7, 0x96, 0x56, 0x76, 0x4e, 0x6e, 0x5e, 0x54, 0x64, 0x74, 0xbc,
    0xbf, 0xb4, 0xc4, 0xd6, 0xde, 0xce, 0xc6, 0xf6, 0xfe, 0xee, 0x36, 0x3e, 0xb6, 0xbe, 0x8e, 0x86,
    0xf7
  };

  private static final Set<Operation> SHIFTS =
      EnumSet.of(Operation.LSH, Operation.RSH, Operation.ARSH);
  private static final long[] EDGES = {
    0, 1, 2, 7, 8, 10, 63, 64, 100, 255, 4_096, -1, -2, -8, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  private final Random random;
  private final Version version;
  private final boolean tame;
  private final boolean emits;
  private final List<Long> code = new ArrayList<>();

  private RandomLoops(Random random, Version version, boolean emits) {
    this.random = random;
    this.emits = emits;
    this.tame = random.nextInt(8) > 0;
    this.version = version;
  }

  /** The program of a seed; one of four emits events. */
  static Program draw(long seed, Version version) {
    RandomLoops loops = new RandomLoops(new Random(seed), version, seed % 4 == 0);
    int callee = loops.code();
    byte[] text = new byte[loops.code.size() * Slot.BYTES];
    for (int pc = 0; pc < loops.code.size(); pc++) {
      Slot.write(text, pc, loops.code.get(pc));
    }
    SortedMap<Integer, Integer> functions = new TreeMap<>();
    functions.put(Program.functionKey(callee), callee);
    return new Program(version, text, MemoryMap.BYTECODE, 0, functions, new byte[0], 0, List.of());
  }

  private int code() {
    List<Integer> calls = new ArrayList<>();
    moveFrame();
    for (int register = 0; register < 10; register++) {
      if (register != 1) {
        emit(0xb7, register, 0, 0, (int) edge());
      }
    }
    emit(0x79, 2 + random.nextInt(3), 1, 8 * random.nextInt(8), 0);
    emit(0x57, 2 + random.nextInt(3), 0, 0, (1 << random.nextInt(10)) - 1);
    if (random.nextInt(3) == 0) {
      forge();
    }
    body(1 + random.nextInt(2), calls);
    emit(0x95, 0, 0, 0, 0);
    int callee = code.size();
    moveFrame();
    body(random.nextInt(2), new ArrayList<>());
    emit(0x95, 0, 0, 0, 0);
    for (int call : calls) {
      boolean relative = version.staticSyscalls();
      int target = relative ? callee - call - 1 : Program.functionKey(callee);
      code.set(call, Slot.of(0x85, 0, relative ? 1 : 0, 0, target));
    }
    return callee;
  }

  /** Makes room for a frame where a call does not; seldom too little, or none. */
  private void moveFrame() {
    if (version.manualStackFrameBump() && random.nextInt(16) > 0) {
      emit(0x07, 10, 0, 0, -64 * (1 + random.nextInt(2)));
    }
  }

  /** An address in the frame that nothing ties to the frame pointer. */
  private void forge() {
    int top = version.manualStackFrameBump() ? MemoryMap.STACK_BYTES - 64 : MemoryMap.FRAME_BYTES;
    emit(0xb7, 9, 0, 0, 2);
    emit(0x67, 9, 0, 0, 32);
    emit(0x07, 9, 0, 0, top - 8 * (1 + random.nextInt(4)));
  }

  /** An event of a length that is only bounded. */
  private void event() {
    emit(0xb7, 2, 0, 0, random.nextInt(64));
    emit(0xbf, 4, other(), 0, 0);
    emit(0x57, 4, 0, 0, (1 << (6 + random.nextInt(5))) - 1);
    emit(0x85, 0, 0, 0, Syscall.SOL_EMIT_EVENT.hash());
  }

  private void body(int depth, List<Integer> calls) {
    int parts = 1 + random.nextInt(2);
    for (int i = 0; i < parts; i++) {
      straight(calls);
      if (depth > 0 && random.nextInt(4) > 0) {
        loop(depth, calls);
      }
    }
  }

  private void loop(int depth, List<Integer> calls) {
    if (tame && random.nextInt(24) > 0) {
      count(depth, calls);
      return;
    }
    int counter = 2 + random.nextInt(7);
    boolean spilled = random.nextInt(3) == 0;
    int slot = -8 * (1 + random.nextInt(4));
    if (random.nextBoolean()) {
      emit(0xb7, counter, 0, 0, (int) edge());
    }
    if (spilled) {
      emit(0x7b, 10, counter, slot, 0);
    }
    int start = code.size();
    boolean first = random.nextBoolean();
    int exit = first ? jump(counter) : -1;
    body(random.nextInt(2) == 0 ? depth - 1 : 0, calls);
    if (spilled) {
      emit(0x79, counter, 10, slot, 0);
    }
    emit(SUMS[random.nextInt(SUMS.length)], counter, other(), 0, step());
    if (spilled) {
      emit(0x7b, 10, counter, slot, 0);
    }
    if (first) {
      emit(0x05, 0, 0, start - code.size() - 1, 0);
      code.set(exit, code.get(exit) | ((long) (code.size() - exit - 1) & 0xFFFF) << 16);
    } else {
      int back = jump(counter);
      code.set(back, code.get(back) | ((long) (start - back - 1) & 0xFFFF) << 16);
    }
  }

  /** A loop as compilers write them; what is around it may still spoil it. */
  private void count(int depth, List<Integer> calls) {
    int counter = 6 + depth;
    boolean spilled = random.nextInt(6) == 0;
    int slot = -8 * (1 + random.nextInt(4));
    int step = 1 + random.nextInt(3);
    boolean down = random.nextInt(3) == 0;
    emit(0xb7, counter, 0, 0, down ? step * (1 + random.nextInt(20)) : random.nextInt(10));
    if (spilled) {
      emit(0x7b, 10, counter, slot, 0);
    }
    int start = code.size();
    body(depth - 1, calls);
    if (spilled) {
      emit(0x79, counter, 10, slot, 0);
    }
    emit(random.nextInt(4) == 0 ? 0x04 : 0x07, counter, 0, 0, down ? -step : step);
    if (spilled) {
      emit(0x7b, 10, counter, slot, 0);
    }
    int[] upward = {0xa5, 0xb5, 0xc5, 0xd5};
    boolean narrow = version.enableJmp32() && random.nextInt(3) == 0;
    int op = down ? (random.nextBoolean() ? 0x55 : 0x65) : upward[random.nextInt(4)];
    op += narrow ? 1 : 0;
    emit(op, counter, 0, start - code.size() - 1, down ? 0 : 5 + random.nextInt(60));
  }

  private int jump(int counter) {
    int op = JUMPS[random.nextInt(JUMPS.length)];
    boolean narrow = version.enableJmp32() && random.nextInt(3) == 0;
    emit(narrow ? op + 1 : op, counter, other(), 0, (int) edge());
    return code.size() - 1;
  }

  private void straight(List<Integer> calls) {
    for (int i = random.nextInt(4); i > 0; i--) {
      int kind = random.nextInt(emits ? 21 : 19);
      if (kind < 6) {
        int[] others = version == Version.V2 ? V2_OTHERS : OTHERS;
        int op = others[random.nextInt(others.length)];
        Operation operation = Objects.requireNonNull(Opcode.decode(version, op)).operation();
        boolean shifts = SHIFTS.contains(operation);
        int amount = shifts ? 1 + random.nextInt(31) : 1 + random.nextInt(100);
        emit(op, target(), other(), 0, amount);
      } else if (kind < 7) {
        emit(0x7a, 10, 0, -8 * (1 + random.nextInt(4)), (int) edge());
      } else if (kind < 8) {
        emit(0x7b, 10, other(), -8 * (1 + random.nextInt(4)), 0);
      } else if (kind < 9) {
        emit(0x63, 10, other(), -4 * (1 + random.nextInt(8)), 0);
      } else if (kind < 10) {
        emit(0x79, target(), 10, -8 * (1 + random.nextInt(4)), 0);
      } else if (kind < 11) {
        emit(0x7b, 9, other(), 0, 0);
      } else if (kind < 13) {
        pass();
        calls.add(code.size());
        emit(0x85, 0, 0, 0, 0);
      } else if (kind < 14) {
        emit(0x7b, 1, other(), 8 * random.nextInt(4), 0);
      } else if (kind < 15) {
        emit(0x79, target(), 1, 8 * random.nextInt(4), 0);
      } else if (kind < 17) {
        saturate(target(), other());
      } else if (kind >= 19) {
        event();
      } else {
        int skip = jump(other());
        code.set(skip, code.get(skip) | 1L << 16);
        emit(0x07, target(), 0, 0, step());
      }
    }
  }

  /** Passes an address in the own frame, in the callee's, of the input, or none. */
  private void pass() {
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        emit(0xbf, 1, 10, 0, 0);
        emit(0x07, 1, 0, 0, -8 * (1 + random.nextInt(6)));
      }
      case 2 -> {
        emit(0xbf, 1, 10, 0, 0);
        emit(0x07, 1, 0, 0, MemoryMap.frameStride(version) - 8 * (1 + random.nextInt(6)));
      }
      case 3 -> {
        emit(0xb7, 1, 0, 0, 1);
        emit(0x67, 1, 0, 0, 34);
      }
      case 4 -> emit(0xbf, 1, other(), 0, 0);
      default -> {}
    }
  }

  /** A sum, or the greatest word where it would wrap around. */
  private void saturate(int sum, int more) {
    if (random.nextBoolean()) {
      emit(0xbf, 9, sum, 0, 0);
      emit(0x0f, sum, more, 0, 0);
      emit(0x3d, sum, 9, 1, 0);
    } else {
      emit(0x07, sum, 0, 0, random.nextInt(8));
      emit(0x35, sum, 0, 1, random.nextInt(8));
    }
    emit(0xb7, sum, 0, 0, -1);
  }

  /** A register to write to: in tame programs seldom a counter. */
  private int target() {
    return 2 + random.nextInt(tame && random.nextInt(40) > 0 ? 4 : 7);
  }

  private int other() {
    return 2 + random.nextInt(7);
  }

  private int step() {
    return random.nextInt(4) == 0 ? (int) edge() : 1 + random.nextInt(8);
  }

  private long edge() {
    return EDGES[random.nextInt(EDGES.length)];
  }

  /** Emits an instruction; loads and stores by the codes that most versions have for them. */
  private void emit(int op, int dst, int src, int off, int imm) {
    Opcode usual = Opcode.decode(Version.V0, op);
    boolean moves = usual != null && (usual.family() == Family.LOAD || usual.family().stores());
    int here = usual != null && moves ? usual.code(version) : op;
    code.add(Slot.of(here, dst, src, off, imm));
  }
}

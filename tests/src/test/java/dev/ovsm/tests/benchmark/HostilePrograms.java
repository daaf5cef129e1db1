package dev.ovsm.tests.benchmark;

import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Programs as large and twisted as they come, to see what a compiler makes of them. */
final class HostilePrograms {
  private static final int LINE = 65_535;
  private static final int BRANCHES = 20_000;
  private static final int CALLS = 37_500;
  private static final Insn EXIT = new Insn(Opcode.EXIT, 0, 0, 0, 0);

  private HostilePrograms() {}

  /** The programs by what they are made of. */
  static Map<String, Program> all() {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Program> all = new LinkedHashMap<>();
    all.put("65,536 additions", program(LINE, i -> op(Opcode.ADD64_IMM, i % 6, 0, 0, 30_000L * i)));
    all.put(
        "65,536 64-bit constants",
        program(LINE, i -> op(Opcode.LDDW, i % 6, 0, 0, i * 0x9E37_79B9_7F4A_7C15L)));
    all.put("65,536 loads", program(LINE, i -> op(Opcode.LDXDW, 2 + i % 4, 1, i % 50, 0)));
    all.put(
        "20,000 jumps to one place",
        program(BRANCHES, i -> op(Opcode.JEQ64_REG, i % 10, 3, BRANCHES - i - 1, 0)));
    all.put(
        "20,000 jumps anywhere",
        program(
            BRANCHES,
            i -> op(Opcode.JSET64_REG, i % 10, i % 7, random.nextInt(BRANCHES) - i - 1, 0)));
    all.put(
        "37,500 functions",
        program(2 * CALLS, i -> i % 2 == 0 ? op(Opcode.CALL, 0, 1, 0, 1) : EXIT));
    return all;
  }

  private static Insn op(Opcode op, int dst, int src, int off, long imm) {
    return new Insn(op, dst, src, off, imm);
  }

  private static Program program(int count, IntFunction<Insn> each) {
    List<Insn> insns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      insns.add(each.apply(i));
    }
    insns.add(EXIT);
    insns.add(EXIT);
    insns.add(EXIT);
    return new Program(
        Version.V3,
        Encoder.encode(Version.V3, insns),
        MemoryMap.BYTECODE,
        0,
        new TreeMap<>(),
        new byte[0],
        MemoryMap.RODATA,
        List.of());
  }
}

package dev.ovsm.runtime.jit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.MethodSizes;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs that are large, twisted or many are compiled within bounds, and do what they should. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CompilerTest {
  private static final Insn EXIT = new Insn(Opcode.EXIT, 0, 0, 0, 0);

  private static final long BUDGET = 1_000_000;

  /** The Java VM never compiles larger methods. */
  private static final int LARGEST_METHOD = 8000;

  /** Of all class files together, however twisted the program. */
  private static final long MOST_BYTES_A_SLOT = 200;

  @Test
  void straightLines() {
    List<Insn> adds = new ArrayList<>();
    List<Insn> constants = new ArrayList<>();
    List<Insn> loads = new ArrayList<>();
    List<Insn> stores = new ArrayList<>();
    for (int i = 0; i < 65_535; i++) {
      adds.add(new Insn(Opcode.ADD64_IMM, i % 6, 0, 0, 30_000L * i));
      constants.add(new Insn(Opcode.LDDW, i % 6, 0, 0, i * 0x9E37_79B9_7F4A_7C15L));
      loads.add(new Insn(Opcode.LDXDW, 2 + i % 4, 1, i % 50, 0));
      stores.add(new Insn(Opcode.STDW, 10, 0, -8 - i % 4000, i));
    }
    for (List<Insn> insns : List.of(adds, constants, loads, stores)) {
      insns.add(EXIT);
      check(Version.V0, insns);
    }
  }

  @Test
  void branchesEverywhere() {
    SplittableRandom random = new SplittableRandom(1);
    List<Insn> forward = new ArrayList<>();
    List<Insn> backward = new ArrayList<>();
    List<Insn> anywhere = new ArrayList<>();
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      forward.add(new Insn(Opcode.JEQ64_REG, i % 10, 3, count - i - 1, 0));
      backward.add(new Insn(Opcode.JGT64_IMM, i % 10, 0, -i - 1, 1000 + i));
      anywhere.add(new Insn(Opcode.JSET64_REG, i % 10, i % 7, random.nextInt(count) - i - 1, 0));
    }
    for (List<Insn> insns : List.of(forward, backward, anywhere)) {
      insns.add(EXIT);
      check(Version.V3, insns);
    }
  }

  @Test
  void callsEverywhere() {
    List<Insn> chain = new ArrayList<>();
    List<Insn> tails = new ArrayList<>();
    int count = 37_500;
    for (int i = 0; i < count; i++) {
      chain.add(new Insn(Opcode.CALL, 0, 1, 0, 1));
      chain.add(EXIT);
      tails.add(new Insn(Opcode.CALL, 0, 1, 0, count / 2 - i));
      tails.add(new Insn(Opcode.ADD64_IMM, i % 6, 0, 0, i));
    }
    tails.add(EXIT);
    chain.add(EXIT);
    chain.add(EXIT);
    check(Version.V3, chain);
    check(Version.V3, tails);
  }

  /** Every return may be followed by a read of what the callee left, through all functions. */
  @Test
  void liveRegistersThroughManyFunctions() {
    List<Insn> insns = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      insns.add(new Insn(Opcode.JEQ64_IMM, 1, 0, 4, 7));
      insns.add(new Insn(Opcode.CALL, 0, 1, 0, 4));
      insns.add(new Insn(Opcode.ADD64_REG, 0, 2 + i % 4, 0, 0));
      insns.add(new Insn(Opcode.XOR64_REG, 6 + i % 4, 0, 0, 0));
      insns.add(new Insn(Opcode.CALLX, 6 + i % 4, 0, 0, 0));
      insns.add(EXIT);
    }
    insns.add(EXIT);
    check(Version.V3, insns);
  }

  @Test
  void classesAreUnloadedWithTheirPrograms() {
    compileMany(1000);
    long before = metaspaceAfterCollection();
    compileMany(10_000);
    assertThat(metaspaceAfterCollection() - before).isLessThan(4L << 20);
  }

  private static void compileMany(int count) {
    for (int i = 0; i < count; i++) {
      Executable executable =
          executable(Version.V3, List.of(new Insn(Opcode.MOV64_IMM, 0, 0, 0, i), EXIT));
      Memory memory = new Memory(executable, 0, new byte[0]);
      assertThat(new Jit().execute(new Vm(executable, memory, 10, "")).r0()).isEqualTo(i);
    }
  }

  private static long metaspaceAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static void check(Version version, List<Insn> insns) {
    Executable executable = executable(version, insns);
    Compiler compiler = Compiler.of(executable, true, 1, Limits.USUAL).orElseThrow();
    long bytes = 0;
    for (byte[] classFile : compiler.classFiles()) {
      bytes += classFile.length;
      assertThat(MethodSizes.of(classFile).values())
          .allSatisfy(size -> assertThat(size).isLessThan(LARGEST_METHOD));
    }
    assertThat(bytes / executable.program().slots()).isLessThan(MOST_BYTES_A_SLOT);
    Memory memory = new Memory(executable, 0, new byte[64]);
    Memory other = new Memory(executable, 0, new byte[64]);
    Outcome expected = new Interpreter().execute(new Vm(executable, other, BUDGET, ""));
    Outcome actual = new Jit().execute(new Vm(executable, memory, BUDGET, ""));
    assertThat(text(actual)).isEqualTo(text(expected));
  }

  private static String text(Outcome outcome) {
    Fault fault = outcome.fault();
    String how = fault == null ? "ok" : fault.text() + " at " + fault.pc();
    return how + " " + outcome.r0() + " " + outcome.instructions() + " " + outcome.remaining();
  }

  private static Executable executable(Version version, List<Insn> insns) {
    byte[] text = Encoder.encode(version, insns);
    long address = version.enableLowerRodataVaddr() ? MemoryMap.RODATA : MemoryMap.BYTECODE;
    return new Executable(
        new Program(
            version, text, MemoryMap.BYTECODE, 0, new TreeMap<>(), new byte[0], address, List.of()),
        SyscallTable.empty());
  }
}

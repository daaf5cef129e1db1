package dev.ovsm.tests.benchmark;

import com.sun.management.ThreadMXBean;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.syscall.SolanaSyscalls;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Program;
import dev.ovsm.tests.realvm.RealVm;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What it takes to compile programs: time, memory, and what is left when they are gone. */
final class Compilations {
  private static final int ROUNDS = 5;
  private static final int LOADS = 10_000;
  private static final double MEGABYTE = 1 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final RealVm vm;

  Compilations(RealVm vm) {
    this.vm = vm;
  }

  void print() {
    System.out.printf(
        Locale.ROOT,
        "%nCompiling, %d times%n%n%-28s %8s %10s %10s %14s%n",
        ROUNDS,
        "program",
        "slots",
        "median ms",
        "most ms",
        "allocated MB");
    SyscallTable syscalls = new SyscallTable(SolanaSyscalls.handlers(Features.MAINNET));
    Map<String, Program> programs = new LinkedHashMap<>();
    for (String name : new String[] {"token", "token-2022"}) {
      byte[] elf = vm.standardProgram(name).elf();
      LoaderConfig config = LoaderConfig.execution(syscalls.handlers().keySet());
      programs.put(name, ElfLoader.load(elf, config).program().orElseThrow());
    }
    programs.putAll(HostilePrograms.all());
    programs.forEach((name, program) -> print(name, program, syscalls));
    Program small =
        ElfLoader.load(Kernel.exit(), LoaderConfig.execution(java.util.Set.of()))
            .program()
            .orElseThrow();
    compileMany(small, syscalls, LOADS / 10);
    double before = metaspace();
    compileMany(small, syscalls, LOADS);
    System.out.printf(
        Locale.ROOT,
        "%nMetaspace after %,d loads of a program: %.1f MB, before them %.1f MB%n",
        LOADS,
        metaspace(),
        before);
  }

  private static void print(String name, Program program, SyscallTable syscalls) {
    double[] millis = new double[ROUNDS];
    double most = 0;
    long allocated = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Executable executable = new Executable(program, syscalls);
      long thread = Thread.currentThread().getId();
      long bytes = THREADS.getThreadAllocatedBytes(thread);
      long begin = System.nanoTime();
      compile(executable);
      millis[i] = (System.nanoTime() - begin) / 1e6;
      allocated = THREADS.getThreadAllocatedBytes(thread) - bytes;
      most = Math.max(most, millis[i]);
    }
    System.out.printf(
        Locale.ROOT,
        "%-28s %,8d %,10.0f %,10.0f %,14.0f%n",
        name,
        program.slots(),
        Figures.median(millis),
        most,
        allocated / MEGABYTE);
  }

  /** An execution with no budget does nothing else. */
  private static void compile(Executable executable) {
    new Jit().execute(new Vm(executable, new Memory(executable, 0, new byte[0]), 0, ""));
  }

  private static void compileMany(Program program, SyscallTable syscalls, int count) {
    for (int i = 0; i < count; i++) {
      compile(new Executable(program, syscalls));
    }
  }

  private static double metaspace() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Metaspace"))
            .map(MemoryPoolMXBean::getUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        / MEGABYTE;
  }
}

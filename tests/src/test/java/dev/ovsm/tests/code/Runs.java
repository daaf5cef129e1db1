package dev.ovsm.tests.code;

import dev.ovsm.backend.Unverified;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.ElfWriter;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.IrInterpreter;
import dev.ovsm.ir.eval.Regions;
import dev.ovsm.ir.eval.Result;
import dev.ovsm.ir.eval.Trap;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembler;
import dev.ovsm.sbpf.asm.Assembly;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs a module by its definition, and as machine code in the emulator. */
final class Runs {
  private static final long STEPS = 2_000_000;

  private Runs() {}

  /** What the module means. */
  static Meaning interpreted(Module module, byte[] input) {
    byte[] bytes = input.clone();
    List<String> logs = new ArrayList<>();
    Regions memory = new Regions();
    memory.map(IrInterpreter.INPUT, bytes, true);
    IrInterpreter interpreter =
        new IrInterpreter(
            module,
            memory,
            (name, arguments, m) -> {
              if (!name.equals("sol_log_64_")) {
                throw new Trap("no " + name);
              }
              logs.add(Meaning.numbers(arguments));
              return 0;
            });
    Result result = interpreter.run(Module.ENTRYPOINT, new long[] {IrInterpreter.INPUT}, STEPS);
    String end =
        result instanceof Result.Returned returned
            ? "result " + returned.value()
            : result instanceof Result.Failed failed
                ? "result " + failed.code()
                : result instanceof Result.Trapped ? "trap" : result.toString();
    boolean kept = result instanceof Result.Returned;
    return new Meaning(end, logs, kept ? HexFormat.of().formatHex(bytes) : "");
  }

  static byte[] elf(Module module, Version version) {
    Diagnostics diagnostics = new Diagnostics();
    Assembly assembly = Unverified.assembly(module, version, diagnostics);
    if (diagnostics.hasErrors()) {
      throw new IllegalStateException(diagnostics.list().toString());
    }
    return ElfWriter.write(
        Assembler.assemble(assembly, diagnostics)
            .orElseThrow(() -> new IllegalStateException(diagnostics.list().toString())),
        List.of());
  }

  /** What the machine code does; {@code kept} tells whether the input is part of the meaning. */
  static Meaning emulated(byte[] elf, byte[] input, boolean kept) {
    byte[] bytes = input.clone();
    List<String> logs = new ArrayList<>();
    SyscallTable syscalls = new SyscallTable(handlers(logs));
    Program program =
        ElfLoader.load(elf, LoaderConfig.execution(syscalls.handlers().keySet()))
            .program()
            .orElseThrow();
    Executable executable = new Executable(program, syscalls);
    Vm vm = new Vm(executable, new Memory(executable, 32 * 1024, bytes), 10 * STEPS, logs);
    Outcome outcome = new Interpreter().execute(vm);
    String end = outcome.fault() == null ? "result " + outcome.r0() : "trap";
    return new Meaning(end, logs, kept ? HexFormat.of().formatHex(bytes) : "");
  }

  private static SortedMap<Integer, SyscallHandler> handlers(List<String> logs) {
    SortedMap<Integer, SyscallHandler> handlers = new TreeMap<>();
    handlers.put(
        Syscall.SOL_LOG_64_.hash(),
        (vm, a, b, c, d, e) -> {
          logs.add(Meaning.numbers(List.of(a, b, c, d, e)));
          return 0;
        });
    handlers.put(
        Syscall.SOL_MEMSET_.hash(),
        (vm, target, value, bytes, d, e) -> {
          for (long i = 0; i < bytes; i++) {
            vm.memory().store(target + i, 1, value);
          }
          return 0;
        });
    handlers.put(
        Syscall.SOL_MEMMOVE_.hash(),
        (vm, target, source, bytes, d, e) -> {
          byte[] copy = new byte[(int) bytes];
          for (int i = 0; i < copy.length; i++) {
            copy[i] = (byte) vm.memory().load(source + i, 1);
          }
          for (int i = 0; i < copy.length; i++) {
            vm.memory().store(target + i, 1, copy[i]);
          }
          return 0;
        });
    return handlers;
  }
}

package dev.ovsm.runtime.trace;

import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.Vm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Interprets programs and writes a trace of every invocation into a folder, as {@code
 * SBF_TRACE_DIR} has it.
 *
 * <p>A trace is named after the first 16 digits of its SHA-256: {@code NAME.regs} holds r0..r10 and
 * the slot before each instruction, 12 little-endian words of 64 bits; {@code NAME.insns} the
 * instructions as loaded, 8 bytes each; {@code NAME.exec.sha256} the hash of the program's file;
 * {@code NAME.program_id} its address. Two equal traces are one.
 */
public final class TraceWriter implements Engine {
  private final Path folder;
  private final Programs programs;
  private final Interpreter interpreter = new Interpreter();
  private final AtomicLong begun = new AtomicLong();
  private volatile @Nullable IOException failure;

  /** Knows which programs machines run. */
  @FunctionalInterface
  public interface Programs {
    /** The program of a machine; empty if its file is not known. */
    Optional<Traced> find(Vm vm);
  }

  /**
   * A program.
   *
   * @param id its address, or null if it runs without one
   * @param elf its file
   */
  public record Traced(@Nullable String id, byte[] elf) {}

  /** Writes into a folder, which must be there. */
  public TraceWriter(Path folder, Programs programs) {
    this.folder = folder;
    this.programs = programs;
  }

  @Override
  public Outcome execute(Vm vm) {
    if (failure != null) {
      return interpreter.execute(vm);
    }
    Optional<Trace> trace = begin(vm);
    trace.ifPresent(vm::observe);
    try {
      return interpreter.execute(vm);
    } finally {
      trace.ifPresent(one -> end(one, programs.find(vm)));
    }
  }

  /** Why traces are missing; empty if all were written. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  private Optional<Trace> begin(Vm vm) {
    try {
      String name = ".ovsm-" + ProcessHandle.current().pid() + "-" + begun.getAndIncrement();
      Path registers = folder.resolve(name + ".regs.tmp");
      return Optional.of(new Trace(registers, folder.resolve(name + ".insns.tmp"), vm.program()));
    } catch (IOException e) {
      failure = e;
      return Optional.empty();
    }
  }

  private void end(Trace trace, Optional<Traced> program) {
    try {
      trace.keep(folder, program);
    } catch (IOException e) {
      failure = e;
    }
  }
}

package dev.ovsm.cli.cost;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An engine that remembers the most that each entry of one program took, what programs that it
 * called took left out; for one thread.
 */
public final class Measuring implements Engine {
  private final Engine engine;
  private final Pubkey program;
  private final @Nullable Manifest manifest;
  private final Map<String, Long> largest = new TreeMap<>();
  private long called;

  /**
   * Measures a program.
   *
   * @param engine executes it and all others
   * @param manifest names the program's entries; without one it has only its entrypoint
   */
  public Measuring(Engine engine, Pubkey program, @Nullable Manifest manifest) {
    this.engine = engine;
    this.program = program;
    this.manifest = manifest;
  }

  @Override
  public Outcome execute(Vm vm) {
    InstructionContext context = vm.context(InstructionContext.class);
    final long before = called;
    called = 0;
    Outcome outcome = engine.execute(vm);
    long units = vm.budget() - outcome.remaining();
    if (context.program().equals(program)) {
      largest.merge(entry(context.data()), units - called, Math::max);
    }
    called = before + units;
    return outcome;
  }

  /** Compute units of the largest execution of each entry that ran, by its name. */
  public Map<String, Long> largest() {
    return largest;
  }

  private String entry(byte[] data) {
    if (manifest == null || data.length < Long.BYTES) {
      return Program.ENTRYPOINT;
    }
    long selected = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return manifest.entry(selected).map(Manifest.Entry::name).orElse(Program.ENTRYPOINT);
  }
}

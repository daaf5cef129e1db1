package dev.ovsm.runtime.trace;

import dev.ovsm.runtime.trace.TraceWriter.Traced;
import dev.ovsm.runtime.vm.Observer;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Sha256;
import dev.ovsm.sbpf.Slot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The trace of one invocation while it is written; its size in memory does not grow. */
final class Trace implements Observer {
  private static final int REGISTERS = 11;
  private static final int NAME_DIGITS = 16;

  private final Path registersFile;
  private final Path instructionsFile;
  private final OutputStream registers;
  private final OutputStream instructions;
  private final byte[] text;
  private final MessageDigest hash = Sha256.digest();
  private final ByteBuffer row =
      ByteBuffer.allocate((REGISTERS + 1) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private boolean isEmpty = true;
  private @Nullable IOException failure;

  Trace(Path registersFile, Path instructionsFile, Program program) throws IOException {
    this.registersFile = registersFile;
    this.instructionsFile = instructionsFile;
    this.registers = new BufferedOutputStream(Files.newOutputStream(registersFile));
    this.instructions = new BufferedOutputStream(Files.newOutputStream(instructionsFile));
    this.text = program.text();
  }

  @Override
  public void before(long[] values, int pc) {
    int at = pc * Slot.BYTES;
    if (at >= text.length || failure != null) {
      return;
    }
    row.clear();
    for (int i = 0; i < REGISTERS; i++) {
      row.putLong(values[i]);
    }
    row.putLong(pc);
    hash.update(row.array());
    isEmpty = false;
    try {
      registers.write(row.array());
      instructions.write(text, at, Slot.BYTES);
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Gives the files their names, or takes them away if nothing was executed or writing failed. */
  void keep(Path folder, Optional<Traced> program) throws IOException {
    try (registers;
        instructions) {
      if (failure != null) {
        throw failure;
      }
    } catch (IOException e) {
      discard();
      throw e;
    }
    if (isEmpty) {
      discard();
      return;
    }
    String name = HexFormat.of().formatHex(hash.digest()).substring(0, NAME_DIGITS);
    move(registersFile, folder.resolve(name + ".regs"));
    move(instructionsFile, folder.resolve(name + ".insns"));
    if (program.isPresent()) {
      String sha256 = Sha256.hex(program.get().elf());
      Files.writeString(folder.resolve(name + ".exec.sha256"), sha256);
      String id = program.get().id();
      if (id != null) {
        Files.writeString(folder.resolve(name + ".program_id"), id);
      }
    }
  }

  private void discard() throws IOException {
    Files.deleteIfExists(registersFile);
    Files.deleteIfExists(instructionsFile);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}

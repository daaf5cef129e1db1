package dev.ovsm.cli.failure;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.elf.LineTable;
import dev.ovsm.elf.Manifest;
import dev.ovsm.elf.SectionReader;
import dev.ovsm.ir.Failure;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Blame;
import dev.ovsm.runtime.transaction.InstructionError;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.sbpf.asm.LineEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows the errors and the lines of some programs, from what their files say. */
public final class Failures {
  private final Map<Pubkey, Known> programs = new HashMap<>();

  /**
   * What a program's file says.
   *
   * @param manifest null if it has none: then its errors may mean anything
   */
  private record Known(byte[] elf, LineTable lines, @Nullable Manifest manifest) {}

  /** Of several files for one address, none is known to be the one that failed. */
  public Failures(List<RunnableProgram> all) {
    for (RunnableProgram one : all) {
      Known before = programs.get(one.id());
      boolean differs = before != null && !Arrays.equals(before.elf, one.elf());
      Manifest manifest = differs ? null : one.manifest();
      LineTable lines = differs ? new LineTable(List.of()) : lines(one.elf());
      programs.put(one.id(), new Known(one.elf(), lines, manifest));
    }
  }

  /** What is known of a program by its file alone. */
  public static Told of(byte[] elf, Blame blame, @Nullable Long code) {
    Manifest manifest = new SectionReader(elf).manifest(new Diagnostics()).orElse(null);
    return tell(new Known(elf, lines(elf), manifest), blame, code);
  }

  /** What the file of the program says that failed, if it is one of these. */
  public static Optional<Told> tell(
      Map<Pubkey, byte[]> elves, Blame blame, TransactionError error) {
    return Optional.ofNullable(elves.get(blame.program()))
        .map(elf -> of(elf, blame, code(error)))
        .filter(told -> !told.words().isEmpty());
  }

  /** What can be said of a transaction that failed. */
  public Optional<Told> tell(Blame blame, TransactionError error) {
    return Optional.ofNullable(programs.get(blame.program()))
        .map(known -> tell(known, blame, code(error)))
        .filter(told -> !told.words().isEmpty());
  }

  private static @Nullable Long code(TransactionError error) {
    return error instanceof TransactionError.InstructionFailed failed
            && failed.error() instanceof InstructionError.Custom custom
        ? Long.valueOf(Integer.toUnsignedLong(custom.code()))
        : null;
  }

  private static Told tell(Known known, Blame blame, @Nullable Long code) {
    Manifest manifest = known.manifest;
    String name = "";
    String text = "";
    if (code != null && manifest != null) {
      for (Failure failure : Failure.values()) {
        text = failure.code() == code ? failure.text() : text;
      }
      for (Manifest.Failing own : manifest.errors()) {
        if (own.code() == code) {
          name = own.name();
          text = own.text();
        }
      }
    }
    return new Told(place(known.lines, blame), code, name, text);
  }

  /**
   * Code that failures of several places share belongs to none of them, but the jump to it does.
   */
  private static @Nullable LineEntry place(LineTable lines, Blame blame) {
    List<Optional<LineEntry>> ways = blame.ways().stream().map(lines::find).toList();
    boolean shared =
        ways.stream().map(way -> way.map(LineEntry::place).orElse("")).distinct().count() > 1;
    return (shared ? ways.get(0) : lines.find(blame.pc())).orElse(null);
  }

  private static LineTable lines(byte[] elf) {
    return new SectionReader(elf).lines(new Diagnostics());
  }
}

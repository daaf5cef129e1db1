package dev.ovsm.cli.failure;

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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the files of programs say of their failures. */
public final class Failures {
  private Failures() {}

  /**
   * What can be said of a transaction that failed.
   *
   * @param files the file that a program has when it fails, if it is known
   */
  public static Optional<Told> tell(
      Function<Pubkey, Optional<byte[]>> files, Blame blame, TransactionError error) {
    return files
        .apply(blame.program())
        .map(elf -> of(elf, blame, code(error)))
        .filter(told -> !told.words().isEmpty());
  }

  /**
   * What a program's file says.
   *
   * @param code what it returned, or null if it did not end by itself
   */
  public static Told of(byte[] elf, Blame blame, @Nullable Long code) {
    SectionReader sections = new SectionReader(elf);
    Manifest manifest = sections.manifest(new Diagnostics()).orElse(null);
    LineEntry place = place(sections.lines(new Diagnostics()), blame);
    // Without a manifest, an error may mean anything.
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
    return new Told(place, code, name, text);
  }

  private static @Nullable Long code(TransactionError error) {
    return error instanceof TransactionError.InstructionFailed failed
            && failed.error() instanceof InstructionError.Custom custom
        ? Long.valueOf(Integer.toUnsignedLong(custom.code()))
        : null;
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
}

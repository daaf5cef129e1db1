package dev.ovsm.sbpf.asm;

import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program in symbolic form: what the backend makes, and what assembly text says.
 *
 * @param entry the label where execution begins
 * @param data read-only data in the order of its layout
 * @param sections sections of the file that are not loaded
 * @param image if present, the bytes of the file around the code; nothing is laid out then
 */
public record Assembly(
    Version version,
    String entry,
    List<Item> items,
    List<Data> data,
    List<Section> sections,
    Optional<Image> image) {
  public Assembly {
    items = List.copyOf(items);
    data = List.copyOf(data);
    sections = List.copyOf(sections);
  }

  /** Code and data that begin at the usual label, in a file that is still to be laid out. */
  public static Assembly of(Version version, List<Item> items, List<Data> data) {
    return new Assembly(version, Program.ENTRYPOINT, items, data, List.of(), Optional.empty());
  }

  /** Whether a label names a place inside a function and not a function. */
  public static boolean isLocal(String label) {
    return label.startsWith(".");
  }

  /** One line of code. */
  public sealed interface Item permits Label, Code, RawSlot, Place {}

  /** A name for the next instruction; if it is not {@link #isLocal local}, of a function. */
  public record Label(String name, Span span) implements Item {}

  /**
   * An instruction; a reference replaces its {@code off} in jumps, its {@code imm} in calls and
   * {@code lddw}.
   */
  public record Code(Insn insn, @Nullable Reference reference, Span span) implements Item {}

  /** Eight bytes as they are, for what no instruction is written as. */
  public record RawSlot(long bits, Span span) implements Item {}

  /** The place in a source that the instructions from here on stand for; line 0 for none. */
  public record Place(String file, int line, int column) implements Item {}

  /** Read-only bytes at a multiple of {@code align}: 1, 2, 4 or 8. */
  public record Data(String name, byte[] bytes, int align, Span span) {}

  /** A section that is in the file and not in memory. */
  public record Section(String name, byte[] bytes) {}

  /** What comes before and after the code in a file. */
  public record Image(byte[] before, byte[] after) {}
}

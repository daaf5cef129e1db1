package dev.ovsm.sbpf.asm;

import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Prints an {@link Assembly} as the text that {@link AssemblyParser} reads. */
public final class AssemblyPrinter {
  private final Assembly assembly;
  private final Remarks remarks;
  private final StringBuilder out = new StringBuilder();
  private final Map<String, Integer> files = new LinkedHashMap<>();

  private AssemblyPrinter(Assembly assembly, Remarks remarks) {
    this.assembly = assembly;
    this.remarks = remarks;
  }

  /** Comments for people, which the parser drops. */
  public interface Remarks {
    /** Nothing to say. */
    Remarks NONE = new Remarks() {};

    /** Lines above the instruction in a slot. */
    default List<String> above(int pc) {
      return List.of();
    }

    /** Words beside the instruction in a slot; empty for none. */
    default String beside(int pc) {
      return "";
    }
  }

  /** The text, each line ended by {@code \n}. */
  public static String print(Assembly assembly) {
    return print(assembly, Remarks.NONE);
  }

  /** The text with comments. */
  public static String print(Assembly assembly, Remarks remarks) {
    return new AssemblyPrinter(assembly, remarks).print();
  }

  /** One instruction; jumps and calls show distances. */
  public static String print(Version version, Insn insn) {
    return InsnPrinter.print(version, insn, null);
  }

  private String print() {
    out.append(".sbpf ").append(assembly.version().word()).append('\n');
    if (!assembly.entry().equals(Program.ENTRYPOINT)) {
      out.append(".entry ").append(Names.label(assembly.entry())).append('\n');
    }
    for (Assembly.Item item : assembly.items()) {
      if (item instanceof Assembly.Place place && place.line() > 0) {
        files.putIfAbsent(place.file(), files.size() + 1);
      }
    }
    files.forEach(
        (path, number) ->
            out.append(".file ")
                .append(number)
                .append(' ')
                .append(Names.quoted(path))
                .append('\n'));
    Optional<Assembly.Image> image = assembly.image();
    image.ifPresent(around -> raw(around.before()));
    data();
    for (Assembly.Section section : assembly.sections()) {
      out.append("\n.section ").append(Names.label(section.name())).append('\n');
      ByteText.print(out, section.bytes());
    }
    code();
    image.ifPresent(around -> raw(around.after()));
    return out.toString();
  }

  private void raw(byte[] bytes) {
    out.append("\n.raw\n");
    ByteText.print(out, bytes);
  }

  private void data() {
    if (!assembly.data().isEmpty()) {
      out.append("\n.rodata\n");
    }
    for (Assembly.Data data : assembly.data()) {
      if (data.align() != 1) {
        out.append(".align ").append(data.align()).append('\n');
      }
      out.append(Names.label(data.name())).append(":\n");
      ByteText.print(out, data.bytes());
    }
  }

  private void code() {
    out.append("\n.text\n");
    int pc = 0;
    for (Assembly.Item item : assembly.items()) {
      if (item instanceof Assembly.Label label) {
        if (!Assembly.isLocal(label.name()) && pc > 0) {
          out.append('\n');
        }
        out.append(Names.label(label.name())).append(":\n");
      } else if (item instanceof Assembly.Place place) {
        place(place);
      } else if (item instanceof Assembly.Code code) {
        line(pc, InsnPrinter.print(assembly.version(), code.insn(), code.reference()));
        pc += code.insn().op().slots();
      } else if (item instanceof Assembly.RawSlot slot) {
        line(pc, ".slot " + String.format(Locale.ROOT, "0x%016x", slot.bits()));
        pc++;
      }
    }
  }

  private void place(Assembly.Place place) {
    out.append("    .loc ");
    if (place.line() == 0) {
      out.append("none\n");
    } else {
      out.append(files.get(place.file())).append(' ').append(place.line()).append(' ');
      out.append(place.column()).append('\n');
    }
  }

  private void line(int pc, String text) {
    for (String above : remarks.above(pc)) {
      out.append("    ; ").append(Names.oneLine(above)).append('\n');
    }
    out.append("    ").append(text);
    String beside = remarks.beside(pc);
    if (!beside.isEmpty()) {
      out.append(" ".repeat(Math.max(1, 32 - text.length()))).append("; ");
      out.append(Names.oneLine(beside));
    }
    out.append('\n');
  }
}

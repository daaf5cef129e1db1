package dev.ovsm.elf;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.AssemblyPrinter;
import dev.ovsm.sbpf.asm.LineEntry;
import dev.ovsm.sbpf.asm.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A program file as assembly; assembling its text gives the same bytes again.
 *
 * <p>A file that {@link ElfWriter} laid out becomes code, data and sections with their names; of
 * any other file the code becomes instructions and the rest bytes.
 */
public final class Disassembly {
  private static final int SHORTEST_QUOTE = 4;
  private static final int LONGEST_QUOTE = 24;
  private static final int LONGEST_REMARK = 200;

  private final Assembly assembly;
  private final LineTable lines;

  private Disassembly(Assembly assembly, LineTable lines) {
    this.assembly = assembly;
    this.lines = lines;
  }

  /** Gives the text of source lines, to be shown above the code that stands for them. */
  public interface SourceLines {
    /** No text is to be had. */
    SourceLines NONE = (file, line) -> Optional.empty();

    /** The text of a line, from 1; empty if it cannot be had. */
    Optional<String> find(String file, int line);
  }

  /**
   * The disassembly of a file; nothing, with a diagnostic, if no code can be found in it.
   *
   * @param name of the file, for people
   */
  public static Optional<Disassembly> of(String name, byte[] elf, Diagnostics diagnostics) {
    Optional<FileParts> parts = FileParts.of(elf);
    if (parts.isEmpty()) {
      diagnostics.add(noCode(name, elf));
      return Optional.empty();
    }
    Assembly assembly = LaidOutReader.read(parts.get()).orElseGet(() -> image(parts.get()));
    return Optional.of(new Disassembly(assembly, new SectionReader(elf).lines(new Diagnostics())));
  }

  /** What {@link #text} prints, as records. */
  public Assembly assembly() {
    return assembly;
  }

  /**
   * The assembly text; comments name the lines of the source above the code that stands for them,
   * and the slots of the instructions beside these.
   */
  public String text(SourceLines sources) {
    Map<Integer, String> quotes = quotes();
    Map<Integer, String> places = places(sources);
    return AssemblyPrinter.print(
        assembly,
        new AssemblyPrinter.Remarks() {
          @Override
          public List<String> above(int pc) {
            String place = places.get(pc);
            return place == null ? List.of() : List.of(place);
          }

          @Override
          public String beside(int pc) {
            String words = quotes.getOrDefault(pc, "");
            return words.isEmpty() ? Integer.toString(pc) : pc + " " + words;
          }
        });
  }

  /** The beginnings of texts whose addresses are loaded, by slot. */
  private Map<Integer, String> quotes() {
    Map<Integer, String> quotes = new TreeMap<>();
    if (assembly.data().isEmpty()) {
      return quotes;
    }
    Assembly.Data data = assembly.data().get(0);
    int pc = 0;
    for (Assembly.Item item : assembly.items()) {
      if (item instanceof Assembly.Code code) {
        Reference reference = code.reference();
        if (reference != null && reference.name().equals(data.name())) {
          quotes.put(pc, quote(data.bytes(), (int) reference.addend()));
        }
        pc += code.insn().op().slots();
      } else if (item instanceof Assembly.RawSlot) {
        pc++;
      }
    }
    return quotes;
  }

  /** A few ASCII characters in quotes; nothing if there are hardly any. */
  private static String quote(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length
        && end < start + LONGEST_QUOTE
        && bytes[end] >= ' '
        && bytes[end] < 127) {
      end++;
    }
    return end - start < SHORTEST_QUOTE
        ? ""
        : '"' + new String(bytes, start, end - start, StandardCharsets.US_ASCII) + '"';
  }

  /** The lines of the source, by the slot where code for another one begins. */
  private Map<Integer, String> places(SourceLines sources) {
    Map<Integer, String> places = new TreeMap<>();
    LineEntry last = new LineEntry(0, "", 0, 0);
    for (LineEntry entry : lines.entries()) {
      boolean isNews = entry.line() != last.line() || !entry.file().equals(last.file());
      if (entry.line() > 0 && isNews) {
        String place = clip(entry.file()) + ":" + entry.line();
        Optional<String> text = sources.find(entry.file(), entry.line());
        places.put(entry.pc(), text.map(line -> place + ": " + clip(line.strip())).orElse(place));
      }
      last = entry;
    }
    return places;
  }

  /** The beginning of a text that a file may have made long. */
  private static String clip(String text) {
    return text.length() <= LONGEST_REMARK ? text : text.substring(0, LONGEST_REMARK) + "…";
  }

  private static Assembly image(FileParts parts) {
    byte[] elf = parts.elf();
    int end = parts.codeAt() + parts.codeBytes();
    ItemReader code =
        new ItemReader(
            parts.version(),
            parts.code(),
            new SectionReader(elf).functions(),
            parts.imports(),
            Disassembly::noName);
    if (code.isStart(parts.entryPc())) {
      code.label(parts.entryPc(), ".entry_");
    }
    Assembly.Image around =
        new Assembly.Image(
            Arrays.copyOf(elf, parts.codeAt()), Arrays.copyOfRange(elf, end, elf.length));
    return new Assembly(
        parts.version(),
        "entrypoint",
        code.items(List.of()),
        List.of(),
        List.of(),
        Optional.of(around));
  }

  /** In a file whose layout is kept as bytes addresses stay numbers. */
  private static @Nullable Reference noName(long address, ItemReader code) {
    return null;
  }

  private static Diagnostic noCode(String name, byte[] elf) {
    if (!FileParts.isElf(new View(elf))) {
      return Listing.notAnElf(name);
    }
    String reason =
        ElfLoader.load(elf, LoaderConfig.execution(Set.of()))
            .error()
            .map(ElfError::text)
            .orElse("no section and no segment holds code");
    return Diagnostic.in(name, ObjectCode.NOT_LOADABLE, reason)
        .withNote("no code was found in the file")
        .withHelp("compile the program again");
  }
}

package dev.ovsm.sbpf.asm;

import dev.ovsm.diag.ObjectCode;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has been read of an assembly text so far, and the part of the file that is being read. */
final class AssemblyParts {
  /** The parts of a text; each begins with a directive. */
  enum Part {
    TEXT,
    RODATA,
    SECTION,
    RAW
  }

  private static final int MOST_WARNINGS = 20;

  private final boolean isVersionGiven;
  private Version version;
  private String entry = Program.ENTRYPOINT;
  private final List<Assembly.Item> items = new ArrayList<>();
  private final List<Assembly.Data> data = new ArrayList<>();
  private final List<Assembly.Section> sections = new ArrayList<>();
  private final Map<Long, String> files = new TreeMap<>();
  private Part part = Part.TEXT;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable Token name;
  private Span nameSpan = Span.none();
  private int align = 1;
  private boolean isImage;
  private boolean isLayout;
  private final ByteArrayOutputStream before = new ByteArrayOutputStream();
  private final ByteArrayOutputStream after = new ByteArrayOutputStream();
  private final Set<String> unknownSyscalls = new TreeSet<>();

  AssemblyParts(@Nullable Version version) {
    this.isVersionGiven = version != null;
    this.version = version == null ? Version.V0 : version;
  }

  Version version() {
    return version;
  }

  /** Sets the version that the text names, unless another one was given. */
  void version(Version named) {
    if (!isVersionGiven) {
      version = named;
    }
  }

  boolean hasCode() {
    return !items.isEmpty();
  }

  void entry(String label) {
    entry = label;
  }

  void file(long number, String path) {
    files.put(number, path);
  }

  Optional<String> file(long number) {
    return Optional.ofNullable(files.get(number));
  }

  /** Aligns the data that the next label begins; what stands before it is complete. */
  void align(int alignment) {
    if (part == Part.RODATA) {
      end();
    }
    align = alignment;
  }

  /** Whether a syscall's name that nobody knows is worth a word: it is new, and not one of many. */
  boolean isNews(String syscall) {
    return unknownSyscalls.size() < MOST_WARNINGS && unknownSyscalls.add(syscall);
  }

  /** Ends the part that is being read and begins another. */
  void begin(LineCursor line, Token directive, Part next, @Nullable Token section) {
    boolean givesBytes = next == Part.RAW;
    boolean isLaidOut = next == Part.RODATA || next == Part.SECTION;
    if ((givesBytes && isLayout) || (isLaidOut && isImage)) {
      line.fail(
          directive,
          ObjectCode.BAD_DIRECTIVE,
          ".raw gives the file's bytes and cannot stand beside .rodata and .section",
          "give all of the file around the code with .raw, or nothing");
      return;
    }
    end();
    part = next;
    name = section;
    isImage |= givesBytes;
    isLayout |= isLaidOut;
  }

  void label(LineCursor line, Token label) {
    switch (part) {
      case TEXT -> items.add(new Assembly.Label(label.text(), line.span(label)));
      case RODATA -> {
        end();
        name = label;
        nameSpan = line.span(label);
      }
      case SECTION, RAW ->
          line.fail(
              label,
              ObjectCode.BAD_DIRECTIVE,
              "there are no labels in this part of the file",
              "put .text before code and .rodata before data");
    }
  }

  void code(LineCursor line, Assembly.Item item) {
    if (part == Part.TEXT) {
      items.add(item);
    } else {
      line.fail(
          line.peek(),
          ObjectCode.BAD_DIRECTIVE,
          "instructions stand in .text, which is over here",
          "put .text before this line");
    }
  }

  void bytes(LineCursor line, Token directive, byte[] more) {
    boolean isNamed = part == Part.RAW || name != null;
    if (part == Part.TEXT || !isNamed) {
      line.fail(
          directive,
          ObjectCode.BAD_DIRECTIVE,
          part == Part.TEXT ? "bytes cannot stand in .text" : "these bytes need a label",
          part == Part.TEXT
              ? "put .rodata and a label before data, or write eight bytes of code with .slot"
              : "put a name and a colon before them");
    } else {
      bytes.writeBytes(more);
    }
  }

  Assembly build() {
    end();
    Optional<Assembly.Image> image =
        isImage
            ? Optional.of(new Assembly.Image(before.toByteArray(), after.toByteArray()))
            : Optional.empty();
    return new Assembly(version, entry, items, data, sections, image);
  }

  private void end() {
    byte[] all = bytes.toByteArray();
    bytes = new ByteArrayOutputStream();
    switch (part) {
      case TEXT -> {}
      case RODATA -> {
        if (name != null) {
          data.add(new Assembly.Data(name.text(), all, align, nameSpan));
          align = 1;
        }
      }
      case SECTION -> {
        if (name != null) {
          sections.add(new Assembly.Section(name.text(), all));
        }
      }
      case RAW -> {
        if (items.isEmpty()) {
          before.writeBytes(all);
        } else {
          after.writeBytes(all);
        }
      }
    }
    name = null;
  }
}

package dev.ovsm.elf;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.FunctionSymbol;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that {@link ElfWriter} wrote back into the assembly it was written from, all but the
 * names of data and of places inside functions.
 */
final class LaidOutReader {
  /** Sections that the writer makes itself; all others are extras. */
  private static final Set<String> MADE =
      Set.of(
          "",
          ".text",
          ".rodata",
          ".dynamic",
          ".dynsym",
          ".dynstr",
          ".rel.dyn",
          LineTable.SECTION,
          ".symtab",
          ".strtab",
          ".shstrtab");

  private final FileParts parts;
  private final SectionReader sections;
  private final byte[] data;
  private final long dataAddress;
  private String dataName = "rodata";

  private LaidOutReader(FileParts parts) {
    this.parts = parts;
    this.sections = new SectionReader(parts.elf());
    boolean isStrict = parts.version().enableStricterElfHeaders();
    int dataAt = isStrict ? dataStart(parts) : parts.codeAt() + parts.codeBytes();
    this.data =
        isStrict
            ? Arrays.copyOfRange(parts.elf(), dataAt, parts.codeAt())
            : sections.section(".rodata").orElse(new byte[0]);
    this.dataAddress = isStrict ? MemoryMap.RODATA : MemoryMap.BYTECODE + dataAt;
  }

  /** The assembly of a file; empty if assembling it would not give the file's bytes. */
  static Optional<Assembly> read(FileParts parts) {
    if (!ElfWriter.writes(parts.version())) {
      return Optional.empty();
    }
    Assembly assembly = new LaidOutReader(parts).read();
    return AssemblyFile.assemble(assembly, new Diagnostics())
        .filter(bytes -> Arrays.equals(bytes, parts.elf()))
        .map(same -> assembly);
  }

  private Assembly read() {
    List<FunctionSymbol> functions = sections.functions();
    ItemReader code =
        new ItemReader(
            parts.version(), parts.code(), functions, parts.imports(), this::addressName);
    dataName = code.unique(dataName);
    String entry =
        functions.stream()
            .filter(function -> function.pc() == parts.entryPc())
            .map(FunctionSymbol::name)
            .filter(Program.ENTRYPOINT::equals)
            .findFirst()
            .orElseGet(() -> code.label(parts.entryPc(), ".entry_"));
    List<Assembly.Item> items = code.items(sections.lines(new Diagnostics()).entries());
    List<Assembly.Data> all =
        data.length == 0 ? List.of() : List.of(new Assembly.Data(dataName, data, 1, Span.none()));
    return new Assembly(parts.version(), entry, items, all, extras(), Optional.empty());
  }

  /** Where the data of a file of version 3 begins: right after the headers. */
  private static int dataStart(FileParts parts) {
    int headers = new View(parts.elf()).u16(56);
    int end = ElfFormat.EHDR_BYTES + headers * ElfFormat.PHDR_BYTES;
    return Math.min(end, parts.codeAt());
  }

  private List<Assembly.Section> extras() {
    List<Assembly.Section> extras = new ArrayList<>();
    for (String name : sections.names()) {
      if (!MADE.contains(name)) {
        sections.section(name).ifPresent(bytes -> extras.add(new Assembly.Section(name, bytes)));
      }
    }
    return extras;
  }

  private @Nullable Reference addressName(long address, ItemReader code) {
    long inData = address - dataAddress;
    if (inData >= 0 && inData < data.length) {
      return Reference.to(dataName, inData);
    }
    long inCode = address - parts.codeAddress();
    if (inCode >= 0 && inCode % Slot.BYTES == 0 && code.isStart(inCode / Slot.BYTES)) {
      return Reference.to(code.label((int) (inCode / Slot.BYTES), ".function_"));
    }
    return null;
  }
}

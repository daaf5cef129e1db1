package dev.ovsm.elf;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.sbpf.FunctionSymbol;
import dev.ovsm.sbpf.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what is in a file only for people and tools: manifest, line table, names of functions.
 *
 * <p>A file need not load for that. What a file does not have reads as empty; what is damaged gets
 * a diagnostic.
 */
public final class SectionReader {
  /** In bytes; longer names are cut, so that reading names stays linear in the file's size. */
  private static final int LONGEST_NAME = 255;

  private final View file;
  private final List<SectionHeader> headers;

  /** Finds the sections of a file; there are none if its header makes no sense. */
  public SectionReader(byte[] elf) {
    this.file = new View(elf);
    this.headers = headers();
  }

  /** The bytes of the first section of a name. */
  public Optional<byte[]> section(String name) {
    return find(name).map(this::bytes);
  }

  public Optional<Manifest> manifest(Diagnostics diagnostics) {
    return decode(Manifest.SECTION, Manifest::decode, diagnostics);
  }

  /** The line table; empty if there is none. */
  public LineTable lines(Diagnostics diagnostics) {
    return decode(LineTable.SECTION, LineTable::decode, diagnostics)
        .orElseGet(() -> new LineTable(List.of()));
  }

  /** The functions that the symbol table names, ascending by slot. */
  public List<FunctionSymbol> functions() {
    Optional<SectionHeader> table = find(".symtab");
    Optional<SectionHeader> names = find(".strtab");
    Optional<SectionHeader> text = find(".text");
    List<FunctionSymbol> functions = new ArrayList<>();
    if (table.isEmpty() || names.isEmpty() || text.isEmpty()) {
      return functions;
    }
    SectionHeader code = text.get();
    for (long at = table.get().offset();
        at + ElfFormat.SYM_BYTES <= table.get().offset() + table.get().size();
        at += ElfFormat.SYM_BYTES) {
      Symbol symbol = Symbol.read(file, at);
      if (symbol.isFunction() && code.holdsAddress(symbol.value())) {
        int pc = (int) ((symbol.value() - code.address()) / Slot.BYTES);
        long most = (code.size() - (symbol.value() - code.address())) / Slot.BYTES;
        int slots = (int) Math.min(Long.divideUnsigned(symbol.size(), Slot.BYTES), most);
        functions.add(new FunctionSymbol(name(names.get(), symbol.name()), pc, slots));
      }
    }
    functions.sort(Comparator.comparingInt(FunctionSymbol::pc));
    return functions;
  }

  private <T> Optional<T> decode(
      String name, Function<byte[], Optional<T>> decoder, Diagnostics diagnostics) {
    Optional<byte[]> section = section(name);
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value = decoder.apply(section.get());
    if (value.isEmpty()) {
      diagnostics.add(
          Diagnostic.in("section " + name, ObjectCode.BAD_SECTION, "the section is damaged")
              .withHelp("compile the program again"));
    }
    return value;
  }

  /** All sections, in the order of the table. */
  List<SectionHeader> all() {
    return headers;
  }

  /** The names of all sections, in the order of the table. */
  List<String> names() {
    return headers.isEmpty()
        ? List.of()
        : headers.stream().map(header -> name(headers.get(file.u16(62)), header.name())).toList();
  }

  Optional<SectionHeader> find(String name) {
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    SectionHeader names = headers.get(file.u16(62));
    return headers.stream()
        .filter(header -> header.type() != ElfFormat.SHT_NULL && header.hasBytes())
        .filter(header -> name(names, header.name()).equals(name))
        .findFirst();
  }

  private byte[] bytes(SectionHeader header) {
    int start = (int) header.offset();
    return Arrays.copyOfRange(file.bytes(), start, start + (int) header.size());
  }

  /** The name at an offset of a string table; empty if it begins outside. */
  private String name(SectionHeader table, long offset) {
    if (Long.compareUnsigned(offset, table.size()) >= 0) {
      return "";
    }
    int start = (int) (table.offset() + offset);
    int end = (int) Math.min(table.offset() + table.size(), (long) start + LONGEST_NAME);
    int at = start;
    while (at < end && file.u8(at) != 0) {
      at++;
    }
    return new String(file.bytes(), start, at - start, StandardCharsets.UTF_8);
  }

  /** The headers of the sections that lie inside the file; all of them, or none. */
  private List<SectionHeader> headers() {
    if (file.length() < ElfFormat.EHDR_BYTES || file.u32(0) != 0x464C_457F) {
      return List.of();
    }
    long start = file.u64(40);
    int count = file.u16(60);
    long size = (long) count * ElfFormat.SHDR_BYTES;
    boolean isTable =
        file.u16(58) == ElfFormat.SHDR_BYTES
            && file.u16(62) < count
            && file.holds(start, View.saturatingSum(start, size));
    if (!isTable) {
      return List.of();
    }
    List<SectionHeader> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SectionHeader header = SectionHeader.read(file, start + (long) i * ElfFormat.SHDR_BYTES);
      if (!file.holds(header.fileStart(), header.fileEnd())) {
        return List.of();
      }
      found.add(header);
    }
    return found;
  }
}

package dev.ovsm.elf;

import static dev.ovsm.elf.ElfFormat.DYN_BYTES;
import static dev.ovsm.elf.ElfFormat.EHDR_BYTES;
import static dev.ovsm.elf.ElfFormat.PHDR_BYTES;
import static dev.ovsm.elf.ElfFormat.REL_BYTES;
import static dev.ovsm.elf.ElfFormat.SHDR_BYTES;
import static dev.ovsm.elf.ElfFormat.SYM_BYTES;

import dev.ovsm.sbpf.Utf8Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a file of version 0 to 2, as the reference loader's parser accepts them; every
 * header that is kept lies inside the file.
 *
 * <p>Checks come in the parser's order, since the first that fails is the answer.
 */
final class ParsedElf {
  private static final int LONGEST_SECTION_NAME = 16;
  private static final int LONGEST_SYMBOL_NAME = 64;
  private static final int DYNAMIC_TAGS = 35;

  private final View file;
  private final List<SegmentHeader> segments = new ArrayList<>();
  private final List<SectionHeader> sections = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final long[] dynamic = new long[DYNAMIC_TAGS];
  private @Nullable SectionHeader dynamicNames;
  private long relocationsAt;
  private int relocationCount;
  private long symbolsAt;
  private int symbolCount;

  private ParsedElf(View file) {
    this.file = file;
  }

  static ParsedElf parse(View file) throws Refusal {
    ParsedElf elf = new ParsedElf(file);
    elf.parseHeaders();
    elf.checkSegments();
    elf.checkSections();
    elf.parseNames();
    elf.parseDynamic();
    return elf;
  }

  List<SectionHeader> sections() {
    return sections;
  }

  /** The name of a section, its bytes as Latin-1 characters. */
  String name(int section) {
    return names.get(section);
  }

  int relocationCount() {
    return relocationCount;
  }

  /** Where a relocation applies, as an offset in the file. */
  long relocationOffset(int index) {
    return file.u64(relocationsAt + (long) index * REL_BYTES);
  }

  /** A relocation's type in the low half, its symbol in the high half. */
  long relocationInfo(int index) {
    return file.u64(relocationsAt + (long) index * REL_BYTES + 8);
  }

  /** A dynamic symbol by its index, 0..2^32-1. */
  Symbol symbol(long index) throws Refusal {
    if (index >= symbolCount) {
      throw Refusal.unknownSymbol(index);
    }
    return Symbol.read(file, symbolsAt + index * SYM_BYTES);
  }

  /** The name of a dynamic symbol, its bytes as Latin-1 characters. */
  String symbolName(long offset) throws Refusal {
    if (dynamicNames == null) {
      throw Refusal.failedToParse("no dynamic string table");
    }
    return string(dynamicNames, offset, LONGEST_SYMBOL_NAME);
  }

  private void parseHeaders() throws Refusal {
    if (file.length() < EHDR_BYTES) {
      throw Refusal.outOfBounds();
    }
    boolean isSane =
        file.u32(0) == 0x464C_457F
            && file.u8(4) == 2
            && file.u8(5) == 1
            && file.u8(6) == 1
            && file.u32(20) == 1
            && file.u16(52) == EHDR_BYTES
            && file.u16(54) == PHDR_BYTES
            && file.u16(58) == SHDR_BYTES
            && file.u16(62) < file.u16(60);
    if (!isSane) {
      throw Refusal.invalidFileHeader();
    }
    long segmentsAt = file.u64(32);
    long segmentsEnd = View.sum((long) file.u16(56) * PHDR_BYTES, segmentsAt);
    checkApart(0, EHDR_BYTES, segmentsAt, segmentsEnd);
    int segmentCount = file.items(segmentsAt, segmentsEnd, PHDR_BYTES);
    long sectionsAt = file.u64(40);
    long sectionsEnd = View.sum((long) file.u16(60) * SHDR_BYTES, sectionsAt);
    checkApart(0, EHDR_BYTES, sectionsAt, sectionsEnd);
    checkApart(segmentsAt, segmentsEnd, sectionsAt, sectionsEnd);
    int sectionCount = file.items(sectionsAt, sectionsEnd, SHDR_BYTES);
    for (int i = 0; i < segmentCount; i++) {
      segments.add(SegmentHeader.read(file, segmentsAt + (long) i * PHDR_BYTES));
    }
    for (int i = 0; i < sectionCount; i++) {
      sections.add(SectionHeader.read(file, sectionsAt + (long) i * SHDR_BYTES));
    }
    if (sections.isEmpty() || sections.get(0).type() != ElfFormat.SHT_NULL) {
      throw Refusal.invalidSectionHeader();
    }
  }

  private void checkSegments() throws Refusal {
    long last = 0;
    for (SegmentHeader segment : segments) {
      if (segment.type() != ElfFormat.PT_LOAD) {
        continue;
      }
      if (Long.compareUnsigned(segment.vaddr(), last) < 0) {
        throw Refusal.invalidProgramHeader();
      }
      long end = View.sum(segment.offset(), segment.fileBytes());
      if (Long.compareUnsigned(end, file.length()) > 0) {
        throw Refusal.outOfBounds();
      }
      last = segment.vaddr();
    }
  }

  private void checkSections() throws Refusal {
    long segmentsAt = file.u64(32);
    long segmentsEnd = segmentsAt + (long) segments.size() * PHDR_BYTES;
    long sectionsAt = file.u64(40);
    long sectionsEnd = sectionsAt + (long) sections.size() * SHDR_BYTES;
    long last = 0;
    for (SectionHeader section : sections) {
      if (!section.hasBytes()) {
        continue;
      }
      long start = section.offset();
      long end = View.sum(start, section.size());
      checkApart(start, end, 0, EHDR_BYTES);
      checkApart(start, end, segmentsAt, segmentsEnd);
      checkApart(start, end, sectionsAt, sectionsEnd);
      if (Long.compareUnsigned(start, last) < 0) {
        throw Refusal.failedToParse("sections not in ascending order");
      }
      last = end;
      if (Long.compareUnsigned(end, file.length()) > 0) {
        throw Refusal.outOfBounds();
      }
    }
  }

  private void parseNames() throws Refusal {
    int table = file.u16(62);
    if (table == 0) {
      throw Refusal.failedToParse("no section name string table found");
    }
    boolean hasSymbols = false;
    boolean hasSymbolNames = false;
    for (SectionHeader section : sections) {
      String name = string(sections.get(table), section.name(), LONGEST_SECTION_NAME);
      names.add(name);
      boolean repeated = false;
      switch (name) {
        case ".symtab" -> {
          repeated = hasSymbols;
          hasSymbols = true;
        }
        case ".strtab" -> {
          repeated = hasSymbolNames;
          hasSymbolNames = true;
        }
        case ".dynstr" -> {
          repeated = dynamicNames != null;
          dynamicNames = section;
        }
        default -> {}
      }
      if (repeated) {
        throw Refusal.invalidSectionHeader();
      }
    }
  }

  private void parseDynamic() throws Refusal {
    long at = 0;
    int count = -1;
    for (SegmentHeader segment : segments) {
      if (segment.type() == ElfFormat.PT_DYNAMIC) {
        at = segment.offset();
        count = itemsOrNone(at, segment.fileBytes(), DYN_BYTES);
        break;
      }
    }
    for (int i = 0; count < 0 && i < sections.size(); i++) {
      SectionHeader section = sections.get(i);
      if (section.type() == ElfFormat.SHT_DYNAMIC) {
        at = section.offset();
        count = itemsOrNone(at, section.size(), DYN_BYTES);
        if (count < 0) {
          throw Refusal.invalidDynamicTable();
        }
      }
    }
    if (count < 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      long tag = file.u64(at + (long) i * DYN_BYTES);
      if (tag == ElfFormat.DT_NULL) {
        break;
      }
      if (tag > 0 && tag < DYNAMIC_TAGS) {
        dynamic[(int) tag] = file.u64(at + (long) i * DYN_BYTES + 8);
      }
    }
    parseRelocations();
    parseSymbols();
  }

  private void parseRelocations() throws Refusal {
    long address = dynamic[ElfFormat.DT_REL];
    if (address == 0) {
      return;
    }
    long size = dynamic[ElfFormat.DT_RELSZ];
    if (dynamic[ElfFormat.DT_RELENT] != REL_BYTES || size == 0) {
      throw Refusal.invalidDynamicTable();
    }
    relocationsAt = fileOffset(address);
    View.sum(relocationsAt, size);
    relocationCount = itemsOrNone(relocationsAt, size, REL_BYTES);
    if (relocationCount < 0) {
      throw Refusal.invalidDynamicTable();
    }
  }

  /** The offset of an address: by the segment that holds it, else by the section that begins so. */
  private long fileOffset(long address) throws Refusal {
    for (SegmentHeader segment : segments) {
      long end = View.sum(segment.vaddr(), segment.memoryBytes());
      if (Long.compareUnsigned(address, segment.vaddr()) >= 0
          && Long.compareUnsigned(address, end) < 0) {
        return View.sum(address - segment.vaddr(), segment.offset());
      }
    }
    return sectionAt(address).offset();
  }

  private void parseSymbols() throws Refusal {
    long address = dynamic[ElfFormat.DT_SYMTAB];
    if (address == 0) {
      return;
    }
    SectionHeader table = sectionAt(address);
    if (table.type() != ElfFormat.SHT_SYMTAB && table.type() != ElfFormat.SHT_DYNSYM) {
      throw Refusal.invalidSectionHeader();
    }
    symbolsAt = table.offset();
    symbolCount = file.items(symbolsAt, View.sum(symbolsAt, table.size()), SYM_BYTES);
  }

  private SectionHeader sectionAt(long address) throws Refusal {
    for (SectionHeader section : sections) {
      if (section.address() == address) {
        return section;
      }
    }
    throw Refusal.invalidDynamicTable();
  }

  /** The number of items in a range, -1 if it cannot be a table. */
  private int itemsOrNone(long start, long size, int itemSize) {
    try {
      return file.items(start, View.sum(start, size), itemSize);
    } catch (Refusal notATable) {
      return -1;
    }
  }

  private String string(SectionHeader table, long offset, int longest) throws Refusal {
    if (table.type() != ElfFormat.SHT_STRTAB) {
      throw Refusal.invalidSectionHeader();
    }
    long start = View.sum(table.offset(), offset);
    long tableEnd = View.sum(table.offset(), table.size());
    long most = View.sum(start, longest);
    long end = Long.compareUnsigned(tableEnd, most) < 0 ? tableEnd : most;
    if (!file.holds(start, end)) {
      throw Refusal.outOfBounds();
    }
    for (long at = start; at < end; at++) {
      if (file.u8(at) == 0) {
        return new String(
            file.bytes(), (int) start, (int) (at - start), StandardCharsets.ISO_8859_1);
      }
    }
    String seen = Utf8Sequence.lossyText(file.bytes(), (int) start, (int) end);
    throw Refusal.failedToParse(
        "Section or symbol name `" + seen + "` is longer than `" + longest + "` bytes");
  }

  private static void checkApart(long startA, long endA, long startB, long endB) throws Refusal {
    if (Long.compareUnsigned(endA, startB) > 0 && Long.compareUnsigned(endB, startA) > 0) {
      throw Refusal.failedToParse("values overlap");
    }
  }
}

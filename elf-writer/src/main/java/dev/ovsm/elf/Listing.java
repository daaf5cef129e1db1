package dev.ovsm.elf;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.sbpf.FunctionSymbol;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Version;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a program file is made of, in tables for people; a file need not load to be listed, and what
 * cannot be read of it is left out.
 */
public final class Listing {
  /** Wider names are cut. */
  private static final int LONGEST_NAME = 64;

  private final View file;
  private final SectionReader sections;

  private Listing(byte[] elf) {
    this.file = new View(elf);
    this.sections = new SectionReader(elf);
  }

  /**
   * The listing of a file; nothing, with a diagnostic, if it is no ELF file of a Solana program.
   *
   * @param name of the file, for people
   */
  public static Optional<Listing> of(String name, byte[] elf, Diagnostics diagnostics) {
    if (FileParts.isElf(new View(elf))) {
      return Optional.of(new Listing(elf));
    }
    diagnostics.add(notAnElf(name));
    return Optional.empty();
  }

  static Diagnostic notAnElf(String name) {
    return Diagnostic.in(
            name, ObjectCode.NOT_AN_ELF, name + " is not an ELF file of a Solana program")
        .withHelp("name the .so that ovsm compile wrote");
  }

  /** The version, and what of the file comes where into memory: segments and sections. */
  public String sections() {
    String version = Version.of(file.u32(48)).map(Version::word).orElse("of no known version");
    return String.format(
            Locale.ROOT,
            "sBPF %s, %,d bytes, entry at %s\n",
            version,
            file.length(),
            hex(file.u64(24)))
        + titled("segments", segmentTable())
        + titled("sections", sectionTable());
  }

  /** The functions that the file names. */
  public String symbols() {
    Table table = new Table("slot", "slots", "function");
    for (FunctionSymbol function : sections.functions()) {
      table.row(number(function.pc()), number(function.slots()), clip(function.name()));
    }
    return titled("functions", table);
  }

  /** What the loader still fills in: addresses, and the calls of syscalls. */
  public String relocations() {
    Table table = new Table("slot", "offset", "type", "symbol");
    try {
      ParsedElf elf = ParsedElf.parse(file);
      Optional<SectionHeader> text = sections.find(".text");
      for (int i = 0; i < elf.relocationCount(); i++) {
        long offset = elf.relocationOffset(i);
        long info = elf.relocationInfo(i);
        table.row(slot(text, offset), hex(offset), type((int) info), symbol(elf, info));
      }
    } catch (Refusal unreadable) {
      return titled("relocations", new Table(""));
    }
    return titled("relocations", table);
  }

  private Table segmentTable() {
    Table table = new Table("type", "flags", "offset", "address", "bytes");
    long start = file.u64(32);
    for (int i = 0; i < file.u16(56); i++) {
      long at = start + (long) i * ElfFormat.PHDR_BYTES;
      if (!file.holdsBytes(at, ElfFormat.PHDR_BYTES)) {
        break;
      }
      SegmentHeader segment = SegmentHeader.read(file, at);
      String flags =
          letter(segment.flags(), ElfFormat.PF_R, "r")
              + letter(segment.flags(), ElfFormat.PF_W, "w")
              + letter(segment.flags(), ElfFormat.PF_X, "x");
      String type =
          segment.type() == ElfFormat.PT_LOAD
              ? "LOAD"
              : segment.type() == ElfFormat.PT_DYNAMIC ? "DYNAMIC" : hex(segment.type());
      table.row(
          type, flags, hex(segment.offset()), hex(segment.vaddr()), number(segment.fileBytes()));
    }
    return table;
  }

  private Table sectionTable() {
    Table table = new Table("name", "type", "flags", "offset", "address", "bytes");
    List<SectionHeader> headers = sections.all();
    List<String> names = sections.names();
    for (int i = 0; i < headers.size(); i++) {
      SectionHeader header = headers.get(i);
      if (header.type() != ElfFormat.SHT_NULL) {
        String flags =
            letter(header.flags(), ElfFormat.SHF_ALLOC, "a")
                + letter(header.flags(), ElfFormat.SHF_WRITE, "w")
                + letter(header.flags(), ElfFormat.SHF_EXECINSTR, "x");
        table.row(
            clip(names.get(i)),
            sectionType(header.type()),
            flags,
            hex(header.offset()),
            hex(header.address()),
            number(header.size()));
      }
    }
    return table;
  }

  private static String titled(String title, Table table) {
    return "\n" + title + (table.isEmpty() ? ": none\n" : ":\n" + table.text());
  }

  private static String sectionType(long type) {
    return switch ((int) type) {
      case ElfFormat.SHT_PROGBITS -> "PROGBITS";
      case ElfFormat.SHT_SYMTAB -> "SYMTAB";
      case ElfFormat.SHT_STRTAB -> "STRTAB";
      case ElfFormat.SHT_DYNAMIC -> "DYNAMIC";
      case ElfFormat.SHT_NOBITS -> "NOBITS";
      case ElfFormat.SHT_REL -> "REL";
      case ElfFormat.SHT_DYNSYM -> "DYNSYM";
      default -> hex(type);
    };
  }

  private static String type(int relocation) {
    return switch (relocation) {
      case ElfFormat.R_BPF_64_64 -> "R_BPF_64_64";
      case ElfFormat.R_BPF_64_RELATIVE -> "R_BPF_64_RELATIVE";
      case ElfFormat.R_BPF_64_32 -> "R_BPF_64_32";
      default -> hex(Integer.toUnsignedLong(relocation));
    };
  }

  /** The slot of the code at an offset of the file; a dash for what is no code. */
  private static String slot(Optional<SectionHeader> text, long offset) {
    return text.filter(code -> View.contains(code.offset(), code.size(), offset))
        .map(code -> number((offset - code.offset()) / Slot.BYTES))
        .orElse("-");
  }

  private static String symbol(ParsedElf elf, long info) {
    if ((int) info == ElfFormat.R_BPF_64_RELATIVE) {
      return "";
    }
    try {
      return clip(elf.symbolName(elf.symbol(info >>> 32).name()));
    } catch (Refusal unreadable) {
      return "?";
    }
  }

  private static String letter(long flags, int bit, String letter) {
    return (flags & bit) == 0 ? "-" : letter;
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  private static String number(long value) {
    return Long.toUnsignedString(value);
  }

  /** A name as a terminal may be shown it, its end cut. */
  private static String clip(String name) {
    String shown = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return shown.length() <= LONGEST_NAME ? shown : shown.substring(0, LONGEST_NAME) + "…";
  }
}

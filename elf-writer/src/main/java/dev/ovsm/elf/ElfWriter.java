package dev.ovsm.elf;

import static dev.ovsm.elf.ElfFormat.DT_NULL;
import static dev.ovsm.elf.ElfFormat.DT_REL;
import static dev.ovsm.elf.ElfFormat.DT_RELENT;
import static dev.ovsm.elf.ElfFormat.DT_RELSZ;
import static dev.ovsm.elf.ElfFormat.DT_STRTAB;
import static dev.ovsm.elf.ElfFormat.DT_SYMTAB;
import static dev.ovsm.elf.ElfFormat.DYN_BYTES;
import static dev.ovsm.elf.ElfFormat.EHDR_BYTES;
import static dev.ovsm.elf.ElfFormat.EM_BPF;
import static dev.ovsm.elf.ElfFormat.ET_DYN;
import static dev.ovsm.elf.ElfFormat.GLOBAL_FUNC;
import static dev.ovsm.elf.ElfFormat.GLOBAL_NOTYPE;
import static dev.ovsm.elf.ElfFormat.PF_R;
import static dev.ovsm.elf.ElfFormat.PF_X;
import static dev.ovsm.elf.ElfFormat.PHDR_BYTES;
import static dev.ovsm.elf.ElfFormat.PT_DYNAMIC;
import static dev.ovsm.elf.ElfFormat.PT_LOAD;
import static dev.ovsm.elf.ElfFormat.REL_BYTES;
import static dev.ovsm.elf.ElfFormat.R_BPF_64_32;
import static dev.ovsm.elf.ElfFormat.SHDR_BYTES;
import static dev.ovsm.elf.ElfFormat.SHF_ALLOC;
import static dev.ovsm.elf.ElfFormat.SHF_EXECINSTR;
import static dev.ovsm.elf.ElfFormat.SHT_DYNAMIC;
import static dev.ovsm.elf.ElfFormat.SHT_DYNSYM;
import static dev.ovsm.elf.ElfFormat.SHT_NULL;
import static dev.ovsm.elf.ElfFormat.SHT_PROGBITS;
import static dev.ovsm.elf.ElfFormat.SHT_REL;
import static dev.ovsm.elf.ElfFormat.SHT_STRTAB;
import static dev.ovsm.elf.ElfFormat.SHT_SYMTAB;
import static dev.ovsm.elf.ElfFormat.SYM_BYTES;

import dev.ovsm.sbpf.FunctionSymbol;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.Relocation;
import dev.ovsm.sbpf.asm.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out a program file: the fewest headers and sections that the loader of its version needs,
 * then what is only for people and tools.
 *
 * <p>The same text gives the same bytes. In version 0 every address equals its file offset, and
 * only calls of syscalls are left to the loader's relocation.
 */
public final class ElfWriter {
  private final Text text;
  private final boolean strict;
  private final ByteWriter file = new ByteWriter();
  private final List<Section> sections = new ArrayList<>();

  private ElfWriter(Text text) {
    this.text = text;
    this.strict = text.version().enableStricterElfHeaders();
  }

  /** Whether files of a version can be written. */
  public static boolean writes(Version version) {
    return version == Version.V0 || version == Version.V3;
  }

  /**
   * The file of a program.
   *
   * @param extras sections that are not loaded, in the order of the file; names of at most 15 bytes
   * @throws IllegalArgumentException if the version is neither 0 nor 3
   */
  public static byte[] write(Text text, List<Assembly.Section> extras) {
    if (!writes(text.version())) {
      throw new IllegalArgumentException("no files of " + text.version());
    }
    return new ElfWriter(text).write(extras);
  }

  private byte[] write(List<Assembly.Section> extras) {
    boolean hasData = text.readOnly().length > 0;
    Map<String, Integer> imports = strict ? Map.of() : imports();
    int headers = strict ? (hasData ? 2 : 1) : imports.isEmpty() ? 0 : 2;
    file.raw(new byte[EHDR_BYTES + headers * PHDR_BYTES]);
    sections.add(new Section("", SHT_NULL, 0, 0, 0, 0, 0, 0, 0, 0));
    return strict ? writeStrict(extras, hasData) : writeLenient(extras, imports, hasData);
  }

  /** Version 3: read-only data, then code, each a segment of its own. */
  private byte[] writeStrict(List<Assembly.Section> extras, boolean hasData) {
    int data = file.size();
    if (hasData) {
      byte[] padded = Arrays.copyOf(text.readOnly(), (text.readOnly().length + 7) & ~7);
      add(".rodata", SHT_PROGBITS, SHF_ALLOC, MemoryMap.RODATA, padded, 8);
    }
    int code = file.size();
    byte[] linked = linked(text, MemoryMap.RODATA, MemoryMap.BYTECODE);
    add(".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, MemoryMap.BYTECODE, linked, 8);
    int end = file.size();
    boolean hasExtras = addExtras(extras, MemoryMap.BYTECODE);
    ByteWriter segments = new ByteWriter();
    if (hasData) {
      segment(segments, PT_LOAD, PF_R, data, MemoryMap.RODATA, code - data);
    }
    segment(segments, PT_LOAD, PF_X, code, MemoryMap.BYTECODE, end - code);
    return finish(hasExtras, MemoryMap.BYTECODE, segments.toByteArray());
  }

  /** Version 0: one image from the code to the relocations. */
  private byte[] writeLenient(
      List<Assembly.Section> extras, Map<String, Integer> imports, boolean hasData) {
    int code = file.size();
    int data = code + text.code().length;
    byte[] linked = linked(text, MemoryMap.BYTECODE + data, MemoryMap.BYTECODE + code);
    add(".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, code, linked, 8);
    if (hasData) {
      add(".rodata", SHT_PROGBITS, SHF_ALLOC, data, text.readOnly(), 8);
    }
    ByteWriter segments = new ByteWriter();
    if (!imports.isEmpty()) {
      int dynamic = addDynamic(imports, code);
      segment(segments, PT_LOAD, PF_R | PF_X, code, code, file.size() - code);
      segment(segments, PT_DYNAMIC, PF_R, dynamic, dynamic, 6 * DYN_BYTES);
    }
    addExtras(extras, code);
    return finish(true, code, segments.toByteArray());
  }

  /** The imported syscalls and their indices in the symbol table, by first use. */
  private Map<String, Integer> imports() {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (Relocation relocation : text.relocations()) {
      if (relocation.kind() == Relocation.Kind.SYSCALL) {
        names.putIfAbsent(relocation.symbol(), names.size() + 1);
      }
    }
    return names;
  }

  /** The code with its immediates filled for these addresses of data and code. */
  static byte[] linked(Text text, long dataAddress, long codeAddress) {
    boolean isStatic = text.version().staticSyscalls();
    byte[] code = text.code().clone();
    for (Relocation relocation : text.relocations()) {
      int pc = relocation.slot();
      long slot = Slot.read(code, pc);
      switch (relocation.kind()) {
        case SYSCALL ->
            Slot.write(
                code, pc, Slot.withImm(slot, isStatic ? Murmur3.hash(relocation.symbol()) : -1));
        case DATA_ADDRESS, CODE_ADDRESS -> {
          boolean isData = relocation.kind() == Relocation.Kind.DATA_ADDRESS;
          long address = (isData ? dataAddress : codeAddress) + relocation.addend();
          Slot.write(code, pc, Slot.withImm(slot, (int) address));
          Slot.write(code, pc + 1, Slot.of(0, 0, 0, 0, (int) (address >>> 32)));
        }
      }
    }
    return code;
  }

  /** Adds what names the imported syscalls; gives the offset of the dynamic table. */
  private int addDynamic(Map<String, Integer> imports, int code) {
    StringTable names = new StringTable();
    ByteWriter symbols = new ByteWriter().raw(new byte[SYM_BYTES]);
    for (String name : imports.keySet()) {
      symbols.u32(names.add(name)).u8(GLOBAL_NOTYPE).u8(0).u16(0).u64(0).u64(0);
    }
    ByteWriter relocations = new ByteWriter();
    for (Relocation relocation : text.relocations()) {
      if (relocation.kind() == Relocation.Kind.SYSCALL) {
        long symbol = imports.getOrDefault(relocation.symbol(), 0);
        relocations.u64(code + (long) relocation.slot() * Slot.BYTES);
        relocations.u64(symbol << 32 | R_BPF_64_32);
      }
    }
    file.align(8);
    int dynamic = file.size();
    int symbolsAt = dynamic + 6 * DYN_BYTES;
    int namesAt = symbolsAt + symbols.size();
    int relocationsAt = (namesAt + names.toByteArray().length + 7) & ~7;
    ByteWriter table = new ByteWriter();
    table.u64(DT_REL).u64(relocationsAt).u64(DT_RELSZ).u64(relocations.size());
    table.u64(DT_RELENT).u64(REL_BYTES).u64(DT_SYMTAB).u64(symbolsAt);
    table.u64(DT_STRTAB).u64(namesAt).u64(DT_NULL).u64(0);
    int dynstr = sections.size() + 2;
    add(".dynamic", SHT_DYNAMIC, SHF_ALLOC, dynamic, table.toByteArray(), 8, dynstr, 0, DYN_BYTES);
    byte[] symbolBytes = symbols.toByteArray();
    add(".dynsym", SHT_DYNSYM, SHF_ALLOC, symbolsAt, symbolBytes, 8, dynstr, 1, SYM_BYTES);
    add(".dynstr", SHT_STRTAB, SHF_ALLOC, namesAt, names.toByteArray(), 1);
    byte[] relBytes = relocations.toByteArray();
    add(".rel.dyn", SHT_REL, SHF_ALLOC, relocationsAt, relBytes, 8, dynstr - 1, 0, REL_BYTES);
    return dynamic;
  }

  /** Adds the sections that are not loaded; says whether there is any. */
  private boolean addExtras(List<Assembly.Section> extras, long codeAddress) {
    int before = sections.size();
    int code = indexOf(".text");
    for (Assembly.Section extra : extras) {
      add(extra.name(), SHT_PROGBITS, 0, 0, extra.bytes(), 1);
    }
    if (!text.lines().isEmpty()) {
      add(LineTable.SECTION, SHT_PROGBITS, 0, 0, new LineTable(text.lines()).encode(), 1);
    }
    if (!text.symbols().isEmpty()) {
      StringTable names = new StringTable();
      ByteWriter symbols = new ByteWriter().raw(new byte[SYM_BYTES]);
      for (FunctionSymbol function : text.symbols()) {
        symbols.u32(names.add(function.name())).u8(GLOBAL_FUNC).u8(0).u16(code);
        symbols.u64(codeAddress + (long) function.pc() * Slot.BYTES);
        symbols.u64((long) function.slots() * Slot.BYTES);
      }
      int strtab = sections.size() + 1;
      add(".symtab", SHT_SYMTAB, 0, 0, symbols.toByteArray(), 8, strtab, 1, SYM_BYTES);
      add(".strtab", SHT_STRTAB, 0, 0, names.toByteArray(), 1);
    }
    return sections.size() > before;
  }

  private int indexOf(String name) {
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i).name.equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException(name);
  }

  private byte[] finish(boolean withSections, long codeAddress, byte[] segments) {
    long table = 0;
    if (withSections) {
      StringTable names = new StringTable();
      sections.forEach(section -> names.add(section.name));
      names.add(".shstrtab");
      add(".shstrtab", SHT_STRTAB, 0, 0, names.toByteArray(), 1);
      table = file.align(8).size();
      for (Section section : sections) {
        section.write(file, names);
      }
    }
    ByteWriter head = new ByteWriter();
    head.u32(0x464C_457F).u8(2).u8(1).u8(1).align(16).u16(ET_DYN).u16(EM_BPF).u32(1);
    head.u64(codeAddress + (long) text.entryPc() * Slot.BYTES);
    head.u64(segments.length == 0 ? 0 : EHDR_BYTES).u64(table).u32(text.version().flags());
    head.u16(EHDR_BYTES).u16(PHDR_BYTES).u16(segments.length / PHDR_BYTES);
    if (withSections) {
      head.u16(SHDR_BYTES).u16(sections.size()).u16(sections.size() - 1);
    } else {
      head.u16(0).u16(0).u16(0);
    }
    byte[] elf = file.toByteArray();
    System.arraycopy(head.toByteArray(), 0, elf, 0, EHDR_BYTES);
    System.arraycopy(segments, 0, elf, EHDR_BYTES, segments.length);
    return elf;
  }

  private void add(String name, int type, int flags, long address, byte[] bytes, int align) {
    add(name, type, flags, address, bytes, align, 0, 0, 0);
  }

  private void add(
      String name,
      int type,
      int flags,
      long address,
      byte[] bytes,
      int align,
      int link,
      int info,
      int entryBytes) {
    int offset = file.align(align).size();
    file.raw(bytes);
    sections.add(
        new Section(
            name, type, flags, address, offset, bytes.length, link, info, align, entryBytes));
  }

  private static void segment(
      ByteWriter out, int type, int flags, long offset, long address, long size) {
    out.u32(type).u32(flags).u64(offset).u64(address).u64(address).u64(size).u64(size).u64(8);
  }

  /** A section header to be written. */
  private record Section(
      String name,
      int type,
      int flags,
      long address,
      long offset,
      long size,
      int link,
      int info,
      int align,
      int entryBytes) {
    void write(ByteWriter out, StringTable names) {
      out.u32(names.add(name)).u32(type).u64(flags).u64(address).u64(offset).u64(size);
      out.u32(link).u32(info).u64(align).u64(entryBytes);
    }
  }
}

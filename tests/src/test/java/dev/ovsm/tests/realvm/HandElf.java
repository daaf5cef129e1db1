package dev.ovsm.tests.realvm;

import java.util.ArrayList;
import java.util.List;

/**
 * Small ELFs put together by hand, so that the tests of the oracle rest on nothing of ours: version
 * 3 calls syscalls by hash, version 0 by a relocation of each call.
 */
public final class HandElf {
  private static final long TEXT_BASE = 1L << 32;
  private static final int EHDR = 64;
  private static final int PHDR = 56;
  private static final int SHDR = 64;
  private static final int EM_BPF = 247;

  private final List<Slot> slots = new ArrayList<>();

  private record Slot(int opcode, int dst, int src, int offset, long immediate, String syscall) {}

  /** Appends an instruction of one slot. */
  public HandElf put(int opcode, int dst, int src, int offset, long immediate) {
    slots.add(new Slot(opcode, dst, src, offset, immediate, ""));
    return this;
  }

  /** Appends {@code lddw}, two slots. */
  public HandElf lddw(int dst, long value) {
    return put(0x18, dst, 0, 0, value).put(0, 0, 0, 0, value >>> 32);
  }

  /** Appends a call of a syscall. */
  public HandElf syscall(String name) {
    slots.add(new Slot(0x85, 0, 0, 0, -1, name));
    return this;
  }

  /** Appends {@code exit}. */
  public HandElf exit() {
    return put(0x95, 0, 0, 0, 0);
  }

  /** A version 3 file: read-only data, if any, at address 0 and text at 2^32. */
  public byte[] v3(byte[] rodata) {
    int headers = rodata.length == 0 ? 1 : 2;
    int dataAt = EHDR + headers * PHDR;
    byte[] data = new Bytes().raw(rodata).align().toArray();
    byte[] code = code(true);
    Bytes file = ehdr(TEXT_BASE, 0, 3, headers, 0, 0);
    if (headers == 2) {
      phdr(file, 1, 4, dataAt, 0, data.length);
    }
    phdr(file, 1, 1, dataAt + data.length, TEXT_BASE, code.length);
    return file.raw(data).raw(code).toArray();
  }

  /** A version 0 file with no program headers; every address is its offset, text is at 64. */
  public byte[] v0(byte[] rodata) {
    Sections sections = new Sections();
    sections.add(".text", 1, 6, code(false), "", 0);
    if (rodata.length > 0) {
      sections.add(".rodata", 1, 2, rodata, "", 0);
    }
    if (slots.stream().anyMatch(slot -> !slot.syscall.isEmpty())) {
      addDynamic(sections);
    }
    byte[] names = sections.names(".shstrtab");
    int at = EHDR + sections.size;
    Bytes file = new Bytes();
    file.raw(
        ehdr(
                EHDR,
                at + new Bytes().raw(names).align().size(),
                0,
                0,
                sections.all.size() + 2,
                sections.all.size() + 1)
            .toArray());
    for (Section section : sections.all) {
      file.raw(section.bytes).align();
    }
    file.raw(names).align().upTo(file.size() + SHDR);
    for (Section section : sections.all) {
      sections.header(file, section);
    }
    return sections.header(file, new Section(".shstrtab", 3, 0, at, names, "", 0)).toArray();
  }

  /** The dynamic table, its symbols, their names, and one relocation for each syscall. */
  private void addDynamic(Sections sections) {
    List<String> symbols =
        slots.stream().map(Slot::syscall).filter(name -> !name.isEmpty()).distinct().toList();
    Bytes strings = new Bytes().u8(0);
    Bytes symtab = new Bytes().u64(0, 0, 0);
    for (String symbol : symbols) {
      symtab.u32(strings.size()).u8(0x10, 0).u16(0).u64(0, 0);
      strings.raw(Sections.ascii(symbol));
    }
    Bytes relocations = new Bytes();
    for (int i = 0; i < slots.size(); i++) {
      int symbol = symbols.indexOf(slots.get(i).syscall) + 1;
      if (symbol > 0) {
        relocations.u64(EHDR + 8L * i, ((long) symbol << 32) | 10);
      }
    }
    int dynamicAt = EHDR + sections.size;
    int symtabAt = dynamicAt + 12 * 8;
    int stringsAt = symtabAt + symtab.size();
    int relocationsAt = stringsAt + strings.align().size();
    Bytes dynamic = new Bytes().u64(17, relocationsAt, 18, relocations.size(), 19, 16);
    dynamic.u64(6, symtabAt, 5, stringsAt, 0, 0);
    sections.add(".dynamic", 6, 3, dynamic.toArray(), ".dynstr", 16);
    sections.add(".dynsym", 11, 2, symtab.toArray(), ".dynstr", 24);
    sections.add(".dynstr", 3, 2, strings.toArray(), "", 0);
    sections.add(".rel.dyn", 9, 2, relocations.toArray(), ".dynsym", 16);
  }

  private byte[] code(boolean hashed) {
    Bytes code = new Bytes();
    for (Slot slot : slots) {
      boolean hash = hashed && !slot.syscall.isEmpty();
      code.u8(slot.opcode, slot.dst | (slot.src << 4)).u16(slot.offset);
      code.u32(hash ? Murmur3.hash(slot.syscall) : slot.immediate);
    }
    return code.toArray();
  }

  private static Bytes ehdr(
      long entry, long sectionsAt, int version, int phnum, int shnum, int names) {
    Bytes file = new Bytes().u8(0x7f, 'E', 'L', 'F', 2, 1, 1, 0).u64(0).u16(3, EM_BPF).u32(1);
    file.u64(entry, phnum == 0 ? 0 : EHDR, sectionsAt).u32(version);
    return file.u16(EHDR, PHDR, phnum, shnum == 0 ? 0 : SHDR, shnum, names);
  }

  private static void phdr(Bytes file, int type, int flags, long at, long address, long size) {
    file.u32(type, flags).u64(at, address, address, size, size, 8);
  }

  private record Section(
      String name, int type, int flags, int at, byte[] bytes, String link, int entrySize) {}

  /** Sections that follow the file header, each at a multiple of 8. */
  private static final class Sections {
    private final List<Section> all = new ArrayList<>();
    private int size;

    void add(String name, int type, int flags, byte[] bytes, String link, int entrySize) {
      all.add(new Section(name, type, flags, EHDR + size, bytes, link, entrySize));
      size = new Bytes().upTo(size).raw(bytes).align().size();
    }

    byte[] names(String last) {
      Bytes names = new Bytes().u8(0);
      all.forEach(section -> names.raw(ascii(section.name)));
      return names.raw(ascii(last)).toArray();
    }

    Bytes header(Bytes file, Section section) {
      int nameAt = 1;
      int link = 0;
      for (Section other : all) {
        if (other.name.equals(section.name)) {
          break;
        }
        nameAt += other.name.length() + 1;
      }
      for (int i = 0; i < all.size(); i++) {
        link = all.get(i).name.equals(section.link) ? i + 1 : link;
      }
      file.u32(nameAt, section.type).u64(section.flags, section.flags == 0 ? 0 : section.at);
      file.u64(section.at, section.bytes.length).u32(link, 0);
      return file.u64(8, section.entrySize);
    }

    static byte[] ascii(String text) {
      Bytes bytes = new Bytes();
      text.chars().forEach(bytes::u8);
      return bytes.u8(0).toArray();
    }
  }
}

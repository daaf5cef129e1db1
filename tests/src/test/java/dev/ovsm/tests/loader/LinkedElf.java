package dev.ovsm.tests.loader;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file as the linker of the platform tools lays it out: relocations of every kind, in code and in
 * data, a call by name of a function of the file, four kinds of read-only sections.
 */
final class LinkedElf {
  private static final int EHDR = 64;
  private static final int PHDR = 56;
  private static final int SEGMENTS = 3;
  private static final int CODE = EHDR + SEGMENTS * PHDR;
  private static final int READER = CODE + 9 * 8;
  private static final int LOADED = 2;

  private final String function;
  private final boolean hasTwin;
  private final boolean readsItself;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final List<Section> sections = new ArrayList<>();

  private record Section(
      String name, int type, int flags, int at, int size, int link, int rowBytes) {}

  private LinkedElf(String function, boolean hasTwin, boolean readsItself) {
    this.function = function;
    this.hasTwin = hasTwin;
    this.readsItself = readsItself;
  }

  static byte[] file() {
    return file("function", false);
  }

  /**
   * A file whose function has this name; if there is a twin, another function elsewhere has the
   * same name and is called too.
   */
  static byte[] file(String function, boolean hasTwin) {
    return new LinkedElf(function, hasTwin, false).build();
  }

  /**
   * A file that begins in another place: it calls what stands in the others, logs the addresses
   * that it was given, then all that can be read from the start of its image until it faults.
   */
  static byte[] readingItself() {
    return new LinkedElf("function", false, true).build();
  }

  private byte[] build() {
    file.writeBytes(new byte[CODE]);
    sections.add(new Section("", 0, 0, 0, 0, 0, 0));
    add(".text", 1, LOADED | 4, code(), 0, 0);
    int data = add(".rodata", 1, LOADED, "text\0more\0zz\0\0\0\0".getBytes(US_ASCII), 0, 0);
    long[] moved = {(long) data << 32, (long) CODE << 32};
    int movedAt = add(".data.rel.ro", 1, LOADED | 1, longs(moved), 0, 0);
    add(".eh_frame", 1, LOADED, longs(0), 0, 0);
    byte[] names = ("\0sol_log_64_\0table\0" + function + "\0").getBytes(US_ASCII);
    byte[] symbols = symbols(data);
    byte[] relocations = relocations(movedAt);
    int dynamicAt = file.size();
    int symbolsAt = dynamicAt + 6 * 16;
    int relocationsAt = (symbolsAt + symbols.length + names.length + 7) & -8;
    int size = relocations.length;
    byte[] dynamic = longs(30, 4, 17, relocationsAt, 18, size, 19, 16, 6, symbolsAt, 0, 0);
    add(".dynamic", 6, LOADED | 1, dynamic, 7, 16);
    add(".dynsym", 11, LOADED, symbols, 7, 24);
    add(".dynstr", 3, LOADED, names, 0, 0);
    add(".rel.dyn", 9, LOADED, relocations, 6, 16);
    int loadedEnd = file.size();
    StringBuilder sectionNames = new StringBuilder();
    sections.forEach(section -> sectionNames.append(section.name).append('\0'));
    sectionNames.append(".shstrtab\0");
    add(".shstrtab", 3, 0, sectionNames.toString().getBytes(US_ASCII), 0, 0);
    align();
    int table = file.size();
    for (Section section : sections) {
      header(section, section.name.isEmpty() ? 0 : sectionNames.indexOf(section.name + "\0"));
    }
    byte[] elf = file.toByteArray();
    ByteBuffer head = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
    head.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}).position(16);
    head.putShort((short) 3).putShort((short) 263).putInt(1);
    head.putLong(readsItself ? READER : CODE).putLong(EHDR);
    head.putLong(table).putInt(0).putShort((short) EHDR).putShort((short) PHDR);
    head.putShort((short) SEGMENTS).putShort((short) 64).putShort((short) sections.size());
    head.putShort((short) (sections.size() - 1));
    segment(head, 1, 5, CODE, movedAt - CODE);
    segment(head, 1, 6, movedAt, loadedEnd - movedAt);
    segment(head, 2, 6, dynamicAt, 6 * 16);
    return elf;
  }

  /** Calls by name of a syscall and a function, two addresses, a relative call, two functions. */
  private byte[] code() {
    long byName = 0xFFFF_FFFF_0000_1085L;
    long address = CODE + 8L;
    long exit = 0x95;
    byte[] code =
        longs(
            byName,
            byName,
            (2L << 32) | 0x0118,
            0,
            (address << 32) | 0x0218,
            0,
            0x1085,
            exit,
            exit);
    return readsItself ? join(code, reader()) : code;
  }

  /** The code that reads the image, 40 bytes at a time. */
  private static byte[] reader() {
    long byName = 0xFFFF_FFFF_0000_1085L;
    long first = 0xFFFF_FFF6_0000_1085L;
    long load = 0x6079 + 0x100;
    return longs(
        first,
        byName,
        (1L << 32) | 0x06b7,
        (32L << 32) | 0x0667,
        load,
        load + 0x100 + (8L << 16),
        load + 0x200 + (16L << 16),
        load + 0x300 + (24L << 16),
        load + 0x400 + (32L << 16),
        byName,
        (40L << 32) | 0x0607,
        0xFFF8_0005L,
        0x95);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private byte[] symbols(int data) {
    long syscall = 1 | (0x10L << 32);
    long table = 13 | (0x11L << 32);
    long named = 19 | (0x12L << 32);
    long value = hasTwin ? CODE + 64L : data;
    return longs(0, 0, 0, syscall, 0, 0, named, CODE + 56L, 8, hasTwin ? named : table, value, 8);
  }

  private byte[] relocations(int moved) {
    long call = 10;
    long symbolAddress = 1;
    long address = 8;
    long third = 3L << 32;
    byte[] usual =
        longs(
            CODE,
            (1L << 32) | call,
            CODE + 8L,
            (2L << 32) | call,
            hasTwin ? CODE + 48L : CODE + 16L,
            third | (hasTwin ? call : symbolAddress),
            CODE + 32L,
            address,
            moved,
            address,
            moved + 8L,
            address);
    long syscall = (1L << 32) | call;
    return readsItself ? join(usual, longs(READER + 8L, syscall, READER + 72L, syscall)) : usual;
  }

  private int add(String name, int type, int flags, byte[] bytes, int link, int rowBytes) {
    if (rowBytes > 0 || flags != LOADED || type != 3) {
      align();
    }
    int at = file.size();
    sections.add(new Section(name, type, flags, at, bytes.length, link, rowBytes));
    file.writeBytes(bytes);
    return at;
  }

  private void align() {
    while (file.size() % 8 != 0) {
      file.write(0);
    }
  }

  private void header(Section section, int name) {
    ByteBuffer row = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    long address = section.flags == 0 ? 0 : section.at;
    row.putInt(name).putInt(section.type).putLong(section.flags).putLong(address);
    row.putLong(section.at).putLong(section.size).putInt(section.link).putInt(0).putLong(8);
    file.writeBytes(row.putLong(section.rowBytes).array());
  }

  private static void segment(ByteBuffer head, int type, int flags, long at, long size) {
    head.putInt(type).putInt(flags).putLong(at).putLong(at).putLong(at).putLong(size);
    head.putLong(size).putLong(4096);
  }

  private static byte[] longs(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return bytes.array();
  }
}

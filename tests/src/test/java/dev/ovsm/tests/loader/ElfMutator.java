package dev.ovsm.tests.loader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages ELF files where it matters: fields of headers and tables, code, names, length. The same
 * seed gives the same files.
 */
final class ElfMutator {
  private static final int EHDR = 64;
  private static final int PHDR = 56;
  private static final int SHDR = 64;

  /** Offset and size of each field. */
  private static final int[][] EHDR_FIELDS = {
    {0, 4}, {4, 1}, {5, 1}, {6, 1}, {7, 1}, {8, 1}, {9, 1}, {15, 1}, {16, 2}, {18, 2}, {20, 4},
    {24, 8}, {32, 8}, {40, 8}, {48, 4}, {52, 2}, {54, 2}, {56, 2}, {58, 2}, {60, 2}, {62, 2}
  };

  private static final int[][] PHDR_FIELDS = {
    {0, 4}, {4, 4}, {8, 8}, {16, 8}, {24, 8}, {32, 8}, {40, 8}, {48, 8}
  };
  private static final int[][] SHDR_FIELDS = {
    {0, 4}, {4, 4}, {8, 8}, {16, 8}, {24, 8}, {32, 8}, {40, 4}, {44, 4}, {48, 8}, {56, 8}
  };
  private static final int[][] DYN_FIELDS = {{0, 8}, {8, 8}};
  private static final int[][] SYM_FIELDS = {{0, 4}, {4, 1}, {5, 1}, {6, 2}, {8, 8}, {16, 8}};
  private static final int[][] REL_FIELDS = {{0, 8}, {8, 4}, {12, 4}};
  private static final int[][] SLOT_FIELDS = {{0, 1}, {1, 1}, {2, 2}, {4, 4}};

  private static final int SHT_STRTAB = 3;
  private static final int SHT_DYNAMIC = 6;
  private static final int SHT_REL = 9;
  private static final int SHT_DYNSYM = 11;
  private static final int SHT_SYMTAB = 2;

  private final byte[] base;
  private final Random random;
  private final List<Table> tables = new ArrayList<>();
  private byte[] bytes;
  private ByteBuffer file;
  private int length;

  /** Rows of equal fields. */
  private record Table(long at, long rows, int rowBytes, int[][] fields) {}

  ElfMutator(byte[] base, Random random) {
    this.base = base;
    this.random = random;
    this.bytes = base;
    this.file = little(base);
    long segments = file.getLong(32);
    long sections = file.getLong(40);
    tables.add(new Table(0, 1, EHDR, EHDR_FIELDS));
    addTable(segments, file.getShort(56), PHDR, PHDR_FIELDS);
    addTable(sections, file.getShort(60), SHDR, SHDR_FIELDS);
    for (int i = 0; i < file.getShort(60); i++) {
      int at = (int) sections + i * SHDR;
      long offset = file.getLong(at + 24);
      long size = file.getLong(at + 32);
      switch (file.getInt(at + 4)) {
        case SHT_DYNAMIC -> addTable(offset, size / 16, 16, DYN_FIELDS);
        case SHT_SYMTAB, SHT_DYNSYM -> addTable(offset, size / 24, 24, SYM_FIELDS);
        case SHT_REL -> addTable(offset, size / 16, 16, REL_FIELDS);
        case SHT_STRTAB -> addTable(offset, size, 1, new int[][] {{0, 1}});
        default -> {}
      }
    }
    long entry = file.getLong(24);
    long code = entry >>> 32 == 0 ? entry : EHDR + (long) file.getShort(56) * PHDR;
    addTable(code & -8, Math.min(64, (base.length - code) / 8), 8, SLOT_FIELDS);
  }

  /** The next damaged file. */
  byte[] next() {
    bytes = base.clone();
    file = little(bytes);
    length = base.length;
    for (int more = 1 + random.nextInt(3); more > 0; more--) {
      damage();
    }
    return Arrays.copyOf(bytes, length);
  }

  private void damage() {
    switch (random.nextInt(20)) {
      case 0 -> file.put(random.nextInt(base.length), (byte) random.nextInt());
      case 1 -> length = base.length + random.nextInt(80) - 40;
      case 2 -> length = random.nextInt(base.length + 1);
      case 3 -> swapRows(tables.get(random.nextInt(tables.size())));
      case 4, 5, 6 -> shift();
      case 7, 8 -> setField(tables.get(0));
      default -> setField(tables.get(random.nextInt(tables.size())));
    }
    // an empty buffer is not even given to the loader
    length = Math.max(1, length);
  }

  private void setField(Table table) {
    int[] field = table.fields[random.nextInt(table.fields.length)];
    int at = (int) table.at + random.nextInt((int) table.rows) * table.rowBytes + field[0];
    write(at, field[1], value(read(at, field[1])));
  }

  /** Moves a section or segment a little, or gives it another size. */
  private void shift() {
    List<Table> headers =
        tables.stream().filter(t -> t.fields == PHDR_FIELDS || t.fields == SHDR_FIELDS).toList();
    Table table = headers.get(random.nextInt(headers.size()));
    int[] field = table.fields[2 + random.nextInt(4)];
    int at = (int) table.at + random.nextInt((int) table.rows) * table.rowBytes + field[0];
    long near = random.nextBoolean() ? random.nextInt(9) - 4 : 8 * (random.nextInt(41) - 20);
    write(at, field[1], read(at, field[1]) + near);
  }

  private void swapRows(Table table) {
    int first = (int) table.at + random.nextInt((int) table.rows) * table.rowBytes;
    int second = (int) table.at + random.nextInt((int) table.rows) * table.rowBytes;
    byte[] kept = Arrays.copyOfRange(bytes, first, first + table.rowBytes);
    System.arraycopy(bytes, second, bytes, first, table.rowBytes);
    if (random.nextBoolean()) {
      System.arraycopy(kept, 0, bytes, second, table.rowBytes);
    }
  }

  /** A number that a careless loader may take for a good one. */
  private long value(long old) {
    long[] powers = {1L << 31, 1L << 32, 1L << 33, 1L << 63, 1L << 48, 1L << 16};
    long[] near = {0, 1, -1, 8, -8, 7, 16, -16, 64};
    return switch (random.nextInt(9)) {
      case 0 -> old + near[random.nextInt(near.length)];
      case 1 -> old ^ (1L << random.nextInt(64));
      case 2 -> random.nextInt(20);
      case 3 -> base.length + near[random.nextInt(near.length)];
      case 4 -> powers[random.nextInt(powers.length)] + near[random.nextInt(near.length)];
      case 5 -> -1L - random.nextInt(300);
      case 6 -> random.nextInt(base.length + 1) & -8;
      case 7 -> random.nextLong();
      default -> {
        Table table = tables.get(random.nextInt(tables.size()));
        int[] field = table.fields[random.nextInt(table.fields.length)];
        int row = random.nextInt((int) table.rows);
        yield read((int) table.at + row * table.rowBytes + field[0], field[1]);
      }
    };
  }

  private void addTable(long at, long rows, int rowBytes, int[][] fields) {
    if (rows > 0) {
      tables.add(new Table(at, rows, rowBytes, fields));
    }
  }

  private long read(int at, int size) {
    return switch (size) {
      case 1 -> file.get(at);
      case 2 -> file.getShort(at);
      case 4 -> file.getInt(at);
      default -> file.getLong(at);
    };
  }

  private void write(int at, int size, long value) {
    switch (size) {
      case 1 -> file.put(at, (byte) value);
      case 2 -> file.putShort(at, (short) value);
      case 4 -> file.putInt(at, (int) value);
      default -> file.putLong(at, value);
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

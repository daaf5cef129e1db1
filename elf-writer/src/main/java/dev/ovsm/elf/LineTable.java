package dev.ovsm.elf;

import dev.ovsm.sbpf.asm.LineEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which place of which source each slot stands for: the section {@value #SECTION} of a file.
 *
 * <p>Layout: a version byte; the number of files and their names; the number of entries; of each
 * the distance of its slot from the last one's, its file counted from 1, and the distances of its
 * line and column from those of the last one. File 0 stands for no place, and no line and column
 * follow it. Numbers are LEB128.
 *
 * @param entries ascending by slot
 */
public record LineTable(List<LineEntry> entries) {
  /** The section's name. */
  public static final String SECTION = ".ovsm.lines";

  private static final int FORMAT = 1;

  public LineTable {
    entries = List.copyOf(entries);
  }

  /** The place that the instruction in a slot stands for. */
  public Optional<LineEntry> find(int pc) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).pc() <= pc) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0
        ? Optional.empty()
        : Optional.of(entries.get(low - 1)).filter(entry -> entry.line() > 0);
  }

  /** The bytes of the section. */
  public byte[] encode() {
    Map<String, Integer> files = new LinkedHashMap<>();
    for (LineEntry entry : entries) {
      if (entry.line() > 0) {
        files.putIfAbsent(entry.file(), files.size() + 1);
      }
    }
    ByteWriter out = new ByteWriter().u8(FORMAT).uleb(files.size());
    for (String file : files.keySet()) {
      byte[] name = file.getBytes(StandardCharsets.UTF_8);
      out.uleb(name.length).raw(name);
    }
    out.uleb(entries.size());
    LineEntry last = new LineEntry(0, "", 0, 0);
    for (LineEntry entry : entries) {
      out.uleb(entry.pc() - last.pc());
      if (entry.line() == 0) {
        out.uleb(0);
        last = new LineEntry(entry.pc(), "", last.line(), last.column());
      } else {
        out.uleb(files.getOrDefault(entry.file(), 0));
        out.zigzag(entry.line() - last.line()).zigzag(entry.column() - last.column());
        last = entry;
      }
    }
    return out.toByteArray();
  }

  /** Reads a section; empty if it is damaged or of another format. Bounded by its size. */
  public static Optional<LineTable> decode(byte[] section) {
    ByteReader in = new ByteReader(section);
    if (in.u8() != FORMAT) {
      return Optional.empty();
    }
    List<String> files = new ArrayList<>();
    for (int left = in.count(in.uleb(), 1); left > 0; left--) {
      files.add(in.utf8(in.raw(in.uleb())));
    }
    List<LineEntry> entries = new ArrayList<>();
    long pc = 0;
    long line = 0;
    long column = 0;
    for (int left = in.count(in.uleb(), 2); left > 0 && !in.failed(); left--) {
      pc += in.uleb();
      long file = in.uleb();
      if (file < 0 || file > files.size() || pc < 0 || pc > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      if (file == 0) {
        entries.add(new LineEntry((int) pc, "", 0, 0));
        continue;
      }
      line += in.zigzag();
      column += in.zigzag();
      if (line < 1 || line > Integer.MAX_VALUE || column < 0 || column > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      entries.add(new LineEntry((int) pc, files.get((int) file - 1), (int) line, (int) column));
    }
    return in.isComplete() ? Optional.of(new LineTable(entries)) : Optional.empty();
  }
}

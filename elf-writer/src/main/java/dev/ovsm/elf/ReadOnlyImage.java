package dev.ovsm.elf;

import dev.ovsm.sbpf.MemoryMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The readable bytes of a program of version 0 to 2, code included, and where they begin. */
record ReadOnlyImage(byte[] bytes, long address) {
  private static final Set<String> NAMES = Set.of(".text", ".rodata", ".data.rel.ro", ".eh_frame");

  /** Collects the read-only sections of a relocated file at their addresses, zeros in between. */
  static ReadOnlyImage of(ParsedElf elf, View image, LoaderConfig config) throws Refusal {
    List<SectionHeader> sections = new ArrayList<>();
    long lowest = -1;
    long highest = 0;
    long filled = 0;
    boolean isShifted = false;
    int first = -1;
    int last = -1;
    for (int i = 0; i < elf.sections().size(); i++) {
      if (!NAMES.contains(elf.name(i))) {
        continue;
      }
      SectionHeader section = elf.sections().get(i);
      sections.add(section);
      first = first < 0 ? i : first;
      last = i;
      isShifted |= section.address() != section.offset();
      long address = View.saturatingSum(section.address(), MemoryMap.REGION);
      if ((config.rejectBrokenElfs() && isShifted)
          || Long.compareUnsigned(address, MemoryMap.STACK) > 0) {
        throw Refusal.outOfBounds();
      }
      long length = section.fileEnd() - section.fileStart();
      lowest = Long.compareUnsigned(section.address(), lowest) < 0 ? section.address() : lowest;
      highest = Math.max(highest, section.address() + length);
      filled += length;
    }
    if (config.rejectBrokenElfs() && lowest + filled > highest) {
      throw Refusal.outOfBounds();
    }
    boolean isContiguous = !isShifted && last + 1 - first == sections.size();
    if (config.optimizeRodata() && isContiguous) {
      byte[] borrowed = Arrays.copyOfRange(image.bytes(), (int) lowest, (int) highest);
      return at(lowest, borrowed);
    }
    long start = config.optimizeRodata() ? lowest : 0;
    if (highest - start > image.length()) {
      throw Refusal.outOfBounds();
    }
    byte[] bytes = new byte[(int) (highest - start)];
    for (SectionHeader section : sections) {
      int length = (int) (section.fileEnd() - section.fileStart());
      System.arraycopy(
          image.bytes(),
          (int) section.fileStart(),
          bytes,
          (int) (section.address() - start),
          length);
    }
    return at(start, bytes);
  }

  private static ReadOnlyImage at(long start, byte[] bytes) throws Refusal {
    long address = start >= MemoryMap.REGION ? start : start + MemoryMap.REGION;
    if (address >>> 32 != 1) {
      throw Refusal.outOfBounds();
    }
    return new ReadOnlyImage(bytes, address);
  }
}

package dev.ovsm.elf;

import static dev.ovsm.elf.ElfFormat.EHDR_BYTES;
import static dev.ovsm.elf.ElfFormat.PHDR_BYTES;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Version;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Loads files of version 3 and later (SIMD-0189): read-only data, if any, and code as the first
 * segments, at fixed addresses, right after the headers and each other; nothing is relocated.
 */
final class StrictLoader {
  private static final byte[] IDENTITY = {0x7F, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  private final View file;
  private final Version version;

  private StrictLoader(View file, Version version) {
    this.file = file;
    this.version = version;
  }

  static Program load(View file, Version version) throws Refusal {
    return new StrictLoader(file, version).load();
  }

  private Program load() throws Refusal {
    if (file.length() < EHDR_BYTES) {
      throw Refusal.outOfBounds();
    }
    int count = file.u16(56);
    long tableEnd = EHDR_BYTES + (long) count * PHDR_BYTES;
    boolean isSane =
        Arrays.equals(file.bytes(), 0, IDENTITY.length, IDENTITY, 0, IDENTITY.length)
            && file.u16(18) == ElfFormat.EM_BPF
            && file.u32(20) == 1
            && file.u64(32) == EHDR_BYTES
            && file.u16(52) == EHDR_BYTES
            && file.u16(54) == PHDR_BYTES
            && count >= 1
            && tableEnd <= file.length();
    if (!isSane) {
      throw Refusal.invalidFileHeader();
    }
    SegmentHeader first = SegmentHeader.read(file, EHDR_BYTES);
    boolean hasData = first.flags() == ElfFormat.PF_R;
    if (hasData && count < 2) {
      throw Refusal.invalidFileHeader();
    }
    byte[] readOnly = new byte[0];
    SegmentHeader code = first;
    long codeOffset = tableEnd;
    if (hasData) {
      check(first, ElfFormat.PF_R, tableEnd, MemoryMap.RODATA);
      readOnly = bytes(first);
      code = SegmentHeader.read(file, EHDR_BYTES + PHDR_BYTES);
      codeOffset += readOnly.length;
    }
    check(code, ElfFormat.PF_X, codeOffset, MemoryMap.BYTECODE);
    return new Program(
        version,
        bytes(code),
        MemoryMap.BYTECODE,
        entryPc(code),
        new TreeMap<>(),
        readOnly,
        MemoryMap.RODATA,
        List.of());
  }

  private void check(SegmentHeader header, int flags, long offset, long address) throws Refusal {
    boolean isSane =
        header.type() == ElfFormat.PT_LOAD
            && header.flags() == flags
            && header.offset() == offset
            && offset < file.length()
            && offset % Slot.BYTES == 0
            && header.vaddr() == address
            && header.paddr() == address
            && header.fileBytes() == header.memoryBytes()
            && Long.compareUnsigned(header.fileBytes(), file.length() - offset) <= 0
            && header.fileBytes() % Slot.BYTES == 0;
    if (!isSane) {
      throw Refusal.invalidProgramHeader();
    }
  }

  private byte[] bytes(SegmentHeader header) {
    int start = (int) header.offset();
    return Arrays.copyOfRange(file.bytes(), start, start + (int) header.fileBytes());
  }

  private int entryPc(SegmentHeader code) throws Refusal {
    long entry = file.u64(24);
    long lastByte = View.saturatingSum(entry, Slot.BYTES) - 1;
    if (!View.contains(code.vaddr(), code.memoryBytes(), lastByte) || entry % Slot.BYTES != 0) {
      throw Refusal.invalidFileHeader();
    }
    return (int) ((entry - code.vaddr()) / Slot.BYTES);
  }
}

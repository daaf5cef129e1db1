package dev.ovsm.elf;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Version;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the code lies in a file and what it imports, found with as little trust in the rest of the
 * file as possible.
 *
 * @param codeAt offset of the code
 * @param codeBytes its length, a multiple of 8
 * @param codeAddress the address of slot 0 in the machine
 * @param imports slots of calls and the names that relocations give them
 */
record FileParts(
    Version version,
    byte[] elf,
    int codeAt,
    int codeBytes,
    long codeAddress,
    int entryPc,
    Map<Integer, String> imports) {

  /** The parts of a file; empty if it is no ELF file of a known version, or has no code. */
  static Optional<FileParts> of(byte[] elf) {
    View file = new View(elf);
    if (!isElf(file)) {
      return Optional.empty();
    }
    return Version.of(file.u32(48))
        .flatMap(
            version ->
                version.enableStricterElfHeaders()
                    ? strict(file, version)
                    : lenient(file, version));
  }

  /** Whether bytes begin as a 64-bit little-endian ELF file for this machine does. */
  static boolean isElf(View file) {
    return file.length() >= ElfFormat.EHDR_BYTES
        && file.u32(0) == 0x464C_457F
        && file.u8(4) == 2
        && file.u8(5) == 1
        && (file.u16(18) == ElfFormat.EM_BPF || file.u16(18) == ElfFormat.EM_SBPF);
  }

  byte[] code() {
    return Arrays.copyOfRange(elf, codeAt, codeAt + codeBytes);
  }

  private static Optional<FileParts> strict(View file, Version version) {
    int count = Math.min(2, file.u16(56));
    for (int i = 0; i < count; i++) {
      long at = ElfFormat.EHDR_BYTES + (long) i * ElfFormat.PHDR_BYTES;
      if (at + ElfFormat.PHDR_BYTES > file.length()) {
        break;
      }
      SegmentHeader segment = SegmentHeader.read(file, at);
      long end = View.saturatingSum(segment.offset(), segment.fileBytes());
      if (segment.flags() == ElfFormat.PF_X && file.holds(segment.offset(), end)) {
        return Optional.of(
            at(
                file,
                version,
                segment.offset(),
                end,
                MemoryMap.BYTECODE,
                segment.vaddr(),
                Map.of()));
      }
    }
    return Optional.empty();
  }

  private static Optional<FileParts> lenient(View file, Version version) {
    return new SectionReader(file.bytes())
        .find(".text")
        .map(
            text -> {
              long address = View.saturatingSum(text.address(), MemoryMap.REGION);
              long start = text.fileStart();
              Map<Integer, String> imports = imports(file, start, text.fileEnd());
              return at(file, version, start, text.fileEnd(), address, text.address(), imports);
            });
  }

  private static FileParts at(
      View file,
      Version version,
      long start,
      long end,
      long codeAddress,
      long entryBase,
      Map<Integer, String> imports) {
    int bytes = (int) (end - start) / Slot.BYTES * Slot.BYTES;
    long entry = (file.u64(24) - entryBase) / Slot.BYTES;
    boolean isInside = entry >= 0 && entry < bytes / Slot.BYTES;
    return new FileParts(
        version,
        file.bytes(),
        (int) start,
        bytes,
        codeAddress,
        isInside ? (int) entry : 0,
        imports);
  }

  /** The syscalls that relocations name; none if the file's tables cannot be read. */
  private static Map<Integer, String> imports(View file, long start, long end) {
    Map<Integer, String> imports = new TreeMap<>();
    try {
      ParsedElf elf = ParsedElf.parse(file);
      for (int i = 0; i < elf.relocationCount(); i++) {
        long offset = elf.relocationOffset(i);
        boolean isCall = (int) elf.relocationInfo(i) == ElfFormat.R_BPF_64_32;
        if (isCall && offset >= start && offset < end && (offset - start) % Slot.BYTES == 0) {
          Symbol symbol = elf.symbol(elf.relocationInfo(i) >>> 32);
          if (!symbol.isFunction() || symbol.value() == 0) {
            imports.put((int) (offset - start) / Slot.BYTES, elf.symbolName(symbol.name()));
          }
        }
      }
    } catch (Refusal unreadable) {
      return imports;
    }
    return imports;
  }
}

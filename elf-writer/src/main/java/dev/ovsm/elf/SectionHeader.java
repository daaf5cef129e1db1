package dev.ovsm.elf;

/** A section header; its numbers are unsigned. */
record SectionHeader(
    long name, long type, long flags, long address, long offset, long size, long link) {
  /** The header at an offset, which must have 64 bytes. */
  static SectionHeader read(View file, long at) {
    return new SectionHeader(
        file.u32(at),
        file.u32(at + 4),
        file.u64(at + 8),
        file.u64(at + 16),
        file.u64(at + 24),
        file.u64(at + 32),
        file.u32(at + 40));
  }

  /** Whether the file has bytes for it. */
  boolean hasBytes() {
    return type != ElfFormat.SHT_NOBITS;
  }

  boolean isWritable() {
    long both = ElfFormat.SHF_ALLOC | ElfFormat.SHF_WRITE;
    return (flags & both) == both;
  }

  /** Where its bytes begin in the file; 0 if it has none. */
  long fileStart() {
    return hasBytes() ? offset : 0;
  }

  /** Where its bytes end in the file, saturating; 0 if it has none. */
  long fileEnd() {
    return hasBytes() ? View.saturatingSum(offset, size) : 0;
  }

  boolean holdsAddress(long value) {
    return View.contains(address, size, value);
  }
}

package dev.ovsm.elf;

/** A program header; its numbers are unsigned. */
record SegmentHeader(
    long type, long flags, long offset, long vaddr, long paddr, long fileBytes, long memoryBytes) {
  /** The header at an offset, which must have 56 bytes. */
  static SegmentHeader read(View file, long at) {
    return new SegmentHeader(
        file.u32(at),
        file.u32(at + 4),
        file.u64(at + 8),
        file.u64(at + 16),
        file.u64(at + 24),
        file.u64(at + 32),
        file.u64(at + 40));
  }
}

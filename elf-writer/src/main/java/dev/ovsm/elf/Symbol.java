package dev.ovsm.elf;

/** An entry of a symbol table; its numbers are unsigned, its name an offset in a string table. */
record Symbol(long name, int info, int section, long value, long size) {
  /** The entry at an offset, which must have 24 bytes. */
  static Symbol read(View file, long at) {
    return new Symbol(
        file.u32(at), file.u8(at + 4), file.u16(at + 6), file.u64(at + 8), file.u64(at + 16));
  }

  boolean isFunction() {
    return (info & 0xF) == ElfFormat.STT_FUNC;
  }
}

package dev.ovsm.elf;

import dev.ovsm.elf.ElfError.Kind;

/** Carries an {@link ElfError} from where the loader finds it to {@link ElfLoader#load}. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final transient ElfError error;

  Refusal(Kind kind, String text) {
    super(text, null, false, false);
    this.error = new ElfError(kind, text);
  }

  ElfError error() {
    return error;
  }

  static Refusal failedToParse(String why) {
    return new Refusal(Kind.FAILED_TO_PARSE, "Failed to parse ELF file: " + why);
  }

  static Refusal invalidFileHeader() {
    return failedToParse("invalid file header");
  }

  static Refusal invalidSectionHeader() {
    return failedToParse("invalid section header");
  }

  static Refusal invalidDynamicTable() {
    return failedToParse("invalid dynamic section table");
  }

  static Refusal invalidProgramHeader() {
    return new Refusal(Kind.INVALID_PROGRAM_HEADER, "Invalid ELF program header");
  }

  static Refusal outOfBounds() {
    return new Refusal(Kind.VALUE_OUT_OF_BOUNDS, "Offset or value is out of bounds");
  }

  static Refusal unknownSymbol(long index) {
    return new Refusal(
        Kind.UNKNOWN_SYMBOL, "Unknown symbol with index " + Long.toUnsignedString(index));
  }

  static Refusal hashCollision(int key) {
    return new Refusal(
        Kind.SYMBOL_HASH_COLLISION, "Symbol hash collision 0x" + Integer.toHexString(key));
  }
}

package dev.ovsm.elf;

/**
 * Why the loader refuses a file.
 *
 * @param text the reference loader's message, word for word
 */
public record ElfError(Kind kind, String text) {
  /** Kinds of refusal, under the names of the reference loader. */
  public enum Kind {
    FAILED_TO_PARSE,
    ENTRYPOINT_OUT_OF_BOUNDS,
    INVALID_ENTRYPOINT,
    UNRESOLVED_SYMBOL,
    RELATIVE_JUMP_OUT_OF_BOUNDS,
    SYMBOL_HASH_COLLISION,
    WRONG_ABI,
    WRONG_MACHINE,
    NOT_ONE_TEXT_SECTION,
    WRITABLE_SECTION_NOT_SUPPORTED,
    INVALID_VIRTUAL_ADDRESS,
    UNKNOWN_RELOCATION,
    WRONG_TYPE,
    UNKNOWN_SYMBOL,
    VALUE_OUT_OF_BOUNDS,
    UNSUPPORTED_SBPF_VERSION,
    INVALID_PROGRAM_HEADER
  }
}

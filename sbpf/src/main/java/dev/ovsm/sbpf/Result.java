package dev.ovsm.sbpf;

/** What a syscall leaves in r0. */
public enum Result {
  /** Nothing: it does not return. */
  NONE("—"),
  ZERO("0"),
  /** 0 on success, otherwise a small number that is the reason. */
  STATUS("status"),
  /** 0 or a code of the autonomous runtime. */
  CODE("code"),
  /** An id of 1..2^32-1, or 0 on failure. */
  ID("id or 0"),
  /** An address, or 0. */
  ADDRESS("address or 0"),
  NUMBER("u64");

  private final String word;

  Result(String word) {
    this.word = word;
  }

  /** The word in reference documents. */
  public String word() {
    return word;
  }
}

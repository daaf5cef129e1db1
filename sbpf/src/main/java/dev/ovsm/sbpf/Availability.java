package dev.ovsm.sbpf;

/** Which machines know a syscall. */
public enum Availability {
  /** Every Solana cluster. */
  SOLANA("Solana"),
  /** Solana, where and while a feature gate has it so. */
  GATED("Solana, behind a feature gate"),
  /** This project's autonomous runtime; on Solana a call that is reached faults. */
  AUTONOMOUS("autonomous runtime");

  private final String word;

  Availability(String word) {
    this.word = word;
  }

  /** The words in reference documents. */
  public String word() {
    return word;
  }
}

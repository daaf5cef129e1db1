package dev.ovsm.sbpf;

/** Why an arithmetic instruction has no result. */
public enum AluFault {
  DIVIDE_BY_ZERO,
  /** The smallest signed number divided by -1. */
  DIVIDE_OVERFLOW
}

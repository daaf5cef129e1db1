package dev.ovsm.sbpf;

import java.util.Locale;

/** What an instruction computes or does, apart from its width and the form of its operand. */
public enum Operation {
  ADD,
  SUB,
  MUL,
  DIV,
  OR,
  AND,
  LSH,
  RSH,
  NEG,
  MOD,
  XOR,
  MOV,
  ARSH,
  LE,
  BE,
  HOR,
  LMUL,
  UHMUL,
  SHMUL,
  UDIV,
  UREM,
  SDIV,
  SREM,
  LDDW,
  LDX,
  ST,
  STX,
  JA,
  JEQ,
  JGT,
  JGE,
  JSET,
  JNE,
  JSGT,
  JSGE,
  JLT,
  JLE,
  JSLT,
  JSLE,
  CALL,
  CALLX,
  EXIT;

  /** The stem of the mnemonic: the constant in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.ovsm.ir;

/**
 * Reasons, built into the language, for which an invocation stops with an error; the code is the
 * custom error number that the transaction reports. Error numbers from 6000 belong to the program.
 */
public enum Failure {
  OVERFLOW(5000, "arithmetic overflow"),
  DIVISION_BY_ZERO(5001, "division by zero"),
  NARROWING(5002, "value does not fit the narrower type"),
  OUT_OF_BOUNDS(5003, "index out of bounds"),
  NULL(5004, "null used as a value"),
  UNKNOWN_INSTRUCTION(5005, "no entry for this instruction data"),
  BAD_INSTRUCTION_DATA(5006, "instruction data does not fit the entry's parameters"),
  MISSING_ACCOUNT(5007, "an account that the entry needs was not passed"),
  MISSING_MAP(5008, "a map's account was not passed or was not created"),
  INTRINSIC(5009, "a runtime call whose result is not used returned an error code"),
  NOT_A_TRIGGER(5010, "a callback was invoked by a user transaction"),
  ASSERTION(5011, "an assertion does not hold"),
  OUT_OF_MEMORY(5012, "the heap has no room left"),
  THROW(5013, "a throw that no catch of its tag waits for");

  private final int code;
  private final String text;

  Failure(int code, String text) {
    this.code = code;
    this.text = text;
  }

  public int code() {
    return code;
  }

  public String text() {
    return text;
  }
}

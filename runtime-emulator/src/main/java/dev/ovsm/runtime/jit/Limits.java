package dev.ovsm.runtime.jit;

/**
 * How large generated code may become.
 *
 * @param methodBytes the estimated bytecode of one method, well below the 8,000 bytes beyond which
 *     the Java VM never compiles a method
 * @param methodAccesses accesses to memory in one method: each is inlined, and the Java VM stops
 *     inlining when a method has grown too much
 * @param unitInstructions instructions in one class
 * @param functions functions of a program
 */
record Limits(int methodBytes, int methodAccesses, int unitInstructions, int functions) {
  static final Limits USUAL = new Limits(6000, 400, 20_000, 10_000);

  Limits withMethodBytes(int bytes) {
    return new Limits(bytes, methodAccesses, unitInstructions, functions);
  }

  /** How many instructions all functions of a program may have, those that they share repeated. */
  long instructions(int slots) {
    return 1000L + slots + slots / 4;
  }
}

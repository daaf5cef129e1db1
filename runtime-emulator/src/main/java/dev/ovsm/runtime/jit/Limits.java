package dev.ovsm.runtime.jit;

/**
 * How large generated code may become.
 *
 * @param methodBytes the estimated bytecode of one method, well below the 8,000 bytes beyond which
 *     the Java VM never compiles a method
 * @param methodAccesses accesses to memory in one method: each is inlined, and the Java VM stops
 *     inlining when a method has grown too much
 * @param unitInstructions instructions in one class
 * @param copies how often all code may be compiled altogether, where functions share it
 */
record Limits(int methodBytes, int methodAccesses, int unitInstructions, int copies) {
  static final Limits USUAL = new Limits(6000, 400, 20_000, 3);

  Limits withMethodBytes(int bytes) {
    return new Limits(bytes, methodAccesses, unitInstructions, copies);
  }
}

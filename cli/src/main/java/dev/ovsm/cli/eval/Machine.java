package dev.ovsm.cli.eval;

/** What runs an expression, by its word on the command line. */
public enum Machine {
  /** The interpreter of the IR: the reference meaning, without verifier and machine code. */
  IR,
  /** The machine code in the virtual machine, once the verifier has nothing against it. */
  VM
}

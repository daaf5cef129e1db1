package dev.ovsm.backend.machine;

/** A way out of a function from its middle, shared by all who take it. */
public sealed interface Exit {
  /** Ends the invocation with a code. */
  record Failure(long code) implements Exit {}

  /** Hands on the failure of a callee: code and status are in their registers already. */
  record Propagate() implements Exit {}
}

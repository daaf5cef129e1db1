package dev.ovsm.cli.idl;

/** A type of the IDL. */
sealed interface IdlType {
  /** A type without parts, by its word. */
  record Plain(String word) implements IdlType {}

  record Option(IdlType of) implements IdlType {}

  record Vec(IdlType of) implements IdlType {}

  record Array(IdlType of, int length) implements IdlType {}

  /** A type that the program defines. */
  record Defined(String name) implements IdlType {}
}

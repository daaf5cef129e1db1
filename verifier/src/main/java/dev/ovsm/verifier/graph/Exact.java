package dev.ovsm.verifier.graph;

/**
 * A claim that a node's value fits a type in a block; whoever made the code relied on it.
 *
 * @param node computes a value modulo 2^64
 * @param origin what the value is before it is put in the type
 * @param bits the width of the type
 */
public record Exact(int function, int node, int block, Origin origin, int bits, boolean signed) {
  /** What a value is that is claimed to fit. */
  public enum Origin {
    /** The result of an arithmetic operation on numbers of the type. */
    ARITHMETIC,
    /** A number with sign. */
    SIGNED,
    /** A number without sign. */
    UNSIGNED
  }
}

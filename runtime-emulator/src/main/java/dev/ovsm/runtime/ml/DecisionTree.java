package dev.ovsm.runtime.ml;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A binary decision tree.
 *
 * <p>Its bytes, little-endian: {u32 "OMLT", u16 version 1, u16 0, u32 nodes, u32 features}, then
 * each node: {u32 feature, u32 left, u32 right, u32 0, i64 value}. Feature 2^32−1 makes a leaf,
 * whose value is the result. At other nodes the way leads left if the feature is at most the value,
 * else right, always to a node further back. The first node is the root.
 */
public final class DecisionTree {
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle INT = view(int[].class);
  private static final int MAGIC = 0x544C_4D4F;
  private static final int HEADER_BYTES = 16;
  private static final int NODE_BYTES = 24;
  private static final int LEAF = -1;

  private final byte[] bytes;

  private DecisionTree(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads a model, whose array is not to change; empty if its frame makes no sense. */
  public static Optional<DecisionTree> read(byte[] bytes) {
    boolean framed =
        bytes.length >= HEADER_BYTES + NODE_BYTES
            && (int) INT.get(bytes, 0) == MAGIC
            && (int) INT.get(bytes, 4) == 1
            && unsigned(bytes, 8) == (bytes.length - HEADER_BYTES) / NODE_BYTES
            && (bytes.length - HEADER_BYTES) % NODE_BYTES == 0;
    return framed ? Optional.of(new DecisionTree(bytes)) : Optional.empty();
  }

  /** How many features it takes, unsigned. */
  public long features() {
    return unsigned(bytes, 12);
  }

  /** Whether a node is a leaf. */
  public boolean isLeaf(int node) {
    return (int) INT.get(bytes, at(node)) == LEAF;
  }

  /** The value of a node. */
  public long value(int node) {
    return (long) LONG.get(bytes, at(node) + 16);
  }

  /** The node to which an inner node leads, or -1 if it is malformed. */
  public int next(int node, long[] features) {
    long feature = unsigned(bytes, at(node));
    if (feature >= features.length) {
      return -1;
    }
    boolean left = features[(int) feature] <= value(node);
    long next = unsigned(bytes, at(node) + (left ? 4 : 8));
    return next > node && next < unsigned(bytes, 8) ? (int) next : -1;
  }

  private static int at(int node) {
    return HEADER_BYTES + node * NODE_BYTES;
  }

  private static long unsigned(byte[] bytes, int at) {
    return (int) INT.get(bytes, at) & 0xFFFF_FFFFL;
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }
}

package dev.ovsm.runtime.transaction;

import java.util.List;

/** A message and the 64-byte signatures of its first keys, in their order. */
public record Transaction(List<byte[]> signatures, Message message) {
  /** Length of a signature in bytes. */
  public static final int SIGNATURE_BYTES = 64;

  /** The largest transaction that travels in one packet, in bytes. */
  public static final int MAX_BYTES = 1232;

  public Transaction {
    signatures = List.copyOf(signatures);
  }
}

package dev.ovsm.runtime.transaction;

import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes and reads transactions in the wire format of legacy and version 0 messages. */
public final class TransactionCodec {
  private static final int VERSION_BIT = 0x80;

  private TransactionCodec() {}

  /** The bytes of a transaction. */
  public static byte[] write(Transaction transaction) {
    ByteWriter out = new ByteWriter().shortLength(transaction.signatures().size());
    transaction.signatures().forEach(out::bytes);
    return out.bytes(write(transaction.message())).toBytes();
  }

  /** The bytes of a message: what its signers sign. */
  public static byte[] write(Message message) {
    ByteWriter out = new ByteWriter();
    if (message.versioned()) {
      out.u8(VERSION_BIT);
    }
    out.u8(message.signatures()).u8(message.readonlySigned()).u8(message.readonlyUnsigned());
    out.shortLength(message.keys().size());
    message.keys().forEach(out::key);
    out.key(message.blockhash());
    out.shortLength(message.instructions().size());
    for (CompiledInstruction instruction : message.instructions()) {
      out.u8(instruction.program());
      bytes(out, instruction.accounts());
      bytes(out, instruction.data());
    }
    if (message.versioned()) {
      out.shortLength(message.tables().size());
      for (LookupTable table : message.tables()) {
        out.key(table.table());
        bytes(out, table.writable());
        bytes(out, table.readonly());
      }
    }
    return out.toBytes();
  }

  /** The transaction in some bytes, if they are exactly one of a known version. */
  public static Optional<Transaction> read(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int count = in.shortLength();
    List<byte[]> signatures = new ArrayList<>();
    for (int i = 0; i < count && !in.failed(); i++) {
      signatures.add(in.bytes(Transaction.SIGNATURE_BYTES));
    }
    Message message = message(in);
    return in.failed() || in.remaining() > 0
        ? Optional.empty()
        : Optional.of(new Transaction(signatures, message));
  }

  private static Message message(ByteReader in) {
    int first = in.u8();
    boolean versioned = first >= VERSION_BIT;
    if (first > VERSION_BIT) {
      in.fail();
    }
    int signatures = versioned ? in.u8() : first;
    int readonlySigned = in.u8();
    int readonlyUnsigned = in.u8();
    List<Pubkey> keys = new ArrayList<>();
    int keyCount = in.shortLength();
    for (int i = 0; i < keyCount && !in.failed(); i++) {
      keys.add(in.key());
    }
    Pubkey blockhash = in.key();
    List<CompiledInstruction> instructions = new ArrayList<>();
    int instructionCount = in.shortLength();
    for (int i = 0; i < instructionCount && !in.failed(); i++) {
      instructions.add(new CompiledInstruction(in.u8(), bytes(in), bytes(in)));
    }
    List<LookupTable> tables = new ArrayList<>();
    int tableCount = versioned ? in.shortLength() : 0;
    for (int i = 0; i < tableCount && !in.failed(); i++) {
      tables.add(new LookupTable(in.key(), bytes(in), bytes(in)));
    }
    return new Message(
        versioned,
        signatures,
        readonlySigned,
        readonlyUnsigned,
        keys,
        blockhash,
        instructions,
        tables);
  }

  private static byte[] bytes(ByteReader in) {
    return in.bytes(in.shortLength());
  }

  private static void bytes(ByteWriter out, byte[] bytes) {
    out.shortLength(bytes.length).bytes(bytes);
  }
}

package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.transaction.ByteReader;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of a builtin's instruction; {@link #end} fails the instruction if any was
 * missing. Bytes left over are ignored.
 */
final class InstructionData {
  /** Fields beyond a packet's length are refused even where a call could carry them. */
  private static final int MOST_BYTES = 1232;

  private final ByteReader in;
  private final int length;

  InstructionData(byte[] data) {
    in = new ByteReader(data);
    length = data.length;
  }

  int tag() {
    return in.u32();
  }

  int u32() {
    return in.u32();
  }

  long u64() {
    return in.u64();
  }

  Pubkey key() {
    return in.key();
  }

  boolean bool() {
    return in.bool();
  }

  /** Whether anything is left. */
  boolean more() {
    return in.remaining() > 0;
  }

  byte[] bytes() {
    return in.bytes(in.u64());
  }

  /** A length in 64 bits and so many bytes, which must be UTF-8. */
  byte[] string() {
    byte[] bytes = bytes();
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      in.fail();
    }
    return bytes;
  }

  void end() {
    if (in.failed() || length - in.remaining() > MOST_BYTES) {
      throw new InstructionFailure(Kind.INVALID_INSTRUCTION_DATA);
    }
  }
}

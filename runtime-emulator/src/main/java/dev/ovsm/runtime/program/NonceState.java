package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.transaction.ByteReader;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.sbpf.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a nonce account holds.
 *
 * @param legacy whether the nonce is of the time when it could be mistaken for a blockhash
 * @param value null in an account that is not initialised
 */
record NonceState(boolean legacy, @Nullable Value value) {
  /**
   * An initialised nonce.
   *
   * @param lamportsPerSignature the fee of transactions that use it
   */
  record Value(Pubkey authority, Pubkey nonce, long lamportsPerSignature) {}

  static NonceState read(byte[] data) {
    ByteReader in = new ByteReader(data);
    int version = in.u32();
    int tag = in.u32();
    Value value = tag == 1 ? new Value(in.key(), in.key(), in.u64()) : null;
    if (in.failed() || version > 1 || version < 0 || tag > 1 || tag < 0) {
      throw new InstructionFailure(Kind.INVALID_ACCOUNT_DATA);
    }
    return new NonceState(version == 0, value);
  }

  /** Account data with this state in place of what it began with. */
  byte[] over(byte[] data) {
    ByteWriter out = new ByteWriter().u32(legacy ? 0 : 1).u32(value == null ? 0 : 1);
    if (value != null) {
      out.key(value.authority).key(value.nonce).u64(value.lamportsPerSignature);
    }
    byte[] state = out.toBytes();
    if (state.length > data.length) {
      throw new InstructionFailure(Kind.ACCOUNT_DATA_TOO_SMALL);
    }
    byte[] changed = data.clone();
    System.arraycopy(state, 0, changed, 0, state.length);
    return changed;
  }

  /** The same nonce in the current form; nothing if it is current, or not initialised. */
  Optional<NonceState> upgraded() {
    if (!legacy || value == null) {
      return Optional.empty();
    }
    Value moved = new Value(value.authority, durable(value.nonce), value.lamportsPerSignature);
    return Optional.of(new NonceState(false, moved));
  }

  /** The nonce that stands for a blockhash: no blockhash can equal it. */
  static Pubkey durable(Pubkey blockhash) {
    byte[] space = "DURABLE_NONCE".getBytes(StandardCharsets.US_ASCII);
    return Pubkey.of(Sha256.of(space, blockhash.bytes()));
  }
}

package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.ByteReader;
import dev.ovsm.runtime.transaction.ByteWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an account of the upgradeable loader begins with. */
public sealed interface LoaderState {
  /** Length of the state of a program account, in bytes. */
  int PROGRAM_BYTES = 36;

  /** Where the ELF file begins in a buffer, in bytes. */
  int BUFFER_BYTES = 37;

  /** Where the ELF file begins in a program's data account, in bytes. */
  int PROGRAM_DATA_BYTES = 45;

  /** Length of the state of an account that is not in use, in bytes. */
  int UNINITIALIZED_BYTES = 4;

  /** Not in use. */
  record Uninitialized() implements LoaderState {}

  /**
   * Holds an ELF file to deploy.
   *
   * @param authority who may write it, or null if nobody may
   */
  record Buffer(@Nullable Pubkey authority) implements LoaderState {}

  /** What is called: it only says where the code is. */
  record Program(Pubkey programData) implements LoaderState {}

  /**
   * Holds the code of a program.
   *
   * @param slot the slot in which it was last changed
   * @param authority who may upgrade it, or null if nobody may
   */
  record ProgramData(long slot, @Nullable Pubkey authority) implements LoaderState {}

  /** The state that account data begins with, or nothing if it begins with none. */
  static Optional<LoaderState> read(byte[] data) {
    ByteReader in = new ByteReader(data);
    LoaderState state =
        switch (in.u32()) {
          case 0 -> new Uninitialized();
          case 1 -> new Buffer(optionalKey(in));
          case 2 -> new Program(in.key());
          case 3 -> new ProgramData(in.u64(), optionalKey(in));
          default -> null;
        };
    return state == null || in.failed() ? Optional.empty() : Optional.of(state);
  }

  /** The bytes of this state; an absent authority takes one byte. */
  default byte[] bytes() {
    ByteWriter out = new ByteWriter();
    if (this instanceof Buffer buffer) {
      optionalKey(out.u32(1), buffer.authority);
    } else if (this instanceof Program program) {
      out.u32(2).key(program.programData);
    } else if (this instanceof ProgramData data) {
      optionalKey(out.u32(3).u64(data.slot), data.authority);
    } else {
      out.u32(0);
    }
    return out.toBytes();
  }

  private static @Nullable Pubkey optionalKey(ByteReader in) {
    return in.bool() ? in.key() : null;
  }

  private static void optionalKey(ByteWriter out, @Nullable Pubkey key) {
    if (key == null) {
      out.u8(0);
    } else {
      out.u8(1).key(key);
    }
  }
}

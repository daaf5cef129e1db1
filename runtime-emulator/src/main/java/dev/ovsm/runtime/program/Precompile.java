package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.crypto.CurvePoints;
import dev.ovsm.runtime.crypto.Ed25519;
import dev.ovsm.runtime.crypto.HashFunction;
import dev.ovsm.runtime.crypto.Secp256k1;
import dev.ovsm.runtime.crypto.Secp256r1;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.transaction.InstructionError;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The programs that verify signatures over data of the transaction's instructions; they cost no
 * compute units and log nothing.
 *
 * <p>Their data is a count and, for each signature, where it, the key and the message are.
 */
public enum Precompile {
  ED25519(ProgramIds.ED25519_PRECOMPILE, 2, 14) {
    @Override
    void verifyCount(int count, int length) {
      require(count != 0 || length == 2, Failure.DATA_SIZE);
    }

    @Override
    void verifyOne(Places places) {
      byte[] signature = places.wide(0, Ed25519.SIGNATURE_BYTES);
      byte[] key = places.wide(4, Ed25519.KEY_BYTES);
      require(CurvePoints.EDWARDS.isValid(key), Failure.PUBLIC_KEY);
      byte[] message = places.wideMessage();
      require(Ed25519.verify(signature, key, message), Failure.SIGNATURE);
    }
  },
  SECP256R1(ProgramIds.SECP256R1_PRECOMPILE, 2, 14) {
    private static final int MAX_SIGNATURES = 8;

    @Override
    void verifyCount(int count, int length) {
      require(count != 0 && count <= MAX_SIGNATURES, Failure.DATA_SIZE);
    }

    @Override
    void verifyOne(Places places) {
      byte[] signature = places.wide(0, Secp256r1.SIGNATURE_BYTES);
      byte[] key = places.wide(4, Secp256r1.KEY_BYTES);
      byte[] message = places.wideMessage();
      require(Secp256r1.isInRange(signature), Failure.SIGNATURE);
      require(Secp256r1.isKey(key), Failure.PUBLIC_KEY);
      require(Secp256r1.verify(signature, key, message), Failure.SIGNATURE);
    }
  },
  SECP256K1(ProgramIds.SECP256K1_PRECOMPILE, 1, 11) {
    private static final int SIGNATURE = 64;
    private static final int ADDRESS = 20;
    private static final int RECOVERY_IDS = 4;

    @Override
    void verifyCount(int count, int length) {
      require(count != 0 || length == 1, Failure.DATA_SIZE);
    }

    @Override
    void verifyOne(Places places) {
      byte[] signed = places.narrow(0, SIGNATURE + 1, Failure.DATA_SIZE, Failure.SIGNATURE);
      byte[] signature = Arrays.copyOf(signed, SIGNATURE);
      int recoveryId = signed[SIGNATURE] & 0xff;
      require(Secp256k1.isInRange(signature), Failure.SIGNATURE);
      require(recoveryId < RECOVERY_IDS, Failure.RECOVERY_ID);
      byte[] address = places.narrow(3, ADDRESS, Failure.DATA_OFFSETS, Failure.SIGNATURE);
      byte[] message = places.narrowMessage();
      byte[] hash = HashFunction.KECCAK256.hash(message);
      byte[] key = Secp256k1.recover(hash, recoveryId, signature);
      require(key != null && Arrays.equals(address, addressOf(key)), Failure.SIGNATURE);
    }

    /** Ethereum's address of a key: the end of its hash. */
    private static byte[] addressOf(byte[] key) {
      byte[] hash = HashFunction.KECCAK256.hash(key);
      return Arrays.copyOfRange(hash, hash.length - ADDRESS, hash.length);
    }
  };

  /** The errors, whose numbers the transaction reports. */
  private enum Failure {
    PUBLIC_KEY(0),
    RECOVERY_ID(1),
    SIGNATURE(2),
    DATA_OFFSETS(3),
    DATA_SIZE(4);

    private final int code;

    Failure(int code) {
      this.code = code;
    }
  }

  private final Pubkey id;
  private final int start;
  private final int step;

  /** {@code start} bytes come before the places of the signatures, of {@code step} bytes each. */
  Precompile(Pubkey id, int start, int step) {
    this.id = id;
    this.start = start;
    this.step = step;
  }

  /** The precompile at an address, or null. */
  public static @Nullable Precompile at(Pubkey program) {
    for (Precompile precompile : values()) {
      if (precompile.id.equals(program)) {
        return precompile;
      }
    }
    return null;
  }

  /**
   * Verifies all signatures of an instruction; throws {@link InstructionFailure} at the first one
   * that is not right.
   *
   * @param instructions the data of all instructions of the transaction
   */
  public void verify(byte[] data, List<byte[]> instructions) {
    require(data.length >= start, Failure.DATA_SIZE);
    int count = data[0] & 0xff;
    verifyCount(count, data.length);
    require(data.length >= start + count * step, Failure.DATA_SIZE);
    for (int i = 0; i < count; i++) {
      verifyOne(new Places(data, start + i * step, instructions));
    }
  }

  abstract void verifyCount(int count, int length);

  abstract void verifyOne(Places places);

  private static void require(boolean holds, Failure failure) {
    if (!holds) {
      throw new InstructionFailure(new InstructionError.Custom(failure.code));
    }
  }

  /** Where the parts of one signature are: offsets in instructions, told at a place of the data. */
  private record Places(byte[] data, int at, List<byte[]> instructions) {
    private static final int THIS_INSTRUCTION = 0xffff;

    /** A part told by two bytes of offset and two of instruction, all ones for this one. */
    byte[] wide(int place, int length) {
      return wide(u16(place), u16(place + 2), length);
    }

    byte[] wideMessage() {
      return wide(u16(8), u16(12), u16(10));
    }

    private byte[] wide(int offset, int instruction, int length) {
      require(
          instruction == THIS_INSTRUCTION || instruction < instructions.size(),
          Failure.DATA_OFFSETS);
      byte[] source = instruction == THIS_INSTRUCTION ? data : instructions.get(instruction);
      return part(source, offset, length, Failure.DATA_OFFSETS);
    }

    /** A part told by two bytes of offset and one of instruction. */
    byte[] narrow(int place, int length, Failure noInstruction, Failure beyond) {
      return narrow(u16(place), u8(place + 2), length, noInstruction, beyond);
    }

    byte[] narrowMessage() {
      return narrow(u16(6), u8(10), u16(8), Failure.DATA_OFFSETS, Failure.SIGNATURE);
    }

    private byte[] narrow(
        int offset, int instruction, int length, Failure noInstruction, Failure beyond) {
      require(instruction < instructions.size(), noInstruction);
      return part(instructions.get(instruction), offset, length, beyond);
    }

    private static byte[] part(byte[] source, int offset, int length, Failure beyond) {
      require(offset + length <= source.length, beyond);
      return Arrays.copyOfRange(source, offset, offset + length);
    }

    private int u16(int place) {
      return u8(place) | (u8(place + 1) << 8);
    }

    private int u8(int place) {
      return data[at + place] & 0xff;
    }
  }
}

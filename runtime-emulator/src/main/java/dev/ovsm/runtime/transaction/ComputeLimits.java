package dev.ovsm.runtime.transaction;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.sbpf.MemoryMap;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction may use, as its compute-budget instructions say.
 *
 * @param units compute units
 * @param heapBytes heap of each program
 * @param price of a compute unit in millionths of a lamport, unsigned
 * @param loadedBytes the most account data the transaction may load
 * @param error why the instructions make no sense, or null
 */
public record ComputeLimits(
    long units, int heapBytes, long price, int loadedBytes, @Nullable TransactionError error) {
  /** The most compute units of one transaction. */
  public static final int MAX_UNITS = 1_400_000;

  /** The most account data that one transaction loads, in bytes. */
  public static final int MAX_LOADED_BYTES = 64 * 1024 * 1024;

  /** What each instruction of a loaded program adds by default. */
  public static final int UNITS_PER_INSTRUCTION = 200_000;

  private static final int UNITS_PER_BUILTIN = 3000;
  private static final int HEAP_GRANULE = 1024;
  private static final long MICRO = 1_000_000;

  private static final Set<Pubkey> CHEAP =
      Set.of(
          ProgramIds.SYSTEM,
          ProgramIds.VOTE,
          ProgramIds.COMPUTE_BUDGET,
          ProgramIds.LOADER_V1,
          ProgramIds.LOADER_V2,
          ProgramIds.LOADER_V3,
          ProgramIds.ED25519_PRECOMPILE,
          ProgramIds.SECP256K1_PRECOMPILE);

  /** The limits of a message whose indices are in range. */
  public static ComputeLimits of(Message message) {
    Requests requests = new Requests();
    int index = 0;
    for (CompiledInstruction instruction : message.instructions()) {
      Pubkey program = message.keys().get(instruction.program());
      requests.defaultUnits += CHEAP.contains(program) ? UNITS_PER_BUILTIN : UNITS_PER_INSTRUCTION;
      if (program.equals(ProgramIds.COMPUTE_BUDGET)) {
        requests.read(instruction.data(), index);
      }
      index++;
    }
    return requests.limits();
  }

  /** The fee above the one for signatures, in lamports, rounded up. */
  public long priorityFee() {
    BigInteger micro =
        new BigInteger(Long.toUnsignedString(price)).multiply(BigInteger.valueOf(units));
    BigInteger lamports =
        micro.add(BigInteger.valueOf(MICRO - 1)).divide(BigInteger.valueOf(MICRO));
    return lamports.bitLength() > Long.SIZE ? -1 : lamports.longValue();
  }

  private static final class Requests {
    private long defaultUnits;
    private @Nullable Integer heap;
    private int heapIndex;
    private @Nullable Integer units;
    private @Nullable Long price;
    private @Nullable Integer loaded;
    private @Nullable TransactionError error;

    void read(byte[] data, int index) {
      ByteReader in = new ByteReader(data);
      int tag = in.u8();
      boolean again = false;
      switch (tag) {
        case 1 -> {
          again = heap != null;
          heap = in.u32();
          heapIndex = index;
        }
        case 2 -> {
          again = units != null;
          units = in.u32();
        }
        case 3 -> {
          again = price != null;
          price = in.u64();
        }
        case 4 -> {
          again = loaded != null;
          loaded = in.u32();
        }
        default -> in.fail();
      }
      if (error == null && in.failed()) {
        error = new TransactionError.InstructionFailed(index, Kind.INVALID_INSTRUCTION_DATA);
      } else if (error == null && again) {
        error = new TransactionError.DuplicateInstruction(index);
      }
    }

    private static boolean isHeap(int bytes) {
      return bytes >= MemoryMap.DEFAULT_HEAP_BYTES
          && bytes <= MemoryMap.MAX_HEAP_BYTES
          && bytes % HEAP_GRANULE == 0;
    }

    ComputeLimits limits() {
      if (error == null && heap != null && !isHeap(heap)) {
        error = new TransactionError.InstructionFailed(heapIndex, Kind.INVALID_INSTRUCTION_DATA);
      }
      if (error == null && loaded != null && loaded == 0) {
        error = TransactionError.Kind.INVALID_LOADED_ACCOUNTS_DATA_SIZE_LIMIT;
      }
      long wanted = units == null ? defaultUnits : Integer.toUnsignedLong(units);
      long bytes = loaded == null ? MAX_LOADED_BYTES : Integer.toUnsignedLong(loaded);
      return new ComputeLimits(
          Math.min(wanted, MAX_UNITS),
          heap == null ? MemoryMap.DEFAULT_HEAP_BYTES : heap,
          price == null ? 0 : price,
          (int) Math.min(bytes, MAX_LOADED_BYTES),
          error);
    }
  }
}

package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.MemoryMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An instruction as a program finds it in memory at {@link dev.ovsm.sbpf.MemoryMap#INPUT}.
 *
 * @param places of the accounts, one for each position; repetitions have that of the first
 * @param dataAddress the address of the instruction's data
 */
record Input(byte[] bytes, AccountPlace[] places, long dataAddress) {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The same input with other first eight bytes of instruction data, which grow to hold them. */
  Input redirected(long discriminator) {
    int at = (int) (dataAddress - MemoryMap.INPUT);
    int length = bytes.length - Pubkey.BYTES - at;
    byte[] next = bytes;
    if (length < Long.BYTES) {
      int end = at + length;
      next = Arrays.copyOf(bytes, at + Long.BYTES + Pubkey.BYTES);
      System.arraycopy(bytes, end, next, at + Long.BYTES, Pubkey.BYTES);
      LONG.set(next, at - Long.BYTES, (long) Long.BYTES);
    }
    LONG.set(next, at, discriminator);
    return new Input(next, places, dataAddress);
  }
}

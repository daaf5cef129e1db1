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

  /** Fills all that was serialised with zeros; room to grow is not touched. */
  void clear(InputLayout layout) {
    int from = 0;
    for (AccountPlace place : places) {
      int end = (int) (place.data() - MemoryMap.INPUT) + place.length();
      // a repetition has the place of the first
      if (layout == InputLayout.ALIGNED && end > from) {
        Arrays.fill(bytes, from, end, (byte) 0);
        from = end + InputLayout.MAX_GROWTH;
      }
    }
    Arrays.fill(bytes, from, bytes.length, (byte) 0);
  }

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

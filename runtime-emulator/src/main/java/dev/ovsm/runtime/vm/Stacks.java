package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.MemoryMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The stacks of finished invocations, for new ones: to clear what one wrote takes less time than to
 * make one.
 *
 * <p>Safe for several threads; whoever gives a stack back must not use it any more.
 */
public final class Stacks {
  private static final int KEPT = 8;

  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(KEPT);

  /** A stack full of zeros. */
  public byte[] take() {
    byte[] stack = free.poll();
    return stack == null ? new byte[MemoryMap.STACK_BYTES] : stack;
  }

  /** Takes back what {@link #take} gave, full of zeros again. */
  public void give(byte[] stack) {
    free.offer(stack);
  }
}

package dev.ovsm.sbpf;

/** Where things lie in a program's address space, and how large they are; all sizes in bytes. */
public final class MemoryMap {
  /** The size of the address range of a region: the region's number is the address's high half. */
  public static final long REGION = 0x1_0000_0000L;

  /** Read-only data of versions with {@link Version#enableLowerRodataVaddr}. */
  public static final long RODATA = 0;

  /** Code; before version 3 with the read-only data in one readable image. */
  public static final long BYTECODE = REGION;

  public static final long STACK = 2 * REGION;
  public static final long HEAP = 3 * REGION;

  /** The serialised parameters; writable. */
  public static final long INPUT = 4 * REGION;

  /** Records reserved in a ring buffer, while a reservation is open. */
  public static final long RING_WINDOW = 5 * REGION;

  public static final int FRAME_BYTES = 4096;

  /** The most frames at once, that of the entrypoint included. */
  public static final int MAX_CALL_DEPTH = 64;

  public static final int STACK_BYTES = MAX_CALL_DEPTH * FRAME_BYTES;
  public static final int DEFAULT_HEAP_BYTES = 32 * 1024;
  public static final int MAX_HEAP_BYTES = 256 * 1024;

  private MemoryMap() {}

  /** The value of r10 when a program begins. */
  public static long initialFramePointer(Version version) {
    return STACK + (version.manualStackFrameBump() ? STACK_BYTES : FRAME_BYTES);
  }

  /** How far a call moves r10. */
  public static int frameStride(Version version) {
    if (version.manualStackFrameBump()) {
      return 0;
    }
    return version.stackFrameGaps() ? 2 * FRAME_BYTES : FRAME_BYTES;
  }
}

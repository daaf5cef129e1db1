package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The account infos in the frame that a call of another program is handed: what it writes, it
 * writes to them or by the addresses in them.
 *
 * <p>The machine writes lamports, owner, data, the data's length in the word before them, and that
 * length in the info itself; each begins in the region of its address and ends there, or the call
 * fails. It reads all addresses before it writes anything.
 *
 * @param place of the first one, from the frame pointer
 */
record AccountInfos(long place, int count) {
  /** Of more than these nothing is known. */
  private static final int MOST = 32;

  private static final int BYTES = 56;
  private static final int LENGTH = 16;

  /** The addresses in an info, counted from its beginning. */
  private static final List<Pointer> WRITTEN =
      List.of(
          new Pointer(8, new Extent(0, Long.BYTES), new Extent(0, 1)),
          new Pointer(24, new Extent(-Long.BYTES, Extent.FAR), new Extent(-Long.BYTES, 1)),
          new Pointer(32, new Extent(0, 32), new Extent(0, 1)));

  /** The infos that a call is handed, if it is known where they are. */
  static Optional<AccountInfos> of(Syscall syscall, List<Locus> passed) {
    Locus count = passed.get(2);
    boolean known =
        syscall == Syscall.SOL_INVOKE_SIGNED_C
            && passed.get(1).isFrame()
            && count.isConstant()
            && count.value() >= 0
            && count.value() <= MOST;
    return known
        ? Optional.of(new AccountInfos(passed.get(1).value(), (int) count.value()))
        : Optional.empty();
  }

  /** The addresses by which the call writes, in their order. */
  List<Pointer> pointers() {
    List<Pointer> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (Pointer one : WRITTEN) {
        all.add(one.above(place + (long) BYTES * i));
      }
    }
    return all;
  }

  /**
   * An address by which the call writes.
   *
   * @param place of the address, from the beginning of its info or from the frame pointer
   * @param bytes that may be written, counted from the address
   * @param first of these, what tells in which regions they lie
   */
  record Pointer(long place, Extent bytes, Extent first) {
    private Pointer above(long info) {
      return new Pointer(info + place, bytes, first);
    }

    /** Where it is kept, for an address that is counted from the frame pointer. */
    Variables.Cell cell() {
      return new Variables.Cell(Variables.Cell.FRAME, place, Long.BYTES);
    }
  }

  /** What is written to the infos themselves. */
  Writes lengths() {
    Extent all = new Extent(LENGTH, (long) BYTES * (count - 1) + LENGTH + Long.BYTES);
    return count == 0 ? Writes.NOTHING : Writes.at(Locus.frame(place), all);
  }
}

package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.sbpf.Utf8Sequence;

/**
 * Strict UTF-8; a string that is none fails with the place and length of the first bad sequence.
 */
final class Utf8 {
  private Utf8() {}

  static String decode(Slice slice) {
    int end = slice.offset() + slice.length();
    return Utf8Sequence.text(slice.bytes(), slice.offset(), end, SyscallFailure::fault);
  }
}

package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.sbpf.Utf8Sequence;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Strict UTF-8; a string that is none fails with the place and length of the first bad sequence.
 */
final class Utf8 {
  private Utf8() {}

  static String decode(Slice slice) {
    byte[] bytes = slice.bytes();
    int end = slice.offset() + slice.length();
    Optional<String> error = Utf8Sequence.error(bytes, slice.offset(), end);
    if (error.isPresent()) {
      throw SyscallFailure.fault(error.get());
    }
    return new String(bytes, slice.offset(), slice.length(), StandardCharsets.UTF_8);
  }
}

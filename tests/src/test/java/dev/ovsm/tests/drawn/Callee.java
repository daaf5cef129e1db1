package dev.ovsm.tests.drawn;

import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A program that drawn programs call, with {@link Surroundings#FOREIGN} and {@link
 * Surroundings#VAULT} as accounts; the data are the byte of an operation and a word.
 */
final class Callee {
  /** The data of its account: a word that words are added to, and one that signers set. */
  static final int DATA_BYTES = 16;

  /** Adds the word to the first of its account, and logs it. */
  static final int ADD = 0;

  /** Returns the word. */
  static final int RETURN = 1;

  /** Sets the second word of its account, if the vault signs. */
  static final int SET = 2;

  /** Fails with a number that the word says. */
  static final int FAIL = 3;

  private static final long UNSIGNED = 71;
  private static final String TEXT =
      """
      (define data (instruction-data-ptr))
      (define word (mem-load data 1))
      (define at (account-data-ptr 0))
      (case (mem-load1 data 0)
        (0 (mem-store at 0 (wrapping-add (mem-load at 0) word)) (log "callee" (mem-load at 0)))
        (1 (syscall "sol_set_return_data" (wrapping-add data 1) 8))
        (2 (if (= (account-is-signer 1) 0) (fail 71)) (mem-store at 8 word))
        (else (fail (+ 100 (bit-and word 7)))))
      0
      """;

  /** Compiled when it is wanted first. */
  private static final class File {
    private static final List<byte[]> LEVELS = Code.unproved(TEXT, Version.V0).files();
  }

  private Callee() {}

  static byte[] elf() {
    return File.LEVELS.get(Optimizer.ALL).clone();
  }

  /**
   * What a call does.
   *
   * @param data of its account
   * @param logs that it adds to
   * @return what it returns
   */
  static byte[] called(int operation, long word, byte[] data, boolean signed, List<String> logs) {
    ByteBuffer words = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    switch (operation) {
      case ADD -> {
        words.putLong(0, words.getLong(0) + word);
        logs.add("callee " + Long.toUnsignedString(words.getLong(0)));
      }
      case RETURN -> {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(word).array();
      }
      case SET -> {
        if (!signed) {
          throw new Signal.Aborted(Shape.end(UNSIGNED));
        }
        words.putLong(8, word);
      }
      default -> throw new Signal.Aborted(Shape.end(100 + (word & 7)));
    }
    return new byte[0];
  }
}

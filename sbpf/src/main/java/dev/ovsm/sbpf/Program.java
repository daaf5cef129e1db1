package dev.ovsm.sbpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * A loaded program, as every engine takes it; its arrays belong to it and are never changed.
 *
 * @param text code after relocation
 * @param textAddress the address of slot 0, as function pointers have it
 * @param entryPc the slot where execution begins, inside {@code text}
 * @param functions the registry that calls look up in versions without {@link
 *     Version#staticSyscalls}: key to slot; includes the key of {@code entrypoint}
 * @param readOnly the bytes that the program can read at {@code readOnlyAddress}; in versions
 *     before 3 they include the code
 */
public record Program(
    Version version,
    byte[] text,
    long textAddress,
    int entryPc,
    SortedMap<Integer, Integer> functions,
    byte[] readOnly,
    long readOnlyAddress,
    List<FunctionSymbol> symbols) {
  /** The name of the function that begins a program. */
  public static final String ENTRYPOINT = "entrypoint";

  public Program {
    symbols = List.copyOf(symbols);
  }

  /** The number of slots. */
  public int slots() {
    return text.length / Slot.BYTES;
  }

  /** The registry's key of the function at a slot that is not the entrypoint. */
  public static int functionKey(int pc) {
    return Murmur3.hash(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(pc).array());
  }

  /** The slot that an internal call with immediate {@code key} goes to, versions before 3. */
  public OptionalInt function(int key) {
    Integer pc = functions.get(key);
    return pc == null ? OptionalInt.empty() : OptionalInt.of(pc);
  }
}

package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What lies in a function's frame where a node reads it, as far as the stores right before tell:
 * what was there earlier is overwritten.
 */
final class Written {
  /** So many bytes of one access are looked for. */
  private static final long MOST_BYTES = 256;

  /** So many words are looked for, over all functions. */
  private static final long MOST_WORDS = 100_000;

  private final Scope scope;
  private final Fuel fuel = new Fuel(MOST_WORDS);
  private final Map<Key, List<Part>> known = new HashMap<>();

  Written(Scope scope) {
    this.scope = scope;
  }

  /**
   * Some of the bytes that a node reads.
   *
   * @param from where they begin, counted from the address
   * @param value the node whose value was stored there last, {@link #ZERO} or {@link #UNKNOWN}
   */
  record Part(long from, long bytes, int value) {
    static final int UNKNOWN = -1;
    static final int ZERO = Contents.ZERO;
  }

  private record Key(int function, int node, int address) {}

  /** The bytes that a node reads at an address, in parts. */
  List<Part> of(int function, Node user, int address, long bytes) {
    return known.computeIfAbsent(
        new Key(function, user.id(), address), key -> parts(function, user, address, bytes));
  }

  private List<Part> parts(int function, Node user, int address, long bytes) {
    Contents contents = new Contents(scope.instance(function));
    if (bytes <= 0 || bytes > MOST_BYTES || !contents.isInFrame(address)) {
      return List.of(new Part(0, bytes, Part.UNKNOWN));
    }
    List<Part> parts = new ArrayList<>();
    for (long at = 0; at < bytes; at += Long.BYTES) {
      int size = (int) Math.min(Long.BYTES, bytes - at);
      if (!add(parts, contents, user, address, at, size)) {
        for (int i = 0; i < size; i++) {
          if (!add(parts, contents, user, address, at + i, 1)) {
            unknown(parts, at + i);
          }
        }
      }
    }
    return parts;
  }

  private boolean add(
      List<Part> parts, Contents contents, Node user, int address, long at, int size) {
    OptionalInt value =
        fuel.take(1) ? contents.source(user, address, at, size) : OptionalInt.empty();
    value.ifPresent(node -> parts.add(new Part(at, size, node)));
    return value.isPresent();
  }

  /** One byte more of which nothing is known. */
  private static void unknown(List<Part> parts, long at) {
    Part last = parts.isEmpty() ? new Part(at, 0, Part.ZERO) : parts.get(parts.size() - 1);
    if (last.value == Part.UNKNOWN) {
      parts.set(parts.size() - 1, new Part(last.from, last.bytes + 1, Part.UNKNOWN));
    } else {
      parts.add(new Part(at, 1, Part.UNKNOWN));
    }
  }
}

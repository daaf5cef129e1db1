package dev.ovsm.runtime.autonomous;

import dev.ovsm.sbpf.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of an event, any 1 to 255 bytes; usually UTF-8 text. */
record EventId(byte[] bytes) {
  static final int MOST_BYTES = 255;

  /** Emitted by the runtime when an activation of a registration that asked for it ends. */
  static final EventId COMPLETED = of("completed");

  private static final int DISCRIMINATOR_BYTES = 8;

  static EventId of(String name) {
    return new EventId(name.getBytes(StandardCharsets.UTF_8));
  }

  /** What precedes the payload in the log: the start of sha256("event:" + id), as in Anchor. */
  byte[] discriminator() {
    byte[] space = "event:".getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(Sha256.of(space, bytes), DISCRIMINATOR_BYTES);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventId that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

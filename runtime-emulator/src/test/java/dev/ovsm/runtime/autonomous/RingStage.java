package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_PUSH;

import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.Murmur3;
import java.util.List;

/** What tests of rings have in common: a program with a ring in a map, and calls of others. */
final class RingStage {
  /** The id of the map. */
  static final long LOG = Integer.toUnsignedLong(Murmur3.hash("log"));

  static final Manifest WITH_RING =
      new Manifest(
          "puppet",
          List.of(),
          List.of(new Manifest.MapSpec("log", MapHeader.RINGBUF, 0, 128, 0, List.of())),
          List.of(),
          List.of());

  private RingStage() {}

  /** A stage at slot 100 whose puppet has the ring. */
  static Stage stage() {
    return new Stage(Settings.DEFAULT.withStartSlot(100), WITH_RING);
  }

  static long create(Stage stage, long size) {
    return stage.send(Callbacks.calling(SOL_RING_BUFFER_CREATE, size)).get(0);
  }

  static int push(Script script, Object ring, byte[] data) {
    return script.call(SOL_RING_BUFFER_PUSH, ring, script.bytes(data), data.length);
  }
}

package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.MapDecl;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Compiles programs that must compile without a word, to well-formed IR. */
final class Examples {
  private Examples() {}

  static Module compile(String name) {
    Path path = Path.of("../examples/" + name + ".ovsm");
    try {
      return compile(new Source(path.toString(), Files.readString(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Module compileText(String text) {
    return compile(new Source("test.ovsm", text));
  }

  private static Module compile(Source source) {
    Diagnostics diagnostics = new Diagnostics();
    Compiled compiled = Frontend.compile(List.of(source), Options.defaults(), diagnostics);
    assertThat(diagnostics.list()).isEmpty();
    Module module = Objects.requireNonNull(compiled.module());
    assertThat(IrChecker.check(module)).isEmpty();
    return module;
  }

  /** The account of a map after its creation, empty. */
  static Machine.Account map(Module module, int index, int key, byte[] program) {
    MapDecl map = module.maps().get(index);
    byte[] name = map.name().getBytes(StandardCharsets.UTF_8);
    byte[] data = new byte[64 + map.maxEntries() * map.valueBytes()];
    ByteBuffer.wrap(data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("OMAP".getBytes(StandardCharsets.US_ASCII))
        .putInt(murmur(name))
        .put((byte) map.kind().number())
        .put((byte) 1)
        .putShort((short) 0)
        .putInt(map.keyBytes())
        .putInt(map.valueBytes())
        .putInt(map.maxEntries());
    return new Machine.Account(Machine.key(key), program, false, true, data);
  }

  /** MurmurHash3 of 32 bits with seed 0, written from its definition. */
  private static int murmur(byte[] data) {
    int hash = 0;
    ByteBuffer words = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    while (words.remaining() >= 4) {
      hash ^= Integer.rotateLeft(words.getInt() * 0xcc9e2d51, 15) * 0x1b873593;
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    }
    int tail = 0;
    for (int shift = 0; words.hasRemaining(); shift += 8) {
      tail |= (words.get() & 0xff) << shift;
    }
    hash ^= Integer.rotateLeft(tail * 0xcc9e2d51, 15) * 0x1b873593;
    hash ^= data.length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }
}

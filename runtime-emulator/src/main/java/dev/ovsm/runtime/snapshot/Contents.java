package dev.ovsm.runtime.snapshot;

import dev.ovsm.sbpf.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What an archive holds, in order: lines of text, the first "ovsm KIND VERSION", then "SHA-256
 * LENGTH NAME" of each part, at last the SHA-256 of the lines before.
 */
record Contents(String kind, List<Part> parts) {
  /** The name of the first entry. */
  static final String NAME = "contents";

  /** The most bytes that it takes. */
  static final int MOST_BYTES = 1 << 20;

  /** Of the layout of all parts; a reader knows exactly one. */
  private static final int VERSION = 1;

  private static final String NAMES = "[a-z0-9][a-z0-9._-]{0,40}";
  private static final String NUMBERS = "0|[1-9][0-9]{0,10}";

  Contents {
    parts = List.copyOf(parts);
  }

  /** A part before it is read. */
  record Part(String hash, long length, String name) {}

  static Contents of(String kind, SortedMap<String, byte[]> parts) {
    List<Part> all = new ArrayList<>();
    for (Map.Entry<String, byte[]> part : parts.entrySet()) {
      if (!part.getKey().matches(NAMES)) {
        throw new IllegalArgumentException("no name of a part: " + part.getKey());
      }
      all.add(new Part(Sha256.hex(part.getValue()), part.getValue().length, part.getKey()));
    }
    return new Contents(kind, all);
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder();
    text.append("ovsm ").append(kind).append(' ').append(VERSION).append('\n');
    for (Part part : parts) {
      text.append(part.hash).append(' ').append(part.length).append(' ').append(part.name);
      text.append('\n');
    }
    String sum = Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
    return text.append(sum).append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads them; throws if they are not those of an archive of this kind and version. */
  static Contents read(byte[] bytes, String kind) throws ArchiveReader.Refused {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<String> lines = List.of(text.split("\n", -1));
    String first = lines.get(0);
    String expected = "ovsm " + kind + " ";
    if (!first.startsWith(expected)) {
      throw new ArchiveReader.Refused("it is no " + kind);
    }
    if (!first.equals(expected + VERSION)) {
      throw new ArchiveReader.Refused(
          "it has version " + first.substring(expected.length()) + ", not " + VERSION);
    }
    List<Part> parts = new ArrayList<>();
    for (String line : lines.subList(1, Math.max(1, lines.size() - 2))) {
      parts.add(
          part(line).orElseThrow(() -> new ArchiveReader.Refused("its contents are no list")));
    }
    Contents contents = new Contents(kind, parts);
    if (!new String(contents.bytes(), StandardCharsets.UTF_8).equals(text)) {
      throw new ArchiveReader.Refused("its contents do not have their checksum");
    }
    return contents;
  }

  private static Optional<Part> part(String line) {
    String[] words = line.split(" ", -1);
    boolean fits =
        words.length == 3
            && words[0].matches("[0-9a-f]{64}")
            && words[1].matches(NUMBERS)
            && words[2].matches(NAMES);
    return fits
        ? Optional.of(new Part(words[0], Long.parseLong(words[1]), words[2]))
        : Optional.empty();
  }
}

package dev.ovsm.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ovsm.sbpf.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An archive comes back whole or is refused with a reason; a failed write leaves the one before.
 */
class ArchiveTest {
  private static final String KIND = "snapshot";

  @TempDir private Path folder;
  private Path file;
  private SortedMap<String, byte[]> parts;

  @BeforeEach
  void writeOne() throws IOException {
    file = folder.resolve("x.snapshot");
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    parts = new TreeMap<>(Map.of("state", noise, "empty", new byte[0], "run.json", new byte[300]));
    Archive.write(file, KIND, parts);
  }

  @Test
  void comesBackAsItWas() throws IOException {
    Archive.Reading reading = Archive.read(file, KIND);
    assertThat(reading.problem()).isEmpty();
    assertThat(reading.parts()).containsExactlyEntriesOf(parts);
  }

  @Test
  void equalPartsMakeEqualBytes() throws IOException {
    byte[] first = Files.readAllBytes(file);
    Archive.write(file, KIND, parts);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void isRefusedWhereverItEnds() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length - 8; length += 97) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThat(Archive.read(file, KIND).problem()).as("%d bytes", length).isNotEmpty();
    }
  }

  @Test
  void isNeverOtherThanItWasWhateverBitIsWrong() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(2);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      Archive.Reading reading = Archive.read(file, KIND);
      if (reading.problem().isEmpty()) {
        assertThat(reading.parts()).containsExactlyEntriesOf(parts);
      } else {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1_900);
  }

  @Test
  void isOfOneKindAndVersion() throws IOException {
    assertThat(Archive.read(file, "recording").problem()).isEqualTo("it is no recording");
    write(contents("ovsm snapshot 2\n"), Map.of());
    assertThat(Archive.read(file, KIND).problem()).isEqualTo("it has version 2, not 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "State", "a/b"})
  void holdsNoNamesThatLeadElsewhere(String name) throws IOException {
    write(contents("ovsm snapshot 1\n" + line(new byte[1], name)), Map.of(name, new byte[1]));
    assertThat(Archive.read(file, KIND).problem()).isEqualTo("its contents are no list");
    write(contents("ovsm snapshot 1\n" + line(new byte[1], "state")), Map.of(name, new byte[1]));
    assertThat(Archive.read(file, KIND).problem())
        .isEqualTo("it holds something else than part state");
  }

  @Test
  void holdsNothingThatItDoesNotAnnounce() throws IOException {
    write(contents("ovsm snapshot 1\n"), Map.of("more", new byte[1]));
    assertThat(Archive.read(file, KIND).problem()).isEqualTo("it has more parts than it says");
    String twice = line(new byte[1], "state");
    write(contents("ovsm snapshot 1\n" + twice), Map.of("state", new byte[2]));
    assertThat(Archive.read(file, KIND).problem()).isEqualTo("part state has another length");
    write(contents("ovsm snapshot 1\n" + twice), Map.of("state", new byte[] {1}));
    assertThat(Archive.read(file, KIND).problem())
        .isEqualTo("part state does not have its checksum");
  }

  @Test
  void aBombDoesNotGoOff() throws IOException {
    String huge = "0".repeat(64) + " 99999999999 state\n";
    write(contents("ovsm snapshot 1\n" + huge), Map.of());
    assertThat(Archive.read(file, KIND).problem()).contains("more than 1073741824 bytes");
    // an entry that is not announced, of which only a little is ever looked at
    write(contents("ovsm snapshot 1\n"), Map.of("zeros", new byte[1 << 28]));
    assertThat(Files.size(file)).isLessThan(1 << 20);
    assertThat(Archive.read(file, KIND).problem()).isEqualTo("it has more parts than it says");
    StringBuilder many = new StringBuilder("ovsm snapshot 1\n");
    for (int i = 0; i < 20_000; i++) {
      many.append(line(new byte[0], "p" + i));
    }
    write(contents(many.toString()), Map.of());
    assertThat(Archive.read(file, KIND).problem()).isEqualTo("its contents are too long");
  }

  @Test
  void linksAreNoParts() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      byte[] contents = contents("ovsm snapshot 1\n" + line(new byte[0], "state"));
      add(tar, "contents", contents);
      TarArchiveEntry link = new TarArchiveEntry("state", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    Files.write(file, bytes.toByteArray());
    assertThat(Archive.read(file, KIND).problem())
        .isEqualTo("it holds something else than part state");
  }

  @Test
  void aWriteThatFailsLeavesWhatWasThere() throws IOException {
    byte[] before = Files.readAllBytes(file);
    // where the temporary file would be stands a folder
    Files.createDirectory(folder.resolve(".x.snapshot.tmp"));
    assertThatThrownBy(() -> Archive.write(file, KIND, new TreeMap<>()))
        .isInstanceOf(IOException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  private static String line(byte[] bytes, String name) {
    return Sha256.hex(bytes) + " " + bytes.length + " " + name + "\n";
  }

  private static byte[] contents(String lines) {
    String sum = Sha256.hex(lines.getBytes(StandardCharsets.UTF_8));
    return (lines + sum + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** An archive as a stranger would make it. */
  private void write(byte[] contents, Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      add(tar, "contents", contents);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        add(tar, entry.getKey(), entry.getValue());
      }
    }
    Files.write(file, bytes.toByteArray());
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}

package dev.ovsm.runtime.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * A file of named parts: a tar archive, compressed with gzip, that begins with a {@link Contents}
 * of versions and checksums. Equal parts make equal bytes.
 *
 * <p>Whatever happens while it is written, under its name stands either what stood there before or
 * all of it.
 */
public final class Archive {
  /** The most bytes of all parts together; what a simulation of some hundred programs takes. */
  static final long MOST_BYTES = 1L << 30;

  private static final int LEVEL = 3;

  private Archive() {}

  /** Parts by name, or why there are none, in a few words. */
  public record Reading(Map<String, byte[]> parts, String problem) {}

  /**
   * Writes parts under a name that stands for nothing else than a file.
   *
   * @param kind what the archive is, one word
   */
  public static void write(Path file, String kind, SortedMap<String, byte[]> parts)
      throws IOException {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      OutputStream out = Channels.newOutputStream(channel);
      write(out, kind, parts);
      out.flush();
      channel.force(true);
    }
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads the parts of an archive of a kind; throws only if the system does not let it. */
  public static Reading read(Path file, String kind) throws IOException {
    try (ArchiveReader reader = new ArchiveReader(Files.newInputStream(file))) {
      return new Reading(reader.read(kind), "");
    } catch (ArchiveReader.Refused e) {
      return new Reading(Map.of(), String.valueOf(e.getMessage()));
    }
  }

  private static void write(OutputStream out, String kind, SortedMap<String, byte[]> parts)
      throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(LEVEL);
    try (GzipCompressorOutputStream gzip =
            new GzipCompressorOutputStream(out, parameters) {
              @Override
              public void close() throws IOException {
                // the file is closed by whoever opened it, once it is safe on the disk
                finish();
              }
            };
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
      add(tar, Contents.NAME, Contents.of(kind, parts).bytes());
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        add(tar, part.getKey(), part.getValue());
      }
    }
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}

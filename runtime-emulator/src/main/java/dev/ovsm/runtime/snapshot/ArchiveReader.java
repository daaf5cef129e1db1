package dev.ovsm.runtime.snapshot;

import dev.ovsm.sbpf.Sha256;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Reads an archive from a stranger: exactly the entries that its contents announce, in that order,
 * with these lengths and checksums. Nothing is unpacked to any place on the disk.
 */
final class ArchiveReader implements Closeable {
  /** What a tar archive has around an entry, and at its end. */
  private static final long AROUND = 64 * 1024;

  private final InputStream file;
  private long allowed = Contents.MOST_BYTES + AROUND;

  ArchiveReader(InputStream file) {
    this.file = file;
  }

  /** It is not what it should be. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  /** Reads all parts of an archive of a kind. */
  Map<String, byte[]> read(String kind) throws Refused {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new Metered(new GzipCompressorInputStream(file)))) {
      TarArchiveEntry first = next(tar, Contents.NAME);
      if (first.getSize() > Contents.MOST_BYTES) {
        throw new Refused("its contents are too long");
      }
      Contents contents = Contents.read(tar.readNBytes((int) first.getSize()), kind);
      requireRoom(contents);
      Map<String, byte[]> parts = new LinkedHashMap<>();
      for (Contents.Part part : contents.parts()) {
        allowed += part.length() + AROUND;
        if (parts.put(part.name(), part(tar, part)) != null) {
          throw new Refused("it has two parts named " + part.name());
        }
      }
      if (tar.getNextEntry() != null) {
        throw new Refused("it has more parts than it says");
      }
      return parts;
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused("it is damaged, or ends too early");
    }
  }

  private static void requireRoom(Contents contents) throws Refused {
    long bytes = 0;
    for (Contents.Part part : contents.parts()) {
      bytes += part.length();
      if (bytes > Archive.MOST_BYTES) {
        throw new Refused("it has more than " + Archive.MOST_BYTES + " bytes");
      }
    }
    if (bytes > Runtime.getRuntime().maxMemory() / 3) {
      throw new Refused(
          "its " + bytes + " bytes need more memory than the Java virtual machine has");
    }
  }

  private static byte[] part(TarArchiveInputStream tar, Contents.Part part)
      throws IOException, Refused {
    TarArchiveEntry entry = next(tar, part.name());
    if (entry.getSize() != part.length()) {
      throw new Refused("part " + part.name() + " has another length");
    }
    byte[] bytes = tar.readNBytes((int) part.length());
    if (!Sha256.hex(bytes).equals(part.hash())) {
      throw new Refused("part " + part.name() + " does not have its checksum");
    }
    return bytes;
  }

  private static TarArchiveEntry next(TarArchiveInputStream tar, String name)
      throws IOException, Refused {
    TarArchiveEntry entry = tar.getNextEntry();
    if (entry == null) {
      throw new Refused("part " + name + " is missing");
    }
    boolean plain = entry.getLinkFlag() == TarConstants.LF_NORMAL && !entry.isSparse();
    if (!entry.getName().equals(name) || !plain) {
      throw new Refused("it holds something else than part " + name);
    }
    return entry;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Lets no more bytes through than what was announced so far can take. */
  private final class Metered extends FilterInputStream {
    private long passed;

    Metered(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      count(Math.max(0, count));
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(count);
      count(skipped);
      return skipped;
    }

    private void count(long bytes) throws IOException {
      passed += bytes;
      if (passed > allowed) {
        throw new IOException("more than was announced");
      }
    }
  }
}

package dev.ovsm.cli.program;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.sbpf.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs that were compiled before, so that a source that has not changed is not compiled again.
 *
 * <p>One is found only for the same build of this tool, the same sources under the same names, and
 * the same imports. Only a program of which there was nothing to say is kept, so that warnings are
 * said each time. A damaged file counts as none, and a folder that cannot be written as empty.
 */
public final class BuildCache {
  private static final String FOLDER = "target/cache";

  /**
   * What the launcher calls this build; without it nothing is kept, since nothing tells builds
   * apart.
   */
  private static final String BUILD = "ovsm.build";

  private static final int MOST_FILES = 64;
  private static final int MOST_IMPORTS = 10_000;
  private static final int MOST_BYTES = 2 * InputFile.MOST_PROGRAM;
  private static final int DIGEST_BYTES = 32;

  private final Path folder;
  private final String build;

  BuildCache(Path folder, String build) {
    this.folder = folder;
    this.build = build;
  }

  /** The cache beside the compiled programs of the current folder. */
  public static BuildCache here() {
    return new BuildCache(Path.of(FOLDER), System.getProperty(BUILD, ""));
  }

  /** The program that was made of these sources, if it is here and would be made the same again. */
  public Optional<byte[]> find(List<Source> sources) {
    if (build.isEmpty()) {
      return Optional.empty();
    }
    Path file = file(sources);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    return InputFile.bytes(file.toString(), MOST_BYTES, new Diagnostics())
        .flatMap(BuildCache::read);
  }

  /** Keeps a program for later. */
  public void keep(List<Source> sources, Imports imports, byte[] elf) {
    if (build.isEmpty() || imports.asked().size() > MOST_IMPORTS) {
      return;
    }
    // Whether it can be kept changes nothing but how long the next run takes to start.
    if (OutputFile.write(file(sources).toString(), written(imports, elf), new Diagnostics())) {
      forgetOldest();
    }
  }

  private Path file(List<Source> sources) {
    MessageDigest digest = Sha256.digest();
    add(digest, build);
    for (Source source : sources) {
      add(digest, source.name());
      add(digest, source.text());
    }
    return folder.resolve(HexFormat.of().formatHex(digest.digest()));
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) ':');
    digest.update(bytes);
  }

  /** The imports with their digests, the program, and a digest of both. */
  private static byte[] written(Imports imports, byte[] elf) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(imports.asked().size());
      for (Map.Entry<String, Optional<Source>> entry : imports.asked().entrySet()) {
        out.writeUTF(entry.getKey());
        out.write(digest(entry.getValue()));
      }
      out.writeInt(elf.length);
      out.write(elf);
      out.write(Sha256.of(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Optional<byte[]> read(byte[] file) {
    int end = file.length - DIGEST_BYTES;
    if (end < 0 || !endsInItsDigest(file, end)) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file, 0, end))) {
      int imports = in.readInt();
      for (int i = 0; i < imports; i++) {
        byte[] now = digest(Imports.read(in.readUTF()));
        if (!Arrays.equals(now, in.readNBytes(DIGEST_BYTES))) {
          return Optional.empty();
        }
      }
      return Optional.of(in.readNBytes(in.readInt()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean endsInItsDigest(byte[] file, int end) {
    MessageDigest digest = Sha256.digest();
    digest.update(file, 0, end);
    return Arrays.equals(digest.digest(), 0, DIGEST_BYTES, file, end, file.length);
  }

  /** A digest of an import; zeros if there is no such file. */
  private static byte[] digest(Optional<Source> source) {
    return source
        .map(one -> Sha256.of(one.text().getBytes(StandardCharsets.UTF_8)))
        .orElseGet(() -> new byte[DIGEST_BYTES]);
  }

  private void forgetOldest() {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> kept = new ArrayList<>(all.filter(Files::isRegularFile).toList());
      kept.sort(Collections.reverseOrder(Comparator.comparing(BuildCache::age)));
      for (Path old : kept.subList(Math.min(MOST_FILES, kept.size()), kept.size())) {
        Files.deleteIfExists(old);
      }
    } catch (IOException | UncheckedIOException e) {
      // Another process forgets the same ones; the next program kept makes up for it.
    }
  }

  private static long age(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}

package dev.ovsm.cli.dist;

import dev.ovsm.sbpf.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lays out the folder that the launcher runs from; whoever looks at the folder sees the old one or
 * the new one, never a half of either.
 *
 * <p>The folder holds {@code lib/*.jar} and {@code stamp}, a file as old as the sources that went
 * in, with a digest of the jars.
 */
public final class Distribution {
  private Distribution() {}

  /**
   * Builds the folder.
   *
   * @param args the jar of the command line, the folder with the jars it needs, the folder to make,
   *     and the instant (ISO 8601) at which the build began to read the sources
   */
  public static void main(String[] args) throws IOException {
    Path main = Path.of(args[0]);
    Path needed = Path.of(args[1]);
    Path target = Path.of(args[2]);
    Instant begun = Instant.parse(args[3]);

    Files.createDirectories(target.resolveSibling("."));
    Path work = Files.createTempDirectory(target.resolveSibling("."), "ovsm-build");
    // a temporary folder is for its owner alone, one inside it for all who may read the rest
    Path fresh = Files.createDirectory(work.resolve("new"));
    Path lib = Files.createDirectory(fresh.resolve("lib"));
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(needed, "*.jar")) {
      found.forEach(jars::add);
    }
    jars.sort(Comparator.naturalOrder());
    for (Path jar : jars) {
      ArchivableJar.write(jar, lib.resolve(jar.getFileName()), jars);
    }
    Files.copy(main, lib.resolve("ovsm.jar"));
    Path stamp = Files.writeString(fresh.resolve("stamp"), digest(lib) + "\n");
    Files.setLastModifiedTime(stamp, FileTime.from(begun));

    if (Files.exists(target)) {
      Files.move(target, work.resolve("old"));
    }
    Files.move(fresh, target);
    delete(work);
  }

  private static String digest(Path lib) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (Stream<Path> jars = Files.list(lib)) {
      for (Path jar : jars.sorted().toList()) {
        digest.update(String.valueOf(jar.getFileName()).getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(jar));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

package dev.ovsm.tests.realvm;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A folder of scripts with their packages installed as its lock file says. */
public final class Installation {
  private static final int INSTALL_MINUTES = 5;

  private Installation() {}

  /**
   * A folder below {@code tests}; installs what is missing, one process at a time.
   *
   * @param script a file that is in the folder
   * @throws UnavailableException when the folder or its packages cannot be had
   */
  public static Path ready(String name, String script) {
    Path folder = folder(name, script);
    if (!installed(folder)) {
      install(folder);
    }
    return folder;
  }

  private static Path folder(String name, String script) {
    for (Path folder : List.of(Path.of(name), Path.of("tests", name))) {
      if (Files.isRegularFile(folder.resolve(script))) {
        return folder.toAbsolutePath();
      }
    }
    throw new UnavailableException(
        "tests/" + name + "/" + script + " is not below " + Path.of("").toAbsolutePath());
  }

  /** npm writes the hidden lock file last; one that is older than ours is of another time. */
  private static boolean installed(Path folder) {
    try {
      Path done = folder.resolve("node_modules").resolve(".package-lock.json");
      return Files.isRegularFile(done)
          && Files.getLastModifiedTime(done)
                  .compareTo(Files.getLastModifiedTime(folder.resolve("package-lock.json")))
              >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void install(Path folder) {
    try {
      Path target = Files.createDirectories(folder.resolveSibling("target"));
      String name = String.valueOf(folder.getFileName());
      Path lock = target.resolve(name + "-install.lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !installed(folder)) {
          npmCi(folder, target.resolve(name + "-install.log").toFile());
        }
      }
    } catch (IOException e) {
      throw new UnavailableException("npm ci in " + folder + " could not start: " + e, e);
    }
  }

  private static void npmCi(Path folder, File log) throws IOException {
    Process npm =
        new ProcessBuilder(
                "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    try {
      if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
        npm.destroyForcibly();
        throw new UnavailableException("npm ci took more than " + INSTALL_MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      npm.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new UnavailableException("npm ci was interrupted", e);
    }
    if (npm.exitValue() != 0) {
      throw new UnavailableException("npm ci failed, see " + log);
    }
  }
}

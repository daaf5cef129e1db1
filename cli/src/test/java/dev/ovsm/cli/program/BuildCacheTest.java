package dev.ovsm.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
  private static final byte[] ELF = {1, 2, 3};

  @TempDir Path folder;
  private BuildCache cache;

  @BeforeEach
  void cache() {
    cache = new BuildCache(folder.resolve("cache"), "build");
  }

  @Test
  void sameSourcesAreFoundAgain() throws IOException {
    assertThat(cache.find(sources("main", "(f)"))).isEmpty();
    cache.keep(sources("main", "(f)"), imports(), ELF);
    assertThat(cache.find(sources("main", "(f)"))).contains(ELF);
  }

  @Test
  void otherTextsNamesAndBuildsAreNot() throws IOException {
    cache.keep(sources("main", "(f)"), imports(), ELF);
    assertThat(cache.find(sources("main", "(g)"))).isEmpty();
    assertThat(cache.find(sources("other", "(f)"))).isEmpty();
    assertThat(cache.find(sources("main(", "f)"))).isEmpty();
    assertThat(new BuildCache(folder.resolve("cache"), "newer").find(sources("main", "(f)")))
        .isEmpty();
  }

  @Test
  void withoutABuildNothingIsKept() throws IOException {
    BuildCache unknown = new BuildCache(folder.resolve("cache"), "");
    unknown.keep(sources("main", "(f)"), imports(), ELF);
    assertThat(folder.resolve("cache")).doesNotExist();
    assertThat(unknown.find(sources("main", "(f)"))).isEmpty();
  }

  @Test
  void importsAreComparedToo() throws IOException {
    Path there = Files.writeString(folder.resolve("there.ovsm"), "(a)");
    cache.keep(sources("main", "(f)"), imports(), ELF);
    assertThat(cache.find(sources("main", "(f)"))).contains(ELF);

    Files.writeString(there, "(b)");
    assertThat(cache.find(sources("main", "(f)"))).isEmpty();
    Files.writeString(there, "(a)");
    assertThat(cache.find(sources("main", "(f)"))).contains(ELF);

    Path absent = Files.writeString(folder.resolve("absent.ovsm"), "(c)");
    assertThat(cache.find(sources("main", "(f)"))).isEmpty();
    Files.delete(absent);
    Files.delete(there);
    assertThat(cache.find(sources("main", "(f)"))).isEmpty();
  }

  @Test
  void aDamagedFileCountsAsNone() throws IOException {
    Files.writeString(folder.resolve("there.ovsm"), "(a)");
    cache.keep(sources("main", "(f)"), imports(), ELF);
    Path file = kept().get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      Files.write(file, damaged);
      assertThat(cache.find(sources("main", "(f)"))).as("byte %d", i).isEmpty();
      Files.write(file, Arrays.copyOf(whole, i));
      assertThat(cache.find(sources("main", "(f)"))).as("the first %d bytes", i).isEmpty();
    }
    Files.write(file, whole);
    assertThat(cache.find(sources("main", "(f)"))).contains(ELF);
  }

  @Test
  void theOldestAreForgotten() throws IOException {
    for (int i = 0; i < 70; i++) {
      cache.keep(sources("main" + i, "(f)"), imports(), ELF);
    }
    assertThat(kept()).hasSize(64);
    assertThat(cache.find(sources("main69", "(f)"))).contains(ELF);
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.toList();
    }
  }

  private static List<Source> sources(String name, String text) {
    return List.of(new Source(name, text));
  }

  /** Imports of which one may be there and one is not. */
  private Imports imports() {
    Imports imports = new Imports();
    String importer = folder.resolve("main.ovsm").toString();
    imports.load(importer, "there.ovsm");
    imports.load(importer, "absent.ovsm");
    return imports;
  }
}

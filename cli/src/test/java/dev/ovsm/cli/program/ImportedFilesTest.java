package dev.ovsm.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports read sources, wherever they lie, and show nothing of any other file. */
class ImportedFilesTest {
  private static final String SECRET = "(hidden words";

  @TempDir Path folder;

  private String check(String what) throws IOException {
    Path main = Files.createDirectories(folder.resolve("app")).resolve("main.ovsm");
    Files.writeString(main, "(import \"" + what.replace("\\", "/") + "\")\n(log (helper))\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = Main.run(List.of("check", main.toString()), out, out);
    return code + " " + out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void sourcesAreReadBesideAndAbove() throws IOException {
    Path other = Files.createDirectories(folder.resolve("lib")).resolve("x.ovsm");
    Files.writeString(other, "(defun helper () 7u64)");
    assertThat(check("../lib/x.ovsm")).startsWith("0 ");
    assertThat(check("./../app/../lib/x.ovsm")).startsWith("0 ");
    assertThat(check(other.toString())).startsWith("3 ").contains("L0018");
  }

  @Test
  void otherFilesAreNotShown() throws IOException {
    Path secret = folder.resolve("secret.txt");
    Files.writeString(secret, SECRET);
    Files.createSymbolicLink(folder.resolve("link.ovsm"), secret);
    for (String path : List.of(secret.toString(), "../secret.txt", "../link.ovsm")) {
      assertThat(check(path)).startsWith("3 ").contains("L0018").doesNotContain("hidden");
    }
  }

  @Test
  void aLinkToASourceIsOne() throws IOException {
    Path other = folder.resolve("real.ovsm");
    Files.writeString(other, "(defun helper () 7u64)");
    Files.createSymbolicLink(folder.resolve("link.ovsm"), other);
    assertThat(check("../link.ovsm")).startsWith("0 ");
  }
}

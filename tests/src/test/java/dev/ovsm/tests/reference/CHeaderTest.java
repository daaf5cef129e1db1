package dev.ovsm.tests.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.tests.golden.Golden;
import dev.ovsm.tests.prerequisite.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CHeaderTest {
  private static final Path HEADER = Path.of("..", "docs", "ovsm.h");
  private static final Path COMPILER = Path.of("/usr/bin/cc");

  @TempDir Path folder;

  @Test
  void theHeaderSaysWhatTheTablesSay() throws IOException {
    Golden.check(HEADER, CHeader.text());
  }

  @Test
  void aCompilerTakesItAndFindsTheLayoutsOfTheInterface() throws Exception {
    Prerequisite.require(
        Files.isExecutable(COMPILER), "CHeaderTest needs a C compiler at " + COMPILER);
    Path source = folder.resolve("use.c");
    StringBuilder text = new StringBuilder("#include \"ovsm.h\"\n#include \"ovsm.h\"\n");
    for (String size :
        List.of(
            "SolTimer 16",
            "SolWatchCriteria 32",
            "SolCallback 24",
            "SolInstructionBytes 16",
            "SolSubscription 64",
            "SolTriggerContext 48",
            "SolIterator 24")) {
      String[] parts = size.split(" ", -1);
      text.append("_Static_assert(sizeof(" + parts[0] + ") == " + parts[1] + ", \"size\");\n");
    }
    text.append("const void *const all[] = {\n");
    Stream.of(Syscall.values())
        .filter(Syscall::autonomous)
        .forEach(syscall -> text.append("  (const void *)" + syscall.symbol() + ",\n"));
    text.append("};\n");
    Files.writeString(source, text);
    Process compiler =
        new ProcessBuilder(
                COMPILER.toString(),
                "-std=c11",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-fsyntax-only",
                "-I" + HEADER.toAbsolutePath().normalize().getParent(),
                source.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(compiler.getInputStream().readAllBytes(), UTF_8);
    assertThat(compiler.waitFor()).as(said).isZero();
  }
}

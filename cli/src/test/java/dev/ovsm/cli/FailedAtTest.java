package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines are told where a failure comes from, as people are. */
class FailedAtTest {
  private static final String NAMED =
      "\"line\":3,\"column\":1,\"code\":\"6005\",\"name\":\"too-small\",\"text\":\"too small\"}";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Path compiled(String text) throws IOException {
    Path source = folder.resolve("p.ovsm");
    Path program = folder.resolve("p.so");
    Files.writeString(source, text);
    assertThat(run("compile", source.toString(), "-o", program.toString())).isZero();
    out.reset();
    return program;
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), out, out);
  }

  @Test
  void anErrorOfTheProgram() throws IOException {
    Path program =
        compiled(
            """
            (define-error too-small 6005 "too small")
            (define n (instruction-data-len))
            (require (> n 8) too-small)
            """);
    assertThat(run("exec", program.toString(), "--input", "00".repeat(48), "--json")).isZero();
    assertThat(out.toString(UTF_8)).contains("\"failed_at\":{\"file\":").contains(NAMED);
    out.reset();
    String id = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    assertThat(run("invoke", program.toString(), "--program-id", id, "--json"))
        .as(out.toString(UTF_8))
        .isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("\"failed_at\":{\"file\":").contains(NAMED);
  }

  @Test
  void aFaultOfTheMachine() throws IOException {
    Path program = compiled("(log \"a\")\n(log (mem-load (instruction-data-len) 0))\n");
    assertThat(run("exec", program.toString(), "--input", "00".repeat(48), "--json")).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .contains("p.ovsm\",\"line\":2,\"column\":6,\"code\":null,\"name\":null,\"text\":null}");
  }

  @Test
  void whatSucceedsHasNoPlace() throws IOException {
    Path program = compiled("(log \"a\")\n");
    assertThat(run("exec", program.toString(), "--input", "00".repeat(48), "--json")).isZero();
    assertThat(out.toString(UTF_8)).doesNotContain("failed_at");
  }
}

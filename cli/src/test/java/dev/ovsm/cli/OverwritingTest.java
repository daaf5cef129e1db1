package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command never writes over what it reads, whatever the file is called. */
class OverwritingTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path source = Path.of("");
  private Path program = Path.of("");
  private Path assembly = Path.of("");

  @BeforeEach
  void compile() throws IOException {
    source = Files.writeString(folder.resolve("one.ovsm"), "(log :message \"one\")");
    program = folder.resolve("one.so");
    assembly = folder.resolve("one.s");
    assertThat(run("compile", source, "-o", program, "--emit", "asm")).isZero();
  }

  private int run(Object... arguments) {
    List<String> words = List.of(arguments).stream().map(String::valueOf).toList();
    return Main.run(words, out, err);
  }

  private void requireRefused(Path file, Object... arguments) throws IOException {
    byte[] before = Files.readAllBytes(file);
    err.reset();
    assertThat(run(arguments)).as("%s", List.of(arguments)).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("error[C0001]: ", " is read, and would be written over\n", "= help: write to");
    assertThat(err.toString(UTF_8).lines().filter(line -> line.startsWith("error"))).hasSize(1);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void ofItsInputByAnyName() throws IOException {
    Path other = Files.createSymbolicLink(folder.resolve("other.ovsm"), source);
    requireRefused(source, "compile", source, "-o", source);
    requireRefused(source, "compile", source, "-o", other);
    requireRefused(source, "compile", other, source, "-o", folder.resolve(".").resolve("one.ovsm"));
    requireRefused(assembly, "asm", assembly, "-o", assembly);
    requireRefused(program, "disasm", program, "-o", program);
    requireRefused(source, "lint", source, "--write-baseline", source);
    requireRefused(source, "run", source, "--slots", "1", "--record", source);
  }

  /** What is written beside the program counts, too. */
  @Test
  void byWhatIsWrittenBeside() throws IOException {
    Path forms = Files.copy(source, folder.resolve("two.forms"));
    requireRefused(forms, "compile", forms, "-o", folder.resolve("two.so"), "--emit", "forms");
    assertThat(folder.resolve("two.so")).doesNotExist();
  }

  @Test
  void nothingIsLeftOfARunThatCannotBeTraced() throws IOException {
    Path recording = folder.resolve("run.rec");
    assertThat(run("run", program, "--trace", source, "--record", recording)).isEqualTo(4);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(source, program, assembly);
    }
  }

  /** Whoever asks for a certificate under its own name would find the program in its place. */
  @Test
  void theProgramIsNotNamedAsWhatStandsBesideIt() {
    Path certificate = folder.resolve("one.cert");
    err.reset();
    assertThat(run("compile", source, "-o", certificate, "--emit", "idl,cert")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("one.cert would be the program itself", "-o NAME.so");
    assertThat(certificate).doesNotExist();
    assertThat(run("compile", source, "-o", program, "--emit", "cert")).isZero();
    assertThat(run("lint", program, "--check-certificate", certificate)).isZero();
  }

  @Test
  void anEmptyWordIsNoFile() {
    err.reset();
    assertThat(run("lint", "")).isEqualTo(4);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
            error[C0004]: this is no name of a file
             --> an empty word
              = help: name a file
            """);
    err.reset();
    assertThat(run("compile", source, "-o", "")).isEqualTo(4);
    assertThat(err.toString(UTF_8)).contains("error[C0009]", "= note: a file needs a name");
  }

  @Test
  void oneProgramIsNotRunTwice() throws IOException {
    Path copy = Files.copy(program, folder.resolve("copy.so"));
    err.reset();
    assertThat(run("run", program, copy, "--slots", "1")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("error[C0001]: " + program + " and " + copy + " have one address, ")
        .contains("= help: name one of them, or put a keypair beside each");
  }
}

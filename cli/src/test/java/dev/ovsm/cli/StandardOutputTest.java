package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dash in place of an output file is standard output, byte for byte. */
class StandardOutputTest {
  @TempDir Path folder;
  private String source = "";
  private String program = "";

  private record Said(int code, byte[] out, String err) {}

  private static Said said(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(List.of(words), out, err);
    return new Said(code, out.toByteArray(), err.toString(UTF_8));
  }

  @BeforeEach
  void compile() throws IOException {
    source = Files.writeString(folder.resolve("p.ovsm"), "(log \"é\")").toString();
    program = folder.resolve("p.so").toString();
    assertThat(said("compile", source, "-o", program, "--quiet").code()).isZero();
  }

  @Test
  void takesACompiledProgram() throws IOException {
    Said said = said("compile", source, "-o", "-");
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out()).isEqualTo(Files.readAllBytes(Path.of(program)));
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void takesAnAssembledProgram() throws IOException {
    String text = folder.resolve("p.s").toString();
    assertThat(said("disasm", program, "-o", text).code()).isZero();
    assertThat(said("disasm", program, "-o", "-").out())
        .isEqualTo(Files.readAllBytes(Path.of(text)));
    String again = folder.resolve("q.so").toString();
    assertThat(said("asm", text, "-o", again).code()).isZero();
    assertThat(said("asm", text, "-o", "-").out()).isEqualTo(Files.readAllBytes(Path.of(again)));
  }

  @Test
  void takesNothingBeside() {
    Said said = said("compile", source, "-o", "-", "--emit", "idl");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains("[C0001]", "-o FILE");
  }

  @Test
  void isNoScreen() {
    System.setProperty("ovsm.screen", "true");
    try {
      Said said = said("compile", source, "-o", "-");
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.out()).isEmpty();
      assertThat(said.err()).contains("not for a terminal", "-o - >FILE");
    } finally {
      System.clearProperty("ovsm.screen");
    }
  }
}

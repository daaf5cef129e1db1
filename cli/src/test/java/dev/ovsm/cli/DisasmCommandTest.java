package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisasmCommandTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void source() throws IOException {
    Files.writeString(
        folder.resolve("five.ovsm"),
        """
        (define five 5)
        (log :five five)
        five
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v3"})
  void asmMakesTheSameFileOfIt(String version) throws IOException {
    assertThat(run("compile", path("five.ovsm"), "-o", path("five.so"), "--sbpf", version))
        .isZero();
    assertThat(run("disasm", path("five.so"), "-o", path("five.s"))).isZero();
    assertThat(run("asm", path("five.s"), "-o", path("same.so"), "--quiet")).isZero();
    assertThat(folder.resolve("same.so")).hasSameBinaryContentAs(folder.resolve("five.so"));
    assertThat(Files.readString(folder.resolve("five.s"))).startsWith(".sbpf " + version + "\n");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void showsTheLinesOfTheSourceFoundBesideTheProgram() throws IOException {
    Path deploy = Files.createDirectory(folder.resolve("deploy"));
    String program = deploy.resolve("five.so").toString();
    run("compile", path("five.ovsm"), "-o", program);
    assertThat(disasm(program)).contains("; five.ovsm:2\n").doesNotContain("five.ovsm:2:");
    assertThat(disasm(program, "--source", folder.toString()))
        .contains("    ; five.ovsm:2: (log :five five)\n");
    Files.copy(folder.resolve("five.ovsm"), deploy.resolve("five.ovsm"));
    assertThat(disasm(program)).contains("    ; five.ovsm:2: (log :five five)\n");
  }

  @Test
  void readsNoSourceOutsideTheFolders() throws IOException {
    Files.writeString(folder.resolve("secret"), "one\ntwo\n");
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path program = inner.resolve("x.so");
    for (String name : List.of("../secret", path("secret"), "sub/../../secret")) {
      Files.writeString(
          inner.resolve("x.s"),
          ".file 1 \"" + name + "\"\nentrypoint:\n.loc 1 2 1\nexit\n.loc 1 9 1\nexit\n");
      run("asm", inner.resolve("x.s").toString(), "-o", program.toString());
      assertThat(disasm(program.toString())).contains("; " + name + ":2\n");
    }
  }

  @Test
  void showsSectionsRelocationsAndTheControlFlowInstead() {
    run("compile", path("five.ovsm"), "-o", path("five.so"));
    assertThat(disasm(path("five.so"), "--sections"))
        .startsWith("sBPF v0, ")
        .contains("  .text  ", "  entrypoint\n")
        .doesNotContain("mov64", "R_BPF");
    assertThat(disasm(path("five.so"), "--relocations"))
        .startsWith("\nrelocations:\n")
        .contains("R_BPF_64_32  sol_log_\n");
    assertThat(disasm(path("five.so"), "--cfg"))
        .startsWith("digraph program {\n")
        .contains("label=\"entrypoint\";")
        .endsWith("}\n");
  }

  @Test
  void showsOneThingAtATime() {
    assertThat(run("disasm", "x.so", "--sections", "--cfg")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
            error[C0001]: --sections, --cfg are mutually exclusive (specify only one)
             --> ovsm disasm
              = help: ovsm help disasm shows what fits
            """);
  }

  @Test
  void aDeploymentRefusesWhatAnExecutionTakes() throws IOException {
    Files.writeString(
        folder.resolve("x.s"),
        "entrypoint:\n  mov64 r1, 8\n  mov64 r2, 0\n  syscall sol_alloc_free_\n  exit\n");
    assertThat(run("asm", path("x.s"), "-o", path("x.so"), "-q")).isZero();
    assertThat(run("exec", path("x.so"))).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(run("exec", path("x.so"), "--as-deployed")).isEqualTo(3);
    assertThat(err.toString(UTF_8))
        .startsWith("error[E0003]: Unresolved symbol (sol_alloc_free_) at instruction #");
  }

  @Test
  void wrongAssemblyLeavesTheOldFile() throws IOException {
    Files.writeString(folder.resolve("x.so"), "old");
    Files.writeString(folder.resolve("x.s"), "entrypoint:\n  mov64 r1\n  exit\n");
    assertThat(run("asm", path("x.s"), "-o", path("x.so"))).isEqualTo(3);
    assertThat(folder.resolve("x.so")).hasContent("old");
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            """
            error[E0007]: mov64 takes dst, imm
             --> %s:2:11
              |
            2 |   mov64 r1
              |           ^
              = help: such as: mov64 r1, 5
            """
                .formatted(path("x.s")));
  }

  private String disasm(String program, String... more) {
    out.reset();
    List<String> arguments = new ArrayList<>(List.of("disasm", program));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(String[]::new))).isZero();
    return out.toString(UTF_8);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), out, err);
  }
}

package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.text.IrParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code compile --emit} writes, where, and when nothing. */
class EmitTest {
  private static final String COUNTER = "../examples/counter.ovsm";

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"counter", "heartbeat", "price_guard"})
  void assemblyIsTheProgramItself(String example) throws IOException {
    String program = folder.resolve("program.so").toString();
    String source = "../examples/" + example + ".ovsm";
    for (String option : List.of("-q", "--sbpf=v3", "--strip", "-O0")) {
      assertThat(run("compile", source, option, "-o", program, "--emit", "asm")).isZero();
      String again = folder.resolve("again.so").toString();
      assertThat(run("asm", program.replace(".so", ".s"), "-o", again)).isZero();
      assertThat(Path.of(again)).hasSameBinaryContentAs(Path.of(program));
    }
  }

  @Test
  void irIsAModuleThatHoldsItsRules() throws IOException {
    Path program = folder.resolve("counter.so");
    assertThat(run("compile", COUNTER, "-o", program.toString(), "--emit", "ir")).isZero();
    Path file = folder.resolve("counter.ir");
    Diagnostics found = new Diagnostics();
    var module = IrParser.parse(new Source("counter.ir", Files.readString(file)), found);
    assertThat(found.list()).isEmpty();
    assertThat(IrChecker.check(module.orElseThrow())).isEmpty();
  }

  @Test
  void formsMeanTheSameProgram() throws IOException {
    Path program = folder.resolve("counter.so");
    assertThat(run("compile", COUNTER, "-o", program.toString(), "--strip", "--emit=forms,ast"))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("counter.forms").contains("counter.ast");
    Path forms = Files.move(folder.resolve("counter.forms"), folder.resolve("counter.ovsm"));
    Path again = folder.resolve("again.so");
    assertThat(run("compile", forms.toString(), "-o", again.toString(), "--strip")).isZero();
    assertThat(again).hasSameBinaryContentAs(program);
  }

  @Test
  void whatClientsReadLiesWhereAnchorKeepsIt() throws IOException {
    Path deploy = folder.resolve("target").resolve("deploy");
    String program = deploy.resolve("counter.so").toString();
    assertThat(run("compile", COUNTER, "-o", program, "--emit", "idl,ts")).isZero();
    String idl = Files.readString(folder.resolve("target/idl/counter.json"));
    String derived = JsonParser.parseString(idl).getAsJsonObject().get("address").getAsString();
    String client = Files.readString(folder.resolve("target/types/counter.ts"));
    assertThat(client).contains(derived);
    Files.writeString(deploy.resolve("counter-keypair.json"), Arrays.toString(new int[64]));
    String elsewhere = folder.resolve("counter.so").toString();
    assertThat(run("compile", COUNTER, "-o", program, "--emit", "idl")).isZero();
    assertThat(run("compile", COUNTER, "-o", elsewhere, "--emit", "idl")).isZero();
    assertThat(Files.readString(folder.resolve("target/idl/counter.json")))
        .isEqualTo(idl.replace(derived, "1".repeat(32)));
    assertThat(Files.readString(folder.resolve("counter.json"))).isEqualTo(idl);
  }

  @Test
  void aKeypairThatIsNoneIsSaid() throws IOException {
    Files.writeString(folder.resolve("counter-keypair.json"), "[1, 2]");
    String program = folder.resolve("counter.so").toString();
    assertThat(run("compile", COUNTER, "-o", program, "--emit", "idl")).isEqualTo(4);
    assertThat(err.toString(UTF_8)).contains("C0010");
    assertThat(files()).containsExactly("counter-keypair.json");
  }

  @Test
  void allIsWrittenOrNothing() throws IOException {
    Files.createDirectory(folder.resolve("counter.ir"));
    String program = folder.resolve("counter.so").toString();
    assertThat(run("compile", COUNTER, "-o", program, "--emit", "forms,ir,asm")).isEqualTo(4);
    assertThat(err.toString(UTF_8)).contains("C0009").contains("counter.ir");
    assertThat(files()).containsExactly("counter.ir");
    Path broken = Files.writeString(folder.resolve("broken.ovsm"), "(log :value nothing-known)");
    assertThat(run("compile", broken.toString(), "-o", program, "--emit", "forms")).isEqualTo(3);
    Path endless = Files.writeString(folder.resolve("endless.ovsm"), "(while true (log \"x\"))");
    assertThat(run("compile", endless.toString(), "-o", program, "--emit", "forms,ir,asm"))
        .isEqualTo(1);
    assertThat(files()).containsExactly("broken.ovsm", "counter.ir", "endless.ovsm");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), out, err);
  }
}

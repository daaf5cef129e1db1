package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.ElfWriter;
import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecCommandTest {
  private static final Insn EXIT = new Insn(Opcode.EXIT, 0, 0, 0, 0);

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsTheOutcomeAsJson() throws IOException {
    Path program = write(new Insn(Opcode.LDXH, 0, 1, 0, 0), EXIT);
    for (String engine : List.of("interpreter", "jit", "auto")) {
      assertThat(run(program, "--input", "3412", "--engine", engine, "--json")).isZero();
    }
    String line =
        """
        {"v":1,"type":"outcome","result":"ok","r0":"0x1234","fault":null,"instructions":2,\
        "compute_units":2,"logs":[]}
        """;
    assertThat(out.toString(UTF_8)).isEqualTo(line.repeat(3));
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aFaultIsAnOutcomeToo() throws IOException {
    Path program = write(new Insn(Opcode.STDW, 1, 0, 8, 1), EXIT);
    assertThat(run(program, "--json")).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"v":1,"type":"outcome","result":"fault","r0":null,"fault":{"kind":"AccessViolation",\
            "pc":0,"text":"Access violation writing 8 bytes at address 0x400000008 (in unallocated \
            region)","access":"store","address":"0x400000008","length":8},"instructions":1,\
            "compute_units":1,"logs":[]}
            """);
  }

  @Test
  void showsLogsCostsAndFaultsToPeople() throws IOException {
    Insn log = new Insn(Opcode.CALL, 0, 0, 0, Syscall.SOL_LOG_64_.hash());
    Path program = write(log, new Insn(Opcode.DIV64_REG, 1, 2, 0, 0), EXIT);
    assertThat(run(program, "--budget", "200")).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            Program log: 0x400000000, 0x0, 0x0, 0x0, 0x0
            2 instructions, 102 of 200 compute units
            """);
    assertThat(err.toString(UTF_8))
        .startsWith("error[X0002]: divide by zero at BPF instruction\n --> instruction 1 of ");
  }

  @Test
  void whatIsNotAProgramIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.so"), "not an ELF file");
    assertThat(run(text)).isEqualTo(3);
    assertThat(err.toString(UTF_8)).startsWith("error[E0001]");
    err.reset();
    Path cut = folder.resolve("cut.so");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(write(EXIT)), 60));
    assertThat(run(cut)).isEqualTo(3);
    assertThat(err.toString(UTF_8)).startsWith("error[E0003]");
    err.reset();
    Path invalid = write(new Insn(Opcode.MOV64_IMM, 10, 0, 0, 1), EXIT);
    assertThat(run(invalid)).isEqualTo(3);
    assertThat(err.toString(UTF_8)).startsWith("error[E0004]: cannot write into register r10");
    err.reset();
    assertThat(run(folder.resolve("none.so"))).isEqualTo(4);
    assertThat(err.toString(UTF_8)).startsWith("error[C0004]");
  }

  @Test
  void asDeployedRefusesWhatCannotBeDeployed() throws IOException {
    Insn unknown = new Insn(Opcode.CALL, 0, 0, 0, 7);
    Path program = write(new Insn(Opcode.JA, 0, 0, 1, 0), unknown, EXIT);
    assertThat(run(program)).isZero();
    assertThat(run(program, "--as-deployed")).isEqualTo(3);
    assertThat(err.toString(UTF_8)).startsWith("error[E0004]: Invalid syscall code 7");
    assertThat(run(write(EXIT), "--as-deployed")).isZero();
  }

  @Test
  void wrongArgumentsAreRefused() throws IOException {
    Path program = write(EXIT);
    for (List<String> wrong :
        List.of(
            List.of("--input", "0g"), List.of("--budget", "-1"), List.of("--engine", "rocket"))) {
      assertThat(run(program, wrong.toArray(String[]::new))).isEqualTo(2);
      assertThat(err.toString(UTF_8)).startsWith("error[C0001]");
      err.reset();
    }
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  private Path write(Insn... insns) throws IOException {
    byte[] code = Encoder.encode(Version.V3, List.of(insns));
    Text text = new Text(Version.V3, code, new byte[0], List.of(), List.of(), List.of(), 0);
    return Files.write(folder.resolve("program.so"), ElfWriter.write(text, List.of()));
  }

  private int run(Path program, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("exec", program.toString()));
    arguments.addAll(List.of(flags));
    return Main.run(arguments, out, err);
  }
}

package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {
  private static final String ID = "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM";
  private static final long STACK = 0x2_0000_1000L;
  private static final long INPUT = 0x4_0000_0000L;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Registers as the machine is defined to begin with, and as each instruction leaves them. */
  @Test
  void holdsTheRegistersBeforeEveryInstruction() throws Exception {
    Path program =
        program("mov64 r0, 7\nlddw r6, 0x500000001\ncall f\nexit\nf:\nadd64 r0, 1\nexit");
    assertThat(run("exec", program, "--trace", folder.resolve("traces"))).isZero();
    List<long[]> rows = rows(file(".regs"));
    assertThat(rows)
        .containsExactly(
            new long[] {0, INPUT, 0, 0, 0, 0, 0, 0, 0, 0, STACK, 0},
            new long[] {7, INPUT, 0, 0, 0, 0, 0, 0, 0, 0, STACK, 1},
            new long[] {7, INPUT, 0, 0, 0, 0, 0x5_0000_0001L, 0, 0, 0, STACK, 3},
            new long[] {7, INPUT, 0, 0, 0, 0, 0x5_0000_0001L, 0, 0, 0, STACK + 0x2000, 5},
            new long[] {8, INPUT, 0, 0, 0, 0, 0x5_0000_0001L, 0, 0, 0, STACK + 0x2000, 6},
            new long[] {8, INPUT, 0, 0, 0, 0, 0x5_0000_0001L, 0, 0, 0, STACK, 4});
    byte[] opcodes = new byte[rows.size()];
    byte[] insns = Files.readAllBytes(file(".insns"));
    assertThat(insns).hasSize(8 * rows.size());
    for (int i = 0; i < opcodes.length; i++) {
      opcodes[i] = insns[8 * i];
    }
    assertThat(opcodes).asHexString().isEqualTo("B718" + "85" + "07" + "95" + "95");
    String name = file(".regs").getFileName().toString();
    assertThat(name).isEqualTo(sha256(file(".regs")).substring(0, 16) + ".regs");
    assertThat(file(".exec.sha256")).hasContent(sha256(program));
    assertThat(out.toString(UTF_8)).contains("6 instructions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stxdw [r10-8], r1\nstxdw [r9+0], r1\nexit", "ja -1"})
  void aFaultEndsTheTrace(String code) throws Exception {
    Path program = program(code);
    assertThat(run("exec", program, "--budget", 9, "--trace", folder.resolve("traces")))
        .isEqualTo(1);
    assertThat(rows(file(".regs"))).hasSize(code.startsWith("ja") ? 9 : 2);
  }

  @Test
  void aTransactionNamesItsProgram() throws Exception {
    Path program = program("mov64 r0, 0\nexit");
    Path traces = folder.resolve("traces");
    assertThat(run("invoke", program, "--program-id", ID, "--trace", traces)).isZero();
    assertThat(file(".program_id")).hasContent(ID);
    assertThat(file(".exec.sha256")).hasContent(sha256(program));
    assertThat(rows(file(".regs"))).hasSize(2);
  }

  @Test
  void aRunTracesStartUpAndEveryCallback() throws Exception {
    Path source = Path.of("..", "examples", "heartbeat.ovsm");
    Path traces = folder.resolve("traces");
    assertThat(run("run", source, "--slots", 30, "-q", "--trace", traces)).isZero();
    try (Stream<Path> files = Files.list(traces)) {
      List<String> ids = new ArrayList<>();
      for (Path file : files.filter(one -> one.toString().endsWith(".program_id")).toList()) {
        ids.add(Files.readString(file));
      }
      assertThat(ids).hasSizeGreaterThanOrEqualTo(4);
      assertThat(ids.stream().distinct()).hasSize(1);
    }
  }

  @Test
  void whereNothingCanBeWrittenNothingIsRun() throws Exception {
    Path program = program("exit");
    assertThat(run("exec", program, "--trace", program)).isEqualTo(4);
    assertThat(err.toString(UTF_8)).startsWith("error[C0009]: cannot write " + program);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  private Path program(String code) throws IOException {
    Path text = Files.writeString(folder.resolve("x.s"), "entrypoint:\n" + code + "\n");
    Path program = folder.resolve("x.so");
    assertThat(run("asm", text, "-o", program, "-q")).isZero();
    return program;
  }

  private Path file(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("traces"))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private static List<long[]> rows(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<long[]> rows = new ArrayList<>();
    while (bytes.hasRemaining()) {
      long[] row = new long[12];
      for (int i = 0; i < row.length; i++) {
        row[i] = bytes.getLong();
      }
      rows.add(row);
    }
    return rows;
  }

  private static String sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }

  private int run(Object... arguments) {
    return Main.run(Stream.of(arguments).map(String::valueOf).toList(), out, err);
  }
}

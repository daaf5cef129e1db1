package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.account.KeyedAccount;
import dev.ovsm.elf.ElfWriter;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Relocation;
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

class InvokeCommandTest {
  private static final Insn EXIT = new Insn(Opcode.EXIT, 0, 0, 0, 0);
  private static final Insn CALL_OF_NOTHING = new Insn(Opcode.CALL, 0, 0, 0, 7);
  private static final Pubkey PROGRAM = Pubkey.of("Prog111111111111111111111111111111111111111");
  private static final Pubkey STATE = Pubkey.of("State11111111111111111111111111111111111111");

  /** Where an input region holds the first account's data. */
  private static final int FIRST_DATA = 96;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsTheOutcomeAsJson() throws IOException {
    Path program = program(new Insn(Opcode.STB, 1, 0, FIRST_DATA, 7), EXIT);
    Path state = state();
    for (String engine : List.of("interpreter", "jit", "auto")) {
      assertThat(invoke(program, "--account", state + ":w", "--engine", engine, "--json")).isZero();
    }
    String line =
        """
        {"v":1,"type":"transaction","err":null,"compute_units":2,"logs":[\
        "Program Prog111111111111111111111111111111111111111 invoke [1]",\
        "Program Prog111111111111111111111111111111111111111 consumed 2 of 200000 compute units",\
        "Program Prog111111111111111111111111111111111111111 success"],"return_data":null,\
        "accounts":[{"pubkey":"State11111111111111111111111111111111111111",\
        "account":{"lamports":5000000,"data":["BwAAAA==","base64"],\
        "owner":"Prog111111111111111111111111111111111111111","executable":false,\
        "rentEpoch":18446744073709551615,"space":4}}]}
        """;
    assertThat(out.toString(UTF_8)).isEqualTo(line.repeat(3));
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aFailedTransactionIsAnOutcomeToo() throws IOException {
    Path program = program(new Insn(Opcode.STB, 1, 0, FIRST_DATA, 7), EXIT);
    assertThat(invoke(program, "--account", state().toString(), "--json")).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .startsWith(
            """
            {"v":1,"type":"transaction","err":{"InstructionError":[0,"ReadonlyDataModified"]},\
            "compute_units":2,\
            """)
        .contains("\"data\":[\"AAAAAA==\",\"base64\"]");
    out.reset();
    Path failing = program(new Insn(Opcode.MOV64_IMM, 0, 0, 0, 6), EXIT);
    assertThat(invoke(failing, "--json")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("\"err\":{\"InstructionError\":[0,{\"Custom\":6}]}");
  }

  @Test
  void tellsPeopleWhatChanged() throws IOException {
    Path program = program(new Insn(Opcode.STB, 1, 0, FIRST_DATA + 2, 7), EXIT);
    assertThat(invoke(program, "--account", state() + ":w")).isZero();
    assertThat(out.toString(UTF_8))
        .endsWith(
            """
            2 of 200000 compute units
            State11111111111111111111111111111111111111: data changed from byte 2
            """);
    Path failing = program(new Insn(Opcode.DIV64_REG, 0, 0, 0, 0), EXIT);
    assertThat(invoke(failing)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("error[X0010]: Program failed to complete");
  }

  @Test
  void thePrintedAccountsCanBeUsedAgain() throws IOException {
    Insn load = new Insn(Opcode.LDXB, 2, 1, FIRST_DATA, 0);
    Insn add = new Insn(Opcode.ADD64_IMM, 2, 0, 0, 1);
    Path program = program(load, add, new Insn(Opcode.STXB, 1, 2, FIRST_DATA, 0), EXIT);
    Path state = state();
    for (int i = 0; i < 3; i++) {
      out.reset();
      assertThat(invoke(program, "--account", state + ":w", "--json")).isZero();
      String line = out.toString(UTF_8);
      int begin = line.indexOf("{\"pubkey\"");
      Files.writeString(state, line.substring(begin, line.length() - "]}\n".length()));
    }
    assertThat(Files.readString(state)).contains("AwAAAA==");
  }

  @Test
  void anAddressIsAnAccountToo() throws IOException {
    Path program = program(new Insn(Opcode.LDXW, 0, 1, FIRST_DATA, 0), EXIT);
    String clock = "SysvarC1ock11111111111111111111111111111111";
    assertThat(invoke(program, "--account", clock, "--slot", "77", "--json")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("{\"Custom\":77}");
  }

  @Test
  void asDeployedRefusesWhatCannotBeDeployed() throws IOException {
    byte[] code = Encoder.encode(Version.V0, List.of(new Insn(Opcode.CALL, 0, 0, 0, -1), EXIT));
    Relocation free =
        new Relocation(0, Relocation.Kind.SYSCALL, Syscall.SOL_ALLOC_FREE_.symbol(), 0);
    Path program =
        write(new Text(Version.V0, code, new byte[0], List.of(free), List.of(), List.of(), 0));
    assertThat(invoke(program, "--json")).isZero();
    assertThat(invoke(program, "--as-deployed")).isEqualTo(3);
    assertThat(err.toString(UTF_8)).startsWith("error[E0003]");
    err.reset();
    Path unknown = program(new Insn(Opcode.JA, 0, 0, 1, 0), CALL_OF_NOTHING, EXIT);
    assertThat(invoke(unknown, "--json")).isZero();
    assertThat(invoke(unknown, "--as-deployed")).isEqualTo(3);
    assertThat(err.toString(UTF_8)).startsWith("error[E0004]: Invalid syscall code 7");
  }

  @Test
  void whatIsNoAccountIsRefused() throws IOException {
    Path program = program(EXIT);
    String whole = Files.readString(state());
    List<String> wrong =
        List.of(
            "",
            "[",
            "[".repeat(100_000),
            "{}",
            "{\"pubkey\":5,\"account\":{}}",
            whole.replace("5000000", "-1"),
            whole.replace("5000000", "1e99999999"),
            whole.replace("5000000", "18446744073709551616"),
            whole.replace("\"base64\"", "\"base64+zstd\""),
            whole.replace("\"base64\"", "\"base58\""),
            whole.replace("AAAAAA==", "A"),
            whole.replace("[\"AAAAAA==\",\"base64\"]", "{\"parsed\":{}}"),
            whole.replace("[\"AAAAAA==\",\"base64\"]", "[[],[]]"),
            whole.replace("State", "0tate"));
    for (String text : wrong) {
      Path file = Files.writeString(folder.resolve("wrong.json"), text);
      err.reset();
      assertThat(invoke(program, "--account", file.toString())).as(text).isEqualTo(4);
      assertThat(err.toString(UTF_8)).as(text).startsWith("error[C0011]");
    }
    assertThat(invoke(program, "--account", "none.json:s:w")).isEqualTo(4);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void moreThanATransactionLoadsIsRefused() throws IOException {
    Path program = program(EXIT);
    Account large = Account.of(5_000_000, new byte[Account.MAX_DATA], PROGRAM);
    Path file = folder.resolve("large.json");
    Files.writeString(file, new KeyedAccount(STATE, large).json().toString());
    String[] six = new String[12];
    Arrays.setAll(six, i -> i % 2 == 0 ? "--account" : file.toString());
    assertThat(invoke(program, six)).isZero();
    String[] seven = Arrays.copyOf(six, 14);
    seven[12] = "--account";
    seven[13] = file.toString();
    assertThat(invoke(program, seven)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("error[C0001]: accounts and programs are too large");
  }

  @Test
  void wrongArgumentsAreRefused() throws IOException {
    Path program = program(EXIT);
    for (List<String> wrong :
        List.of(
            List.of("--data", "0g"),
            List.of("--budget", "-1"),
            List.of("--budget", "1400001"),
            List.of("--slot", "-1"),
            List.of("--program", "x"),
            List.of("--program", "x=y.so"))) {
      assertThat(invoke(program, wrong.toArray(String[]::new))).as("%s", wrong).isEqualTo(2);
      assertThat(err.toString(UTF_8)).startsWith("error[C0001]");
      err.reset();
    }
    String system = "11111111111111111111111111111111";
    for (String taken : List.of(PROGRAM.toString(), system)) {
      assertThat(invoke(program, "--program", taken + "=" + program)).isEqualTo(2);
      assertThat(err.toString(UTF_8)).startsWith("error[C0001]");
      err.reset();
    }
    assertThat(invoke(program, "--slot", "9223372036854775807")).isZero();
    assertThat(invoke(program, "--program", STATE + "=none.so")).isEqualTo(4);
  }

  private Path state() throws IOException {
    Account account = Account.of(5_000_000, new byte[4], PROGRAM);
    return Files.writeString(
        folder.resolve("state.json"), new KeyedAccount(STATE, account).json().toString());
  }

  private Path program(Insn... insns) throws IOException {
    byte[] code = Encoder.encode(Version.V3, List.of(insns));
    return write(new Text(Version.V3, code, new byte[0], List.of(), List.of(), List.of(), 0));
  }

  private Path write(Text text) throws IOException {
    return Files.write(folder.resolve("program.so"), ElfWriter.write(text, List.of()));
  }

  private int invoke(Path program, String... flags) {
    List<String> arguments =
        new ArrayList<>(List.of("invoke", program.toString(), "--program-id", PROGRAM.toString()));
    arguments.addAll(List.of(flags));
    return Main.run(arguments, out, err);
  }
}

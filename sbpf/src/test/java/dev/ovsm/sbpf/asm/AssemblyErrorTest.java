package dev.ovsm.sbpf.asm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.TextRenderer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AssemblyErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add65 r1, 2 | UNKNOWN_MNEMONIC | add65 | there is no instruction add65",
        "mov64 r11, 2 | BAD_OPERAND | r11 | expected a register r0 to r10, not r11",
        "mov64 r01, 2 | BAD_OPERAND | r01 | expected a register r0 to r10, not r01",
        "mov64 5, 2 | BAD_OPERAND | 5 | expected a register r0 to r10, not 5",
        "mov64 r1 | BAD_OPERAND | '' | mov64 takes dst, imm",
        "mov64 r1, 2, 3 | BAD_OPERAND | , | mov64 takes dst, imm",
        "mov64 r1, r2, 3 | BAD_OPERAND | , | mov64 takes dst, src",
        "mov64 r1, x | BAD_OPERAND | x | expected an immediate, not x",
        "ldxw r1, r2 | BAD_OPERAND | r2 | ldxw takes dst, [src+off]",
        "ldxw r1, [r2+4 | BAD_OPERAND | '' | ldxw takes dst, [src+off]",
        "stw [r2+4], r1 | BAD_OPERAND | r1 | expected an immediate, not r1",
        "stxw [r2+4], 1 | BAD_OPERAND | 1 | expected a register r0 to r10, not 1",
        "exit r0 | BAD_OPERAND | r0 | exit takes no operands",
        "mov64 r1, 2147483648 | OUT_OF_RANGE | 2147483648 | 2147483648 does not fit an immediate",
        "mov64 r1, -2147483649 | OUT_OF_RANGE | -2147483649 | -2147483649 does not fit an immediate",
        "mov64 r1, 0xffffffffffffffff | OUT_OF_RANGE | 0xffffffffffffffff"
            + " | 0xffffffffffffffff does not fit an immediate",
        "lddw r1, 0x10000000000000000 | BAD_OPERAND | 0x10000000000000000"
            + " | expected a constant or a label, not 0x10000000000000000",
        "ldxw r1, [r2+32768] | OUT_OF_RANGE | +32768 | +32768 does not fit an offset",
        "ja -32769 | OUT_OF_RANGE | -32769 | -32769 does not fit a label or a distance",
        "ja nowhere | UNKNOWN_LABEL | ja nowhere | no label is named nowhere",
        "ja words | UNKNOWN_LABEL | ja words | words is data and cannot be gone to",
        "call sol_log_ | UNKNOWN_LABEL | call sol_log_ | no label is named sol_log_",
        "jeq32 r1, 0, +1 | NOT_IN_VERSION | jeq32 | sBPF v0 has no jeq32",
        "lmul64 r1, 0 | NOT_IN_VERSION | lmul64 | sBPF v0 has no lmul64",
        "syscall 5 | BAD_OPERAND | 5 | syscall takes a name",
        "entrypoint: exit | DUPLICATE_LABEL | entrypoint | the label entrypoint is taken",
        "words: exit | DUPLICATE_LABEL | words | the label words is taken",
        "self: call self | OUT_OF_RANGE | call self"
            + " | a call cannot call its own slot in sBPF v0",
        ".sbpf v9 | BAD_DIRECTIVE | v9 | 'expected v0, v1, v2, v3 or v4'",
        ".sbpf v3 | BAD_DIRECTIVE | .sbpf | .sbpf must stand before all code",
        ".nothing | BAD_DIRECTIVE | .nothing | there is no directive .nothing",
        ".loc 7 1 1 | BAD_DIRECTIVE | 7 | no .file has this number",
        ".hex 00 | BAD_DIRECTIVE | .hex | bytes cannot stand in .text",
        ".align 3 | OUT_OF_RANGE | 3 | 'data is aligned to 1, 2, 4 or 8 bytes'",
        ".raw | BAD_DIRECTIVE | .raw | .raw gives the file's bytes and cannot stand beside .rodata"
            + " and .section",
        ".section a_name_of_16_by. | OUT_OF_RANGE | a_name_of_16_by."
            + " | a section's name has at most 15 bytes",
        ".entry 5 | BAD_OPERAND | 5 | 'expected a label, not 5'",
        ".slot x | BAD_OPERAND | x | .slot takes eight bytes as a number",
        "= 5 | SYNTAX | = | unexpected =",
        "\"open | SYNTAX | \"open | unexpected \"open",
        "\"bad \\q\": exit | SYNTAX | \"bad \\q | unexpected \"bad \\q",
      })
  void aWrongLineHasOneDiagnostic(String line, ObjectCode code, String place, String message) {
    String text = ".rodata\nwords:\n.hex 00\n.text\nentrypoint: exit\n" + line + "\nexit\n";
    Diagnostic diagnostic = only(assemble(text));
    assertThat(diagnostic.code()).isEqualTo(code);
    assertThat(diagnostic.message()).isEqualTo(message);
    assertThat(diagnostic.primary()).isNotNull();
    assertThat(diagnostic.primary().text()).isEqualTo(place == null ? "" : place);
    assertThat(diagnostic.primary().line()).isEqualTo(6);
    assertThat(diagnostic.help()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".rodata\\n.hex 00 | these bytes need a label",
        ".raw\\nx: | there are no labels in this part of the file",
        ".rodata\\nexit | instructions stand in .text, which is over here",
        ".rodata\\nx:\\n.hex 0 | expected pairs of hexadecimal digits",
        ".rodata\\nx:\\n.hex 0g | expected pairs of hexadecimal digits",
        ".rodata\\nx:\\n.zero 99999999 | expected a number between 1 and 16777216, not 99999999",
        "start: exit | nothing is labelled entrypoint",
        ".entry begin\\nentrypoint: exit | nothing is labelled begin",
      })
  void aWrongFileHasOneDiagnostic(String text, String message) {
    Diagnostic diagnostic = only(assemble(text.replace("\\n", "\n")));
    assertThat(diagnostic.message()).isEqualTo(message);
    assertThat(diagnostic.help()).isNotBlank();
  }

  @Test
  void aDuplicateLabelShowsBothPlaces() {
    Diagnostic diagnostic = only(assemble("entrypoint: exit\nx: exit\nx: exit\n"));
    assertThat(new TextRenderer().render(diagnostic))
        .isEqualTo(
            """
            error[E0010]: the label x is taken
             --> test.s:3:1
              |
            2 | x: exit
              | - first here
            3 | x: exit
              | ^
              = help: give one of them another name
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mov64 r1 | such as: mov64 r1, 5",
        "ldxw r1, r2 | such as: ldxw r1, [r2+8]",
        "stw [r2+4, 1 | such as: stw [r1+8], 5",
        "jne r1, r2 | such as: jne r1, r2, loop",
        "lddw r1 | such as: lddw r1, 5",
        "exit r0 | such as: exit",
        "ja entrypiont | did you mean entrypoint?",
        "ja nowhere | name a label that stands in the code",
        "call sol_log_ | write syscall sol_log_",
      })
  void theWayOutFitsTheLine(String line, String help) {
    assertThat(only(assemble("entrypoint: exit\n" + line + "\n")).help()).isEqualTo(help);
  }

  @Test
  void aMisspelledMnemonicComesWithTheNearestOne() {
    assertThat(only(assemble("entrypoint: add46 r1, 2\nexit")).help())
        .isEqualTo("did you mean add64?");
  }

  @Test
  void aSyscallThatNobodyKnowsIsAWarning() {
    Diagnostics diagnostics = new Diagnostics();
    Source source = new Source("test.s", "entrypoint: syscall sol_lag_\nsyscall sol_lag_\nexit");
    assertThat(
            AssemblyParser.parse(source, null, diagnostics)
                .flatMap(assembly -> Assembler.assemble(assembly, diagnostics)))
        .isPresent();
    assertThat(diagnostics.list())
        .singleElement()
        .satisfies(d -> assertThat(d.code()).isEqualTo((Code) ObjectCode.UNKNOWN_SYSCALL))
        .satisfies(d -> assertThat(d.help()).isEqualTo("did you mean sol_log_?"));
  }

  @Test
  void aJumpThatIsTooLongIsReported() {
    String far = "entrypoint: ja end\n" + "exit\n".repeat(32768) + "end: exit\n";
    assertThat(only(assemble(far)).message())
        .isEqualTo("the jump to end is 32768 slots, further than 32,767");
    assertThat(assemble("entrypoint: ja end\n" + "exit\n".repeat(32767) + "end: exit\n")).isEmpty();
  }

  @Test
  void noTextMakesTheParserFail() {
    String[] pieces = {
      "r1",
      ",",
      "[",
      "]",
      "+",
      "-",
      "5",
      "0x",
      "\"",
      "\\",
      ":",
      ";",
      "\n",
      " ",
      ".",
      "add64",
      "call",
      ".hex",
      ".slot",
      ".raw",
      ".text",
      "lddw",
      "💓",
      "\0",
      "jeq",
      "stxb",
      ".string",
      "9".repeat(30),
    };
    Random random = new Random(6);
    int diagnosed = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      diagnosed += assemble(text.toString()).isEmpty() ? 0 : 1;
    }
    assertThat(diagnosed).isBetween(10_000, 20_000);
  }

  private static Diagnostic only(List<Diagnostic> diagnostics) {
    assertThat(diagnostics).hasSize(1);
    return diagnostics.get(0);
  }

  private static List<Diagnostic> assemble(String text) {
    Diagnostics diagnostics = new Diagnostics();
    AssemblyParser.parse(new Source("test.s", text), null, diagnostics)
        .ifPresent(
            assembly ->
                assertThat(Assembler.assemble(assembly, diagnostics).isEmpty())
                    .isEqualTo(diagnostics.hasErrors()));
    return diagnostics.list();
  }
}

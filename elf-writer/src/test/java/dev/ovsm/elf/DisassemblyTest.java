package dev.ovsm.elf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.elf.Disassembly.SourceLines;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.AssemblyBuilder;
import dev.ovsm.sbpf.asm.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DisassemblyTest {
  private static final Assembly.Section EXTRA = new Assembly.Section(".ovsm", new byte[] {1, 2, 3});

  @Test
  void aFileThatWeWroteReadsLikeItsAssembly() {
    byte[] elf = ElfWriter.write(Samples.hello(Version.V0), List.of(EXTRA));
    assertThat(text(elf))
        .isEqualTo(
            """
            .sbpf v0
            .file 1 "hello.ovsm"

            .rodata
            rodata:
                .string "hello"

            .section .ovsm
                .hex 010203

            .text
            helper:
                exit                            ; 0

            entrypoint:
                .loc 1 1 1
                ; hello.ovsm:1
                lddw r1, rodata                 ; 1 "hello"
                lddw r3, helper                 ; 3
                mov64 r2, 5                     ; 5
                .loc 1 2 2
                ; hello.ovsm:2
                syscall sol_log_                ; 6
                call helper                     ; 7
                .loc none
                exit                            ; 8
            """);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void filesThatWeWroteComeBackByteForByte(Version version) {
    for (Text text :
        List.of(Samples.smallest(version), Samples.hello(version), oddNames(version))) {
      for (List<Assembly.Section> extras : List.of(List.<Assembly.Section>of(), List.of(EXTRA))) {
        byte[] elf = ElfWriter.write(text, extras);
        Disassembly disassembly = Disassembly.of("test.so", elf, new Diagnostics()).orElseThrow();
        assertThat(disassembly.assembly().image()).isEmpty();
        assertThat(assemble(disassembly.text(SourceLines.NONE))).isEqualTo(elf);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void aFileThatWasChangedKeepsEveryByte(Version version) {
    byte[] elf = ElfWriter.write(Samples.hello(version), List.of(EXTRA));
    Random random = new Random(9);
    int laidOut = 0;
    int kept = 0;
    for (int round = 0; round < 1_500; round++) {
      byte[] changed = elf.clone();
      changed[random.nextInt(elf.length)] = (byte) random.nextInt();
      Optional<Disassembly> disassembly = Disassembly.of("test.so", changed, new Diagnostics());
      if (disassembly.isPresent()) {
        assertThat(assemble(disassembly.get().text(SourceLines.NONE))).isEqualTo(changed);
        kept += disassembly.get().assembly().image().isPresent() ? 1 : 0;
        laidOut += disassembly.get().assembly().image().isPresent() ? 0 : 1;
      }
    }
    assertThat(kept).isGreaterThan(250);
    assertThat(laidOut).isGreaterThan(50);
  }

  @Test
  void theVersionsThatAreNotWrittenAreReadAllTheSame() {
    for (int version : new int[] {1, 2, 4}) {
      byte[] elf =
          ElfWriter.write(Samples.hello(version == 4 ? Version.V3 : Version.V0), List.of());
      elf[48] = (byte) version;
      String text = text(elf);
      assertThat(text).startsWith(".sbpf v" + version + "\n\n.raw\n").contains("exit ");
      assertThat(assemble(text)).isEqualTo(elf);
    }
  }

  @Test
  void sourceLinesStandAboveTheirCode() {
    byte[] elf = ElfWriter.write(Samples.hello(Version.V3), List.of());
    String text =
        Disassembly.of("test.so", elf, new Diagnostics())
            .orElseThrow()
            .text((file, line) -> Optional.of("  (" + file + " line " + line + ")"));
    assertThat(text).contains("    ; hello.ovsm:2: (hello.ovsm line 2)\n    syscall sol_log_ ");
    assertThat(assemble(text)).isEqualTo(elf);
  }

  @Test
  void whatIsNoProgramIsSaidSo() {
    assertThat(codes(new byte[0])).containsExactly("E0001");
    assertThat(codes("(define x 1)".repeat(100).getBytes(UTF_8))).containsExactly("E0001");
    byte[] withoutText = ElfWriter.write(Samples.hello(Version.V0), List.of());
    withoutText[40] = 1;
    assertThat(codes(withoutText)).containsExactly("E0003");
    byte[] unknown = ElfWriter.write(Samples.hello(Version.V3), List.of());
    unknown[48] = 9;
    assertThat(codes(unknown)).containsExactly("E0003");
  }

  @Test
  void aMegabyteIsReadInNoTime() {
    AssemblyBuilder assembly = new AssemblyBuilder(Version.V0).label("entrypoint");
    for (int i = 0; i < 40_000; i++) {
      assembly.label("function_number_" + i);
      assembly.jump(new Insn(Opcode.JEQ64_IMM, 1, 0, 0, i), "function_number_" + i, Span.none());
      assembly.call("function_number_" + (i * 7919 % 40_000), Span.none());
      assembly.code(new Insn(Opcode.EXIT, 0, 0, 0, 0), Span.none());
    }
    byte[] elf = ElfWriter.write(Samples.assemble(assembly), List.of());
    assertThat(elf.length).isGreaterThan(1 << 20);
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> assertThat(assemble(text(elf))).isEqualTo(elf));
  }

  private static Text oddNames(Version version) {
    return Samples.assemble(
        new AssemblyBuilder(version)
            .label("rodata")
            .address(1, "d", 3, Span.none())
            .code(new Insn(Opcode.LDDW, 2, 0, 0, 1L << 40), Span.none())
            .code(new Insn(Opcode.LDDW, 2, 0, 0, 7), Span.none())
            .label("a->b, \"c\"")
            .label(".L9")
            .jump(new Insn(Opcode.JA, 0, 0, 0, 0), ".L9", Span.none())
            .call("a->b, \"c\"", Span.none())
            .label("entrypoint")
            .syscall("sol_log_", Span.none())
            .syscall("sol log?", Span.none())
            .code(new Insn(Opcode.EXIT, 0, 0, 0, 0), Span.none())
            .data("d", "some text; and more".getBytes(UTF_8), 8));
  }

  private static String text(byte[] elf) {
    return Disassembly.of("test.so", elf, new Diagnostics()).orElseThrow().text(SourceLines.NONE);
  }

  private static byte[] assemble(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<byte[]> elf = AssemblyFile.assemble(new Source("test.s", text), null, diagnostics);
    assertThat(elf).as("%s", diagnostics.list()).isPresent();
    return elf.orElseThrow();
  }

  private static List<String> codes(byte[] elf) {
    Diagnostics diagnostics = new Diagnostics();
    assertThat(Disassembly.of("test.so", elf, diagnostics)).isEmpty();
    return diagnostics.list().stream().map(one -> one.code().id()).toList();
  }
}

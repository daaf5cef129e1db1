package dev.ovsm.elf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.LineEntry;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ElfWriterTest {
  private static final Set<Integer> SYSCALLS = LoaderConfig.autonomous().syscalls();

  @Test
  void theSmallestFileOfVersion3Has136Bytes() {
    assertThat(HexFormat.of().formatHex(ElfWriter.write(Samples.smallest(Version.V3), List.of())))
        .isEqualTo(
            "7f454c46020101000000000000000000"
                + "0300f700010000000000000001000000"
                + "40000000000000000000000000000000"
                + "03000000400038000100000000000000"
                + "01000000010000007800000000000000"
                + "00000000010000000000000001000000"
                + "10000000000000001000000000000000"
                + "0800000000000000"
                + "b7000000000000009500000000000000");
  }

  @Test
  void theSmallestFileOfVersion0Has296Bytes() {
    assertThat(HexFormat.of().formatHex(ElfWriter.write(Samples.smallest(Version.V0), List.of())))
        .isEqualTo(
            "7f454c46020101000000000000000000"
                + "0300f700010000004000000000000000"
                + "00000000000000006800000000000000"
                + "00000000400038000000400003000200"
                + "b7000000000000009500000000000000"
                + "002e74657874002e7368737472746162"
                + "0000000000000000"
                + "00".repeat(64)
                + "01000000010000000600000000000000"
                + "40000000000000004000000000000000"
                + "10000000000000000000000000000000"
                + "08000000000000000000000000000000"
                + "07000000030000000000000000000000"
                + "00000000000000005000000000000000"
                + "11000000000000000000000000000000"
                + "01000000000000000000000000000000");
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void aFileLoadsForExecutionAndDeployment(Version version) {
    byte[] elf = ElfWriter.write(Samples.hello(version), List.of());
    for (LoaderConfig config :
        List.of(LoaderConfig.execution(Set.of()), LoaderConfig.deployment(SYSCALLS))) {
      Program program = ElfLoader.load(elf, config).program().orElseThrow();
      assertThat(program.version()).isEqualTo(version);
      assertThat(program.entryPc()).isEqualTo(1);
      assertThat(Validator.validate(program)).isEmpty();
      assertThat(Validator.validateCalls(version, program.text(), SYSCALLS)).isEmpty();
      Insn data = insn(program, 1);
      int offset = (int) (data.imm() - program.readOnlyAddress());
      assertThat(new String(program.readOnly(), offset, 5, UTF_8)).isEqualTo("hello");
      assertThat(insn(program, 3).imm()).isEqualTo(program.textAddress());
      assertThat(insn(program, 6).imm()).isEqualTo(Syscall.SOL_LOG_.hash());
      if (!version.staticSyscalls()) {
        int key = (int) insn(program, 7).imm();
        assertThat(program.function(key)).hasValue(0);
      }
    }
  }

  @Test
  void dataIsReadableAtItsAddress() {
    Program program =
        ElfLoader.load(
                ElfWriter.write(Samples.hello(Version.V3), List.of()),
                LoaderConfig.execution(Set.of()))
            .program()
            .orElseThrow();
    assertThat(program.readOnlyAddress()).isEqualTo(MemoryMap.RODATA);
    assertThat(program.readOnly()).hasSize(8).startsWith("hello".getBytes(UTF_8));
  }

  @Test
  void theLineTableFollowsTheSpans() {
    assertThat(Samples.hello(Version.V0).lines())
        .containsExactly(
            new LineEntry(1, "hello.ovsm", 1, 1),
            new LineEntry(6, "hello.ovsm", 2, 2),
            new LineEntry(8, "", 0, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void writingTwiceGivesTheSameBytes(Version version) {
    List<Assembly.Section> extras = List.of(new Assembly.Section(".ovsm", new byte[] {1, 2, 3}));
    assertThat(ElfWriter.write(Samples.hello(version), extras))
        .isEqualTo(ElfWriter.write(Samples.hello(version), extras));
  }

  private static Insn insn(Program program, int pc) {
    Insn insn = Decoder.decodeAt(program.version(), program.text(), pc);
    assertThat(insn).isNotNull();
    return insn;
  }
}

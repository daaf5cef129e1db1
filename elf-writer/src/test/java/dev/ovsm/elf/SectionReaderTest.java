package dev.ovsm.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.sbpf.FunctionSymbol;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.LineEntry;
import dev.ovsm.sbpf.asm.Text;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SectionReaderTest {
  private static final Manifest MANIFEST = Manifest.of("p");
  private static final List<FunctionSymbol> FUNCTIONS =
      List.of(new FunctionSymbol("helper", 0, 1), new FunctionSymbol("a->b?", 1, 1));
  private static final List<LineEntry> LINES = List.of(new LineEntry(1, "p.ovsm", 3, 4));

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void whatAFileWasWrittenWithIsReadBack(Version version) {
    SectionReader reader = new SectionReader(file(version));
    Diagnostics diagnostics = new Diagnostics();
    assertThat(reader.manifest(diagnostics)).contains(MANIFEST);
    assertThat(reader.lines(diagnostics).entries()).isEqualTo(LINES);
    assertThat(reader.functions()).isEqualTo(FUNCTIONS);
    assertThat(reader.section(".nothing")).isEmpty();
    assertThat(diagnostics.list()).isEmpty();
  }

  @Test
  void aDamagedSectionIsReported() {
    Text text = text(Version.V3);
    byte[] elf =
        ElfWriter.write(text, List.of(new Assembly.Section(Manifest.SECTION, new byte[] {9})));
    Diagnostics diagnostics = new Diagnostics();
    assertThat(new SectionReader(elf).manifest(diagnostics)).isEmpty();
    assertThat(diagnostics.list())
        .singleElement()
        .extracting(d -> d.code().id())
        .isEqualTo("E0016");
  }

  @Test
  void noBytesMakeTheReaderFail() {
    byte[] whole = file(Version.V0);
    Random random = new Random(4);
    int readable = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      SectionReader reader = new SectionReader(damaged);
      readable += reader.manifest(new Diagnostics()).isPresent() ? 1 : 0;
      readable += reader.lines(new Diagnostics()).entries().size();
      readable += reader.functions().size();
    }
    assertThat(readable).isBetween(1, 4 * 20_000);
    assertThat(new SectionReader(new byte[0]).functions()).isEmpty();
  }

  private static byte[] file(Version version) {
    Assembly.Section manifest = new Assembly.Section(Manifest.SECTION, MANIFEST.encode());
    return ElfWriter.write(text(version), List.of(manifest));
  }

  private static Text text(Version version) {
    byte[] code = {(byte) 0x95, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};
    return new Text(version, code, new byte[0], List.of(), FUNCTIONS, LINES, 0);
  }
}

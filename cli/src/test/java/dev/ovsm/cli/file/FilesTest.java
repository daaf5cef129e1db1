package dev.ovsm.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesTest {
  @TempDir Path folder;

  private final Diagnostics found = new Diagnostics();

  @Test
  void readsWhatIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("a.ovsm"), "(log :message \"💓\")");
    assertThat(InputFile.source(file.toString(), found).orElseThrow().text()).contains("💓");
    assertThat(found.list()).isEmpty();
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(InputFile.bytes(folder.resolve("nothing").toString(), 10, found)).isEmpty();
    assertThat(InputFile.bytes("a\0b", 10, found)).isEmpty();
    assertThat(codes()).containsOnly(CommandCode.MISSING_FILE);
  }

  @Test
  void refusesFolders() {
    assertThat(InputFile.bytes(folder.toString(), 10, found)).isEmpty();
    assertThat(codes()).containsExactly(CommandCode.NOT_A_FILE);
  }

  @Test
  void refusesWhatIsTooLarge() throws IOException {
    Path file = Files.write(folder.resolve("large"), new byte[11]);
    assertThat(InputFile.bytes(file.toString(), 10, found)).isEmpty();
    assertThat(InputFile.bytes(file.toString(), 11, found)).isPresent();
    assertThat(codes()).containsExactly(CommandCode.TOO_LARGE);
  }

  @Test
  void refusesBytesThatAreNoText() throws IOException {
    Path program = Files.write(folder.resolve("a.so"), new byte[] {0x7f, 'E', 'L', 'F', 0, 0});
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe9});
    assertThat(InputFile.source(program.toString(), found)).isEmpty();
    assertThat(InputFile.source(latin.toString(), found)).isEmpty();
    assertThat(codes()).containsExactly(CommandCode.NOT_TEXT, CommandCode.NOT_TEXT);
  }

  @Test
  void writesAndReplacesWholeFiles() throws IOException {
    Path file = folder.resolve("deep/er/out.so");
    assertThat(OutputFile.write(file.toString(), new byte[] {1, 2}, found)).isTrue();
    assertThat(OutputFile.write(file.toString(), new byte[] {3}, found)).isTrue();
    assertThat(Files.readAllBytes(file)).containsExactly(3);
    try (Stream<Path> beside = Files.list(folder.resolve("deep/er"))) {
      assertThat(beside).containsExactly(file);
    }
  }

  @Test
  void changesNothingWhereItCannotWrite() throws IOException {
    Path blocking = Files.writeString(folder.resolve("blocking"), "still here");
    assertThat(OutputFile.write(blocking + "/out.so", new byte[] {1}, found)).isFalse();
    assertThat(OutputFile.write(folder.toString(), new byte[] {1}, found)).isFalse();
    assertThat(OutputFile.write("/dev/full", new byte[] {1}, found)).isFalse();
    assertThat(Files.readString(blocking)).isEqualTo("still here");
    assertThat(codes()).containsOnly(CommandCode.UNWRITABLE).hasSize(3);
  }

  private List<Code> codes() {
    return found.list().stream().map(Diagnostic::code).toList();
  }
}

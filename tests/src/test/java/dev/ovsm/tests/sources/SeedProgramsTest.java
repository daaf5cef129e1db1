package dev.ovsm.tests.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The programs of the documents that the language comes from compile as they stand there, together
 * with files that define what they only mention.
 */
class SeedProgramsTest {
  private static final Path SEEDS = Path.of("../../shared/seeds");

  /** A program: the document, the line where it starts, its companions, what is said of it. */
  enum Block {
    HEARTBEAT_BOT("000_27f0c47006e8abce.txt", 237, List.of("L0016"), "heartbeat_bot.helpers"),
    TAIL_CALLS("000_27f0c47006e8abce.txt", 528, List.of(), "tail_calls.helpers"),
    PAIRS_TRADING_BPF(
        "000_27f0c47006e8abce.txt", 1054, List.of("V0010"), "pairs_trading_bpf.helpers", "oracles"),
    HEARTBEAT("000_27f0c47006e8abce.txt", 1844, List.of()),
    PIPELINE(
        "000_27f0c47006e8abce.txt", 2274, List.of("L0016", "V0010"), "pipeline.helpers", "oracles"),
    PAIRS_TRADING(
        "001_95bd69bed7a68d22.txt", 748, List.of("V0010"), "pairs_trading.helpers", "oracles"),
    VAULT("001_95bd69bed7a68d22.txt", 814, List.of("L0016"), "vault.helpers"),
    DAO("001_95bd69bed7a68d22.txt", 862, List.of(), "dao.helpers");

    private final String document;
    private final int line;
    private final List<String> warnings;
    private final List<String> companions;

    Block(String document, int line, List<String> warnings, String... companions) {
      this.document = document;
      this.line = line;
      this.warnings = warnings;
      this.companions = List.of(companions);
    }

    Path file() {
      return Path.of("../examples/seeds/" + name().toLowerCase(java.util.Locale.ROOT) + ".ovsm");
    }
  }

  @ParameterizedTest
  @EnumSource
  void compiles(Block block) {
    Diagnostics found = new Diagnostics();
    List<Source> sources = new ArrayList<>();
    InputFile.source(block.file().toString(), found).ifPresent(sources::add);
    for (String companion : block.companions) {
      InputFile.source("../examples/seeds/" + companion + ".ovsm", found).ifPresent(sources::add);
    }
    Compilation made = Compilation.of(sources, Compilation.Target.DEFAULT, found);
    assertThat(found.list().stream().filter(d -> d.severity() == Severity.ERROR)).isEmpty();
    assertThat(made.elf()).isPresent();
    assertThat(found.list().stream().map(Diagnostic::code).map(code -> code.id()).distinct())
        .containsExactlyInAnyOrderElementsOf(block.warnings);
  }

  @ParameterizedTest
  @EnumSource
  void isWhatTheDocumentSays(Block block) throws IOException {
    Path document = SEEDS.resolve(block.document);
    assumeThat(document).as("the documents are not beside the checkout").exists();
    List<String> expected = Files.readAllLines(document);
    List<String> lines = Files.readAllLines(block.file());
    assertThat(lines).isEqualTo(expected.subList(block.line - 1, block.line - 1 + lines.size()));
  }
}

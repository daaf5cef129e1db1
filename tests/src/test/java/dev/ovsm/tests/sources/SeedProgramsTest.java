package dev.ovsm.tests.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Source;
import dev.ovsm.sbpf.Sha256;
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
  /** A program: the SHA-256 of its text in the document, what is said of it, its companions. */
  enum Block {
    HEARTBEAT_BOT(
        "81d16b0a4cef009cdaa8d14aa087959fb8249dd487ce18ddb95831613d44c49a",
        List.of("L0016"),
        "heartbeat_bot.helpers"),
    TAIL_CALLS(
        "399b9dc046e9d886c2f870eea47f70827471a30b730416d1dd925ce3073995f5",
        List.of(),
        "tail_calls.helpers"),
    PAIRS_TRADING_BPF(
        "4bb77295ac20f05556146b273c3f8adad509d459cf6d7f8f8f0c72384599b2fc",
        List.of("V0010"),
        "pairs_trading_bpf.helpers",
        "oracles"),
    HEARTBEAT("075b9897f4b4086b5103e7b4e7ab6eb86f027c7f87211c9788cfbc9b97a81892", List.of()),
    PIPELINE(
        "1b2d8e5bcf19682798834f29769827faa4584f858490aa86aa80c2aada5d0ca4",
        List.of(),
        "pipeline.helpers",
        "oracles"),
    PAIRS_TRADING(
        "61ce87be8c2e0c71e615a010eab89be7605c72ab081c0e8259d0592cd252f6f6",
        List.of(),
        "pairs_trading.helpers",
        "oracles"),
    VAULT(
        "41398c44d0ab80d16a1bfa6093fb47f2a2de9f66213571461c590a89ec951b54",
        List.of("L0016"),
        "vault.helpers"),
    DAO(
        "5189f0ee6ee053e6f41e26052723d1bcea58afea6c5fb55953a5890b789de5c2",
        List.of(),
        "dao.helpers"),
    SUBSCRIBE_EVENT(
        "1ece64b9960bcbc8375351a3c34cbbf86dde845783201fc908f9a0d1156c65da", List.of(), "programs"),
    WATCH_ACCOUNT(
        "eb027c726f6d22bd1cf3de7e75e95ca1db617db377f7d111d547983afdc6044d", List.of(), "programs"),
    EMIT_EVENT(
        "2bd45897be27d30bc7e9bc83418197b7cc9a7ff2235c8b441f0715d0ad88a216", List.of(), "programs"),
    SCHEDULE_EXECUTION(
        "e39376dfc28202ddd9093e868c1c8b4f6b91ccefed72e2b6945a75eae2e5081b", List.of(), "programs"),
    QUERY_SUBSCRIPTIONS(
        "72674b26928bbf3f5709179e892d4cc640d59a65141450ce709f4a8aee12c5bc", List.of());

    private final String sha256;
    private final List<String> warnings;
    private final List<String> companions;

    Block(String sha256, List<String> warnings, String... companions) {
      this.sha256 = sha256;
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
  void isWhatTheDocumentSays(Block block) throws Exception {
    assertThat(Sha256.hex(Files.readAllBytes(block.file()))).isEqualTo(block.sha256);
  }
}

package dev.ovsm.cli;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Spelling;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code ovsm explain [CODE]}: what a diagnostic's code means, or which codes there are. */
@CommandLine.Command(
    name = "explain",
    description = "Explain the code of a diagnostic, such as R0001; without a code, list them all.",
    footer = {
      "",
      "Example:",
      "  ovsm explain V0001",
      "",
      "Exit codes: 0 done, 2 there is no such code."
    })
final class ExplainCommand implements Command {
  @Parameters(arity = "0..1", paramLabel = "CODE", description = "The code of a diagnostic.")
  private @Nullable String id;

  @Override
  public ExitCode run(Terminal terminal) {
    if (id == null) {
      Code.all().forEach(code -> terminal.out().println(code.id() + "  " + code.title()));
      return ExitCode.OK;
    }
    Optional<Code> code = Code.of(id);
    if (code.isEmpty()) {
      terminal.report(unknown(id));
      return ExitCode.USAGE;
    }
    terminal.out().println(code.get().id() + ": " + code.get().title());
    terminal.out().println();
    terminal.out().print(code.get().explanation());
    return ExitCode.OK;
  }

  private static Diagnostic unknown(String id) {
    List<String> ids = Code.all().map(Code::id).toList();
    String help =
        Spelling.nearest(id, ids)
            .map(near -> "did you mean " + near + "?")
            .orElse("ovsm explain, without a code, lists them all");
    return Diagnostic.in(
            "argument CODE of ovsm explain", CommandCode.USAGE, "no code is called " + id)
        .withHelp(help);
  }
}

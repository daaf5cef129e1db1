package dev.ovsm.cli;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Verification;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.verifier.Cost;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm cost FILE}: what each entry of a program takes in the worst case. */
@CommandLine.Command(
    name = "cost",
    description = "Show what each entry of a program takes in the worst case, in compute units.",
    footer = {
      "",
      "Calls of other programs are counted, but what they take is not in the figures.",
      "Of each function: the most that one call takes, itself and with what it calls.",
      "",
      "Example:",
      "  ovsm cost examples/heartbeat.ovsm",
      "",
      "Exit codes: 0 every entry has a bound, 1 the verifier refuses the source, 3 the",
      "file is no program, 4 it cannot be read, 5 some entry has no bound."
    })
final class CostCommand implements Command {
  @Parameters(arity = "1", paramLabel = "FILE", description = "A source or a compiled program.")
  private String file = "";

  @Option(
      names = "--measured",
      paramLabel = "UNITS",
      description = "The compute units of the largest run seen, to compare the bounds with.")
  private long measured;

  @Override
  public ExitCode run(Terminal terminal) {
    Diagnostics found = new Diagnostics();
    Optional<byte[]> bytes = InputFile.bytes(file, InputFile.MOST_PROGRAM, found);
    Optional<Verification.Costs> costs =
        bytes.map(content -> Verification.costs(file, content, found));
    found.list().forEach(terminal::report);
    if (costs.isEmpty()) {
      return ExitCode.ENVIRONMENT;
    }
    costs.get().entries().forEach(cost -> print(cost, terminal.out()));
    return switch (costs.get().outcome()) {
      case UNSAFE -> ExitCode.FINDINGS;
      case NOT_A_PROGRAM -> ExitCode.NOT_A_PROGRAM;
      case COMPILED -> {
        boolean unbounded =
            costs.get().entries().stream().anyMatch(cost -> cost.units() == Cost.UNBOUNDED);
        yield unbounded ? ExitCode.UNKNOWN : ExitCode.OK;
      }
    };
  }

  private void print(Cost cost, PrintWriter out) {
    String invocations =
        cost.invocations() == 0
            ? ""
            : " and " + number(cost.invocations()) + " calls of other programs";
    String budget = number(cost.budget()) + (cost.declared() ? "" : " by default");
    out.println(cost.entry() + ": at most " + number(cost.units()) + " of " + budget + invocations);
    if (measured > 0 && cost.units() != Cost.UNBOUNDED) {
      double ratio = (double) cost.units() / measured;
      out.println(
          String.format(Locale.ROOT, "  %.2f times the largest run of %,d", ratio, measured));
    }
    out.println(String.format(Locale.ROOT, "  %12s %12s", "itself", "with calls"));
    for (Cost.FunctionCost function : cost.functions()) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %12s %12s  %s",
              number(function.own()),
              number(function.total()),
              function.function()));
    }
  }

  private static String number(long units) {
    return units == Cost.UNBOUNDED ? "no bound" : String.format(Locale.ROOT, "%,d", units);
  }
}

package dev.ovsm.cli;

import dev.ovsm.cli.eval.Machine;
import dev.ovsm.cli.eval.Session;
import dev.ovsm.diag.Code;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.VerifierCode;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm eval 'EXPR'}: the value of an expression, and its type. */
@CommandLine.Command(
    name = "eval",
    description = {
      "Run an expression and print its value and type.",
      "",
      "Definitions may stand before it; there are no accounts and no instruction data. On the IR's"
          + " interpreter it may take 10,000,000 steps, on the VM 1,400,000 compute units."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm eval '(* 6 7)'",
      "  ovsm eval '(define (square x) (* x x)) (square 12u64)' --on vm",
      "",
      "Exit codes: 0 it has a value, 1 it failed or the verifier refuses it, 2 wrong usage,",
      "3 it does not parse or type."
    })
final class EvalCommand implements Command {
  @Parameters(arity = "1", paramLabel = "EXPR", description = "Forms of OVSM.")
  private String expression = "";

  @Option(
      names = "--on",
      paramLabel = "ir|vm",
      description = "What runs it: the interpreter of the IR, or machine code (default: ir).")
  private Machine machine = Machine.IR;

  @Override
  public ExitCode run(Terminal terminal) {
    Diagnostics found = new Diagnostics();
    Session session = new Session(machine, terminal.out()::println);
    session.submit(new Source("expression", expression), found);
    found.list().forEach(terminal::report);
    if (!found.hasErrors()) {
      return ExitCode.OK;
    }
    boolean ran = found.list().stream().anyMatch(one -> isOfRun(one.code()));
    return ran ? ExitCode.FINDINGS : ExitCode.NOT_A_PROGRAM;
  }

  private static boolean isOfRun(Code code) {
    return code instanceof RunCode || code instanceof VerifierCode;
  }
}

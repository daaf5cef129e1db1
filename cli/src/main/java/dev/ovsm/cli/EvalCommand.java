package dev.ovsm.cli;

import dev.ovsm.cli.eval.Machine;
import dev.ovsm.cli.eval.Session;
import dev.ovsm.diag.Code;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.VerifierCode;
import java.util.Optional;
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
          + " interpreter it may take 10,000,000 steps, on the VM 1,400,000 compute units.",
      "",
      "Behind :type, :ir or :asm it is not run: its type, its IR or its machine code is printed."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm eval '(* 6 7)'",
      "  ovsm eval '(define (square x) (* x x)) (square 12u64)' --on vm",
      "  ovsm eval ':asm (+ 1 (instruction-data-len))'",
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
    if (expression.isBlank()) {
      terminal.report(
          Diagnostic.in("EXPR", CommandCode.USAGE, "there is nothing to run")
              .withHelp("write an expression, such as ovsm eval '(* 6 7)'"));
      return ExitCode.USAGE;
    }
    Diagnostics found = new Diagnostics();
    Session session = new Session(machine, terminal.out()::println);
    int gap = expression.indexOf(' ');
    String word = gap < 0 ? expression : expression.substring(0, gap);
    Optional<Session.Shown> shown = session.shown(word);
    if (shown.isPresent()) {
      // What stands before the expression is blank, so that places are those of the argument.
      String rest = " ".repeat(word.length()) + expression.substring(word.length());
      shown.get().of(new Source("expression", rest), found).ifPresent(terminal.out()::print);
    } else {
      session.submit(new Source("expression", expression), found);
    }
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

package dev.ovsm.cli;

import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.TextRenderer;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The process: arguments in, an exit code out. Nothing is thrown past it, whatever happens inside.
 */
public final class Main {
  private Main() {}

  /** Runs the tool in this process and ends it. */
  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    Prelude.begin(given);
    System.exit(
        run(
            given,
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err)));
  }

  /** Runs the tool with nothing to read. */
  public static int run(List<String> arguments, OutputStream out, OutputStream err) {
    return run(arguments, InputStream.nullInputStream(), out, err);
  }

  /**
   * Runs the tool and returns the exit code of the process.
   *
   * @param in where a command that converses reads, in UTF-8
   * @param out where results go, in UTF-8
   * @param err where everything about them goes, in UTF-8
   */
  public static int run(
      List<String> arguments, InputStream in, OutputStream out, OutputStream err) {
    OutputWatch watched = new OutputWatch(out);
    Terminal terminal = new Terminal(in, watched, writer(watched), writer(err));
    ExitCode code;
    try {
      code = guarded(arguments, terminal);
      terminal.out().flush();
    } catch (OutputWatch.Lost lost) {
      code = lost.isUnwanted() ? ExitCode.UNWANTED : ExitCode.ENVIRONMENT;
      if (code == ExitCode.ENVIRONMENT) {
        terminal.err().print(new TextRenderer().render(lost.diagnostic()));
      }
    }
    terminal.err().flush();
    return code.number();
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static ExitCode guarded(List<String> arguments, Terminal terminal) {
    try {
      return dispatch(arguments, terminal);
    } catch (OutputWatch.Lost lost) {
      throw lost;
    } catch (OutOfMemoryError full) {
      terminal.report(
          Diagnostic.in("the Java heap", CommandCode.MEMORY, "out of memory")
              .withHelp("OVSM_JAVA_OPTS=-Xmx4g gives more"));
      return ExitCode.ENVIRONMENT;
    } catch (Throwable bug) {
      terminal.report(internal(bug));
      if ("1".equals(System.getenv("OVSM_DEBUG"))) {
        bug.printStackTrace(terminal.err());
      }
      return ExitCode.INTERNAL;
    }
  }

  private static Diagnostic internal(Throwable bug) {
    StackTraceElement[] trace = bug.getStackTrace();
    String place = trace.length == 0 ? "somewhere in ovsm" : trace[0].toString();
    String what =
        bug.getMessage() == null ? "" : ": " + bug.getMessage().lines().findFirst().orElse("");
    return Diagnostic.in(place, CommandCode.INTERNAL, bug.getClass().getSimpleName() + what)
        .withHelp("this is a mistake in ovsm: OVSM_DEBUG=1 shows where; please report it");
  }

  private static ExitCode dispatch(List<String> given, Terminal terminal) {
    List<String> arguments = helpLast(given);
    CommandLine root = new CommandLine(new OvsmCommand());
    for (Verb verb : Verb.needed(arguments)) {
      root.addSubcommand(verb.word(), verb.command());
    }
    root.setCaseInsensitiveEnumValuesAllowed(true);
    // What begins with @ is a name like any other, not a file with more arguments.
    root.setExpandAtFiles(false);
    ParseResult parsed;
    try {
      parsed = root.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException wrong) {
      terminal.report(UsageError.of(wrong, given));
      return ExitCode.USAGE;
    }
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    CommandSpec command = parsed.commandSpec();
    if (parsed.isUsageHelpRequested() && !parsed.unmatched().isEmpty()) {
      CommandLine line = command.commandLine();
      terminal.report(
          UsageError.of(new UnmatchedArgumentException(line, parsed.unmatched()), given));
      return ExitCode.USAGE;
    }
    if (parsed.isUsageHelpRequested()) {
      command.commandLine().usage(terminal.out());
      return ExitCode.OK;
    }
    if (parsed.isVersionHelpRequested()) {
      command.commandLine().printVersionHelp(terminal.out());
      return ExitCode.OK;
    }
    return ((Command) command.userObject()).run(terminal);
  }

  /** {@code help run} means {@code run --help}. */
  private static List<String> helpLast(List<String> arguments) {
    List<String> moved = new ArrayList<>(arguments);
    while (!moved.isEmpty() && moved.get(0).equals("help")) {
      moved.remove(0);
    }
    if (moved.size() < arguments.size()) {
      moved.add("--help");
    }
    return moved;
  }
}

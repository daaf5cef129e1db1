package dev.ovsm.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The tool without a command: its help and its version. */
@SuppressWarnings("UnusedVariable") // the flags are picocli's to read
@CommandLine.Command(
    name = "ovsm",
    description = "Compiles OVSM to Solana programs, verifies them, runs them and schedules them.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    footer = {"", "ovsm help COMMAND tells more about a command."})
final class OvsmCommand implements Command {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  /** Shows, to whoever gave no command, which there are. */
  @Override
  public ExitCode run(Terminal terminal) {
    spec.commandLine().usage(terminal.err());
    return ExitCode.USAGE;
  }
}

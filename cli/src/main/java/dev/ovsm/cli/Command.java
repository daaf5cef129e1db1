package dev.ovsm.cli;

/** One command of the tool, its flags and arguments already read into its fields. */
interface Command {
  /** Does the work; what the user did wrong is reported to the terminal, never thrown. */
  ExitCode run(Terminal terminal);
}

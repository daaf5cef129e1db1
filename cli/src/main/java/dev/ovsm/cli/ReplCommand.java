package dev.ovsm.cli;

import dev.ovsm.cli.console.Lines;
import dev.ovsm.cli.eval.Machine;
import dev.ovsm.cli.eval.Session;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code ovsm repl}: definitions and expressions, one after another, until the input ends. */
@CommandLine.Command(
    name = "repl",
    description = {
      "Read forms, run them, print values and types, until the input ends (Ctrl-D).",
      "",
      "Definitions stay; one of the same name replaces the earlier. A form may take several lines."
          + " An error ends nothing but its form. :help lists what else there is.",
      "",
      "On a terminal lines can be edited and recalled, and Tab completes names; the last 1,000 are"
          + " kept in ~/.local/state/ovsm/history, or where $XDG_STATE_HOME says."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm repl --on vm",
      "  echo '(* 6 7)' | ovsm repl",
      "",
      "Exit codes: 0 the input ended, 2 wrong usage, 4 the input cannot be read."
    })
final class ReplCommand implements Command {
  private static final int LONGEST = 1 << 20;
  private static final int MOST_KEPT = 1_000;
  private static final List<String> HELP =
      List.of(
          ":type EXPR   its type",
          ":ir EXPR     its IR, optimised, and that of the functions it calls",
          ":asm EXPR    its machine code, likewise",
          ":on ir|vm    what runs expressions: the interpreter of the IR, or the VM",
          ":defs        the definitions so far",
          ":history     what was entered so far",
          ":reset       forget definitions and values",
          ":quit        end, as Ctrl-D does",
          "*1 *2 *3     the last value, the one before, the one before that");

  @Option(
      names = "--on",
      paramLabel = "ir|vm",
      description =
          "What runs expressions: the interpreter of the IR, or machine code (default: ir).")
  private Machine machine = Machine.IR;

  private final Queue<String> entered = new ArrayDeque<>();
  private int inputs;

  @Override
  public ExitCode run(Terminal terminal) {
    Session session = new Session(machine, terminal.out()::println);
    try (Lines lines = lines(session, terminal)) {
      if (lines.isConversation()) {
        terminal.out().println("ovsm " + Version.number() + "; :help lists commands, Ctrl-D ends");
        terminal.out().flush();
      }
      StringBuilder pending = new StringBuilder();
      while (true) {
        Optional<String> line = lines.next(pending.length() > 0);
        if (line.isEmpty()) {
          finish(pending, session, terminal);
          return ExitCode.OK;
        }
        if (pending.length() == 0 && line.get().strip().equals(":quit")) {
          return ExitCode.OK;
        }
        take(line.get(), pending, session, terminal);
        terminal.out().flush();
      }
    } catch (IOException e) {
      terminal.report(
          Diagnostic.in("standard input", CommandCode.UNREADABLE, "the input cannot be read")
              .withNote(String.valueOf(e.getMessage()))
              .withHelp("start it from a terminal, or pipe text into it"));
      return ExitCode.ENVIRONMENT;
    }
  }

  private static Lines lines(Session session, Terminal terminal) {
    return isTerminal()
        ? Lines.typed(
            terminal.in(),
            terminal.out(),
            history(),
            text -> Session.isUnfinished(new Source("input", body(text))),
            () -> words(session))
        : Lines.piped(terminal.in());
  }

  /** Whether somebody types; the launcher asks for the console that is absent otherwise. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    return System.console() != null;
  }

  /** Where programs of a user keep what they remember. */
  private static Path history() {
    String folder = System.getenv("XDG_STATE_HOME");
    Path state =
        folder == null || folder.isBlank()
            ? Path.of(System.getProperty("user.home", "."), ".local", "state")
            : Path.of(folder);
    return state.resolve("ovsm").resolve("history");
  }

  private static List<String> words(Session session) {
    List<String> words = new ArrayList<>(session.names());
    HELP.stream()
        .filter(line -> line.startsWith(":"))
        .forEach(line -> words.add(line.substring(0, line.indexOf(' '))));
    words.add(":help");
    return words;
  }

  private void take(String line, StringBuilder pending, Session session, Terminal terminal) {
    pending.append(line).append('\n');
    boolean isUnfinished =
        pending.length() < LONGEST
            && Session.isUnfinished(new Source("input", body(pending.toString())));
    if (!isUnfinished) {
      finish(pending, session, terminal);
    }
  }

  /** The forms of a text: all of it, or what stands behind a command. */
  private static String body(String text) {
    return text.startsWith(":") ? argument(text) : text;
  }

  private static String argument(String command) {
    int gap = command.indexOf(' ');
    return gap < 0 ? "" : command.substring(gap + 1);
  }

  /** Does what the text says, whole or not, and begins a new one. */
  private void finish(StringBuilder pending, Session session, Terminal terminal) {
    String text = pending.toString();
    pending.setLength(0);
    if (text.isBlank()) {
      return;
    }
    Diagnostics found = new Diagnostics();
    entered.add(text.strip());
    if (entered.size() > MOST_KEPT) {
      entered.remove();
    }
    String name = "input " + ++inputs;
    if (text.charAt(0) == ':') {
      String word = text.split("\\s", 2)[0];
      command(word, new Source(name, argument(text)), session, terminal, found);
    } else {
      session.submit(new Source(name, text), found);
    }
    found.list().forEach(terminal::report);
  }

  private void command(
      String word, Source argument, Session session, Terminal terminal, Diagnostics found) {
    Optional<Session.Shown> shown = session.shown(word);
    if (shown.isPresent()) {
      shown.get().of(argument, found).ifPresent(terminal.out()::print);
      return;
    }
    switch (word) {
      case ":on" -> on(argument.text().strip(), session, found);
      case ":defs" -> session.definitions().forEach(terminal.out()::println);
      case ":history" -> history(terminal);
      case ":reset" -> session.reset();
      case ":help" -> HELP.forEach(terminal.out()::println);
      default ->
          found.add(
              Diagnostic.in(word, CommandCode.USAGE, "there is no command " + word)
                  .withHelp(":help lists the commands; anything else is a form of OVSM"));
    }
  }

  /** What was entered, with the numbers that places have in diagnostics. */
  private void history(Terminal terminal) {
    int number = inputs - entered.size();
    for (String text : entered) {
      terminal.out().println(++number + "  " + text.replace("\n", "\n   "));
    }
  }

  private static void on(String word, Session session, Diagnostics found) {
    @Nullable Machine chosen =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "ir" -> Machine.IR;
          case "vm" -> Machine.VM;
          default -> null;
        };
    if (chosen == null) {
      found.add(
          Diagnostic.in(
                  ":on",
                  CommandCode.USAGE,
                  "expressions run on ir or vm" + (word.isEmpty() ? "" : ", not " + word))
              .withHelp("write :on vm"));
    } else {
      session.on(chosen);
    }
  }
}

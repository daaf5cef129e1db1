package dev.ovsm.cli;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.run.Grant;
import dev.ovsm.cli.scenario.Quantity;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that give programs what acting costs. */
final class EconomyOptions {
  @Option(
      names = "--fund",
      paramLabel = "[PROGRAM:]LAMPORTS",
      description = "Put lamports, or so many SOL such as 2.5SOL, into a program's escrow.")
  private List<String> funds = List.of();

  @Option(
      names = "--stake",
      paramLabel = "[PROGRAM:]LAMPORTS",
      description = "Stake for a program: 1SOL reserves 1,000 compute units of every slot.")
  private List<String> stakes = List.of();

  /** Whether any of them was given. */
  boolean areGiven() {
    return !funds.isEmpty() || !stakes.isEmpty();
  }

  /** What was given to which program; {@code found} says what makes no sense. */
  List<Grant> grants(List<RunnableProgram> programs, Diagnostics found) {
    List<Grant> grants = new ArrayList<>();
    funds.forEach(text -> read("--fund", text, false, programs, found).ifPresent(grants::add));
    stakes.forEach(text -> read("--stake", text, true, programs, found).ifPresent(grants::add));
    return grants;
  }

  private static Optional<Grant> read(
      String flag,
      String text,
      boolean isStake,
      List<RunnableProgram> programs,
      Diagnostics found) {
    int colon = text.lastIndexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon);
    List<RunnableProgram> meant =
        programs.stream().filter(one -> name.isEmpty() || one.name().equals(name)).toList();
    Optional<Long> lamports = Quantity.lamports(text.substring(colon + 1));
    if (meant.size() == 1 && lamports.isPresent()) {
      String what = flag + " " + text;
      return Optional.of(new Grant(what, meant.get(0).id(), isStake, lamports.get()));
    }
    List<String> names = programs.stream().map(RunnableProgram::name).toList();
    found.add(
        Diagnostic.in(
                flag + " " + text,
                CommandCode.USAGE,
                lamports.isEmpty()
                    ? text.substring(colon + 1) + " is no balance"
                    : "it is not clear which program is meant")
            .withHelp(
                lamports.isEmpty()
                    ? "write lamports, or so many SOL, such as 2.5SOL"
                    : "write PROGRAM:LAMPORTS with one of " + String.join(", ", names)));
    return Optional.empty();
  }
}

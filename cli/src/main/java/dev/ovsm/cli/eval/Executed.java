package dev.ovsm.cli.eval;

import dev.ovsm.cli.failure.Failures;
import dev.ovsm.cli.failure.Told;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.Reader;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.bank.PreparedInstruction;
import dev.ovsm.runtime.transaction.ComputeLimits;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.asm.LineEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Runs a program's file on a fresh chain, as one instruction without accounts and data. */
final class Executed {
  private static final String PROGRAM = "Program ";
  private static final String LOG = PROGRAM + Run.LOG;
  private static final String DATA = PROGRAM + Run.DATA;
  private static final String FAILED = " failed: ";

  private Executed() {}

  /**
   * The run of a program.
   *
   * @param sources what it was compiled from
   */
  static Run of(byte[] elf, List<Source> sources) {
    Pubkey id = NamedKey.ofProgram("expression");
    Bank bank = new Bank(BankConfig.mainnet());
    bank.addProgram(id, elf, ProgramIds.SYSTEM);
    Instruction instruction = new Instruction(id, List.of(), new byte[0]);
    TransactionOutcome outcome = bank.invoke(instruction, ComputeLimits.MAX_UNITS);
    List<String> logs =
        outcome.logs().stream()
            .filter(line -> line.startsWith(LOG) || line.startsWith(DATA))
            .map(line -> line.substring(PROGRAM.length()))
            .toList();
    TransactionError error = outcome.error();
    if (error == null) {
      return new Run(logs, null);
    }
    Optional<Told> told =
        bank.blame(
                new PreparedInstruction(instruction),
                ComputeLimits.MAX_UNITS,
                MemoryMap.DEFAULT_HEAP_BYTES,
                null,
                error)
            .flatMap(blame -> Failures.tell(program -> Optional.of(elf), blame, error));
    String text = told.flatMap(Executed::words).orElseGet(() -> last(outcome));
    Span place = told.map(Told::place).flatMap(at -> place(at, sources)).orElse(null);
    return new Run(logs, new Run.Failed(text, place));
  }

  private static Optional<String> words(Told told) {
    Long code = told.code();
    return code == null ? Optional.empty() : Optional.of(Run.words(code, told.name(), told.text()));
  }

  /** What the machine says itself, in its last line. */
  private static String last(TransactionOutcome outcome) {
    String last = outcome.logs().isEmpty() ? "" : outcome.logs().get(outcome.logs().size() - 1);
    int at = last.indexOf(FAILED);
    return at < 0 ? String.valueOf(outcome.error()) : last.substring(at + FAILED.length());
  }

  /** The form that begins at a place; sources of one name have their texts at different places. */
  private static Optional<Span> place(LineEntry place, List<Source> sources) {
    return sources.stream()
        .filter(source -> source.name().equals(place.file()))
        .flatMap(source -> form(source, source.offset(place.line(), place.column())).stream())
        .reduce((earlier, later) -> later);
  }

  private static Optional<Span> form(Source source, int start) {
    Deque<Form> pending = new ArrayDeque<>(Reader.read(source, new Diagnostics()));
    for (Form form = pending.poll(); form != null; form = pending.poll()) {
      if (form.span().start() == start) {
        return Optional.of(form.span());
      }
      if (form instanceof Form.Sequence list) {
        list.items().forEach(pending::push);
      }
    }
    return Optional.empty();
  }
}

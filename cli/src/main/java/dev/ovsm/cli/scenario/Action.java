package dev.ovsm.cli.scenario;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.diag.Span;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Fault;
import dev.ovsm.runtime.transaction.Instruction;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens in a step. */
sealed interface Action {
  /** Where it stands in the scenario. */
  Span span();

  /** A part of an account and what it is set to. */
  record Assignment(Span span, Target target, Value value) {}

  /** Sets parts of accounts. */
  record Put(Span span, List<Assignment> assignments) implements Action {}

  /** Sets parts of accounts to what a table says of the slot. */
  record Replay(Span span, Table table) implements Action {}

  /** Moves numbers evenly from one value to another. */
  record Ramp(Span span, List<Course> courses) implements Action {}

  /** One number that moves. */
  record Course(Span span, Target target, BigDecimal first, BigDecimal last) {}

  /** Lets what the scenario says of accounts go unheard, or heard again. */
  record Freeze(Span span, List<Role> roles, boolean on) implements Action {}

  /** Lets the chain skip slots after this one. */
  record Skip(Span span, long slots) implements Action {}

  /** A user's transaction. */
  record Send(Span span, Instruction instruction, Wanted wanted) implements Action {}

  /** Lets something go wrong with callbacks of a program. */
  record Fail(Span span, Pubkey program, long callbacks, Fault fault) implements Action {}

  /** Leaves the last slots, so that this one follows the one before them. */
  record Fork(Span span, long slots) implements Action {}

  /** Takes accounts away until they come back as they were. */
  record Absence(Span span, List<Role> roles, boolean begins) implements Action {}

  /**
   * Deploys a program.
   *
   * @param start the transaction that starts it, or null
   */
  record Deploy(Span span, RunnableProgram program, @Nullable Instruction start)
      implements Action {}

  /** Replaces the file of a program. */
  record Upgrade(Span span, RunnableProgram program, byte[] elf) implements Action {}

  /** Closes a program. */
  record Close(Span span, Pubkey program) implements Action {}

  /** Gives a program lamports for acting, or takes some back. */
  record Grant(Span span, Purse purse, Pubkey program, long lamports, Wanted wanted)
      implements Action {}

  /** What lamports of a program are for. */
  enum Purse {
    ESCROW,
    STAKE,
    UNSTAKE
  }

  /** Runs what was given up once more: one trigger, or all if none is named. */
  record Again(Span span, @Nullable Long seq) implements Action {}

  /**
   * How a transaction is to end.
   *
   * @param error what the error's words must contain, or for a program's own error end with; null
   *     if it must succeed
   * @param help what to say if it ends in another way
   * @param named the errors that have names
   */
  record Wanted(@Nullable String error, String help, List<Manifest.Failing> named) {
    private static final String CUSTOM = "custom program error: 0x";

    public Wanted {
      named = List.copyOf(named);
    }

    /** A transaction that must succeed. */
    static Wanted success(List<Manifest.Failing> named) {
      return new Wanted(null, "write expect: if it should", named);
    }

    /** A transaction that must fail with an error by its name, its number, or words of it. */
    static Wanted error(String text, List<Manifest.Failing> named) {
      Optional<Long> code =
          named.stream()
              .filter(one -> one.name().equals(text))
              .map(Manifest.Failing::code)
              .findFirst()
              .or(() -> Quantity.count(text));
      return new Wanted(code.map(Wanted::custom).orElse(text), "not " + text, named);
    }

    private static String custom(long code) {
      return CUSTOM + Long.toHexString(code);
    }

    /** Whether words tell of the error that is wanted. */
    boolean isMetBy(String words) {
      return error != null
          && (error.startsWith(CUSTOM) ? words.endsWith(error) : words.contains(error));
    }

    /** Words of an error with the name that it has. */
    String explain(String words) {
      return named.stream()
          .filter(one -> words.endsWith(custom(one.code())))
          .findFirst()
          .map(one -> words + " (" + one.name() + ")")
          .orElse(words);
    }
  }
}

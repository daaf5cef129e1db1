package dev.ovsm.verifier.graph;

import dev.ovsm.verifier.domain.Word;
import java.util.List;
import java.util.Map;

/**
 * A place where the runtime enters a program.
 *
 * @param function index of the function in the subject
 * @param budget compute units that an execution may take
 * @param declared whether the program itself states the budget
 * @param accounts those that it says it takes, in their order, the first ones of the instruction
 * @param premises what nodes of the function hold when the runtime enters there, by their ids
 */
public record Root(
    String name,
    Kind kind,
    int function,
    long budget,
    boolean declared,
    Place place,
    List<Taken> accounts,
    Map<Integer, Word> premises) {
  public Root {
    accounts = List.copyOf(accounts);
    premises = Map.copyOf(premises);
  }

  /** Whether it is what no entry stands for. */
  public boolean isOthers() {
    return kind == Kind.OTHERS;
  }

  /** An account that an entry says it takes. */
  public record Taken(String name, boolean writable) {}

  /** No transaction has more compute units than this. */
  public static final long MOST_UNITS = 1_400_000;

  /** On whose behalf the runtime enters. */
  public enum Kind {
    /** In a transaction of a user. */
    INSTRUCTION,
    /** In a transaction too, for what no entry of the program stands for. */
    OTHERS,
    /** On a trigger of the scheduler; bound by the rules for callbacks. */
    CALLBACK
  }
}

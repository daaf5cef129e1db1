package dev.ovsm.frontend.hir;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.ir.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the program before its accounts are known.
 *
 * @param function the body; its parameters are first the captures, then the declared ones
 * @param captures how many leading parameters travel in the instruction data of a callback
 * @param payload where the other parameters of a callback come from
 * @param isChained whether another entry goes on with this one by a tail call
 * @param exitCode whether the value of the body is the program's result
 * @param value the type of its last form, before that becomes the result
 * @param declared the accounts that the source declares, or null if they are inferred
 */
public record EntryInfo(
    String name,
    long discriminator,
    Entry.Kind kind,
    boolean isPublic,
    long budget,
    Instance function,
    int captures,
    Payload payload,
    boolean isChained,
    boolean exitCode,
    Type value,
    @Nullable List<Program.Account> declared,
    Span span) {

  /** The same with compute units that it is found to need. */
  EntryInfo withBudget(long units) {
    return new EntryInfo(
        name,
        discriminator,
        kind,
        isPublic,
        units,
        function,
        captures,
        payload,
        isChained,
        exitCode,
        value,
        declared,
        span);
  }

  /** What the runtime gives a callback beside its instruction data. */
  public enum Payload {
    /** Nothing: parameters are instruction data. */
    NONE,
    /** Of a watched account: the old and the new value, the count of changes, the predicate. */
    CHANGE,
    /** The Borsh fields of an event. */
    EVENT
  }
}

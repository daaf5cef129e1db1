package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an entry while others are still being typed. */
final class EntryDraft {
  final Instance function;
  final Span span;
  Entry.Kind kind;
  EntryInfo.Payload payload = EntryInfo.Payload.NONE;
  int captures;
  long budget;

  /** What its last form is, before that becomes an exit code. */
  Type value = Basic.UNIT;

  @Nullable List<Program.Account> accounts;
  Program.@Nullable Entry source;

  EntryDraft(Instance function, Entry.Kind kind, Span span) {
    this.function = function;
    this.kind = kind;
    this.span = span;
  }

  /**
   * The entry, all being typed.
   *
   * @param isChained whether another entry goes on with it
   */
  EntryInfo info(String name, boolean isChained) {
    return new EntryInfo(
        name,
        Discriminators.instruction(name),
        kind,
        source != null && source.isPublic(),
        source == null || source.budget() == 0 ? budget : source.budget(),
        function,
        captures,
        payload,
        isChained,
        source != null && source.origin() == Program.Origin.BARE,
        value,
        source == null ? accounts : source.accounts(),
        span);
  }
}

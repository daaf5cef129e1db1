package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.HirParts;
import dev.ovsm.frontend.hir.Typed;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a bare program asks of its input, if it asks for accounts at known places only: then the
 * input is walked as far as that, and nothing is noted in memory.
 */
final class InputUse {
  /** From so many accounts on a table is cheaper to have than code for each. */
  private static final int MOST_ACCOUNTS = 16;

  /** So many calls are put in place at most; functions that call themselves stop there. */
  private static final int MOST_EXPANSIONS = 200;

  private final Expansion expansion = new Expansion();
  private int expansions;
  private int accounts;
  private boolean end;
  private boolean looks;
  private boolean open;

  private InputUse() {}

  /** What the program asks for; empty if it needs the table of all accounts, or nothing at all. */
  static Optional<InputUse> of(Typed program) {
    if (!program.bare() || program.entries().size() != 1 || !program.maps().isEmpty()) {
      return Optional.empty();
    }
    EntryInfo entry = program.entries().get(0);
    boolean simple = entry.captures() == 0 && entry.function().parameters().isEmpty();
    InputUse use = new InputUse();
    use.visit(entry.function().body());
    return simple && use.looks && !use.open ? Optional.of(use) : Optional.empty();
  }

  /** How many accounts are asked for, from the first on. */
  int accounts() {
    return accounts;
  }

  /** Whether anything behind the accounts is asked for. */
  boolean end() {
    return end;
  }

  private void visit(Hir hir) {
    if (hir instanceof Hir.Load load && load.address() instanceof Hir.Context) {
      looks = true;
      open |= load.offset() < 0 || load.offset() > ContextArea.PROGRAM_ID;
      end |= load.offset() != 0;
      return;
    }
    if (hir instanceof Hir.Call call) {
      call(call);
      return;
    }
    open |= Expansion.looks(hir);
    HirParts.of(hir).forEach(this::visit);
  }

  private void call(Hir.Call call) {
    call.arguments().forEach(this::visit);
    if (Expansion.isRecord(call.function())) {
      looks = true;
      BigInteger place = expansion.number(call.arguments().get(0));
      if (place == null || place.signum() < 0 || place.bitLength() > 30) {
        open = true;
      } else {
        accounts = Math.max(accounts, place.intValue() + 1);
        open |= accounts > MOST_ACCOUNTS;
      }
    } else if (Expansion.applies(call.function()) && expansions < MOST_EXPANSIONS) {
      expansions++;
      expansion.enter(call);
      visit(call.function().body());
    } else {
      open |= Expansion.reaches(call.function(), 0);
    }
  }
}

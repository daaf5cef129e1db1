package dev.ovsm.frontend.resolve;

import dev.ovsm.frontend.read.Form;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells which top-level definitions are constants: never assigned, and made of constants only. */
final class Constants {
  private static final Set<String> PURE =
      Set.of(
          "+",
          "-",
          "*",
          "/",
          "%",
          "mod",
          "rem",
          "bit-and",
          "bit-or",
          "bit-xor",
          "bit-not",
          "shl",
          "shr",
          "<<",
          ">>",
          "shift-left",
          "shift-right",
          "u8",
          "u16",
          "u32",
          "u64",
          "u128",
          "i8",
          "i16",
          "i32",
          "i64",
          "i128",
          "the",
          "quote",
          "account-at");

  private Constants() {}

  /** Adds every name that a {@code set!} anywhere in the forms assigns. */
  static void assignedIn(List<Form> forms, Set<String> assigned) {
    Deque<Form> pending = new ArrayDeque<>(forms);
    for (Form form = pending.poll(); form != null; form = pending.poll()) {
      if (form instanceof Form.Sequence sequence) {
        boolean assigns =
            sequence.startsWith("set!")
                || sequence.startsWith("setf")
                || sequence.startsWith("setq");
        if (assigns && sequence.items().size() > 1) {
          root(sequence.items().get(1)).ifPresent(assigned::add);
        }
        sequence.items().forEach(pending::push);
      }
    }
  }

  /** Adds every name that stands elsewhere than where its elements are read. */
  static void passedIn(List<Form> forms, Set<String> passed) {
    Deque<Form> pending = new ArrayDeque<>(forms);
    for (Form form = pending.poll(); form != null; form = pending.poll()) {
      if (form instanceof Form.Symbol symbol) {
        passed.add(symbol.name());
      } else if (form instanceof Form.Sequence sequence) {
        List<Form> items = sequence.items();
        boolean reads =
            sequence.startsWith("get")
                || sequence.startsWith("length")
                || sequence.startsWith("len");
        boolean defines = sequence.startsWith("define") || sequence.startsWith("const");
        for (int i = 0; i < items.size(); i++) {
          boolean skipped = i == 1 && (reads || defines) && items.get(1) instanceof Form.Symbol;
          if (i == 1 && sequence.startsWith("for") && items.get(1) instanceof Form.Sequence head) {
            head.items().stream().filter(f -> !(f instanceof Form.Symbol)).forEach(pending::push);
          } else if (!skipped) {
            pending.push(items.get(i));
          }
        }
      }
    }
  }

  /** Whether a value has elements that could be set. */
  static boolean hasElements(Form form) {
    Deque<Form> pending = new ArrayDeque<>(List.of(form));
    for (Form next = pending.poll(); next != null; next = pending.poll()) {
      if (next instanceof Form.Sequence sequence) {
        if (sequence.bracket() == Form.Bracket.VECTOR) {
          return true;
        }
        sequence.items().forEach(pending::push);
      }
    }
    return false;
  }

  /** The variable that a place belongs to: {@code x} in {@code (get (get x :field) 0)}. */
  private static Optional<String> root(Form place) {
    Form form = place;
    while (form instanceof Form.Sequence sequence && sequence.items().size() > 1) {
      form = sequence.items().get(1);
    }
    return Syntax.symbol(form);
  }

  /** Whether a form is a lambda. */
  static boolean isFunction(Form form) {
    return form instanceof Form.Sequence value
        && (value.startsWith("lambda") || value.startsWith("fn"))
        && value.items().size() >= 3;
  }

  /** Whether one of the names stands anywhere in a form. */
  static boolean mentions(Form form, Set<String> names) {
    Deque<Form> pending = new ArrayDeque<>(List.of(form));
    for (Form next = pending.poll(); next != null; next = pending.poll()) {
      if (next instanceof Form.Symbol symbol && names.contains(symbol.name())) {
        return true;
      }
      if (next instanceof Form.Sequence sequence) {
        sequence.items().forEach(pending::push);
      }
    }
    return false;
  }

  /** Whether a value can be computed before the program runs. */
  static boolean isConstant(Form form, Set<String> constants) {
    Deque<Form> pending = new ArrayDeque<>(List.of(form));
    for (Form next = pending.poll(); next != null; next = pending.poll()) {
      if (next instanceof Form.Symbol symbol && !constants.contains(symbol.name())) {
        return false;
      }
      if (next instanceof Form.Sequence sequence) {
        List<Form> items = sequence.items();
        if (sequence.bracket() == Form.Bracket.LIST) {
          boolean pure =
              !items.isEmpty()
                  && items.get(0) instanceof Form.Symbol head
                  && PURE.contains(head.name());
          if (!pure) {
            return false;
          }
          items = items.subList(sequence.startsWith("the") ? 2 : 1, items.size());
        }
        items.forEach(pending::push);
      }
    }
    return true;
  }
}

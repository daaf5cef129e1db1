package dev.ovsm.frontend.expand;

import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which parts of a form can be calls of macros: not what it binds, what stands where types do, nor
 * the clauses that it lists, but what these hold.
 */
final class Parts {
  private static final Set<String> NOT_EXPANDED =
      Set.of(
          "quote",
          "quasiquote",
          "defmacro",
          "define-struct",
          "define-account",
          "define-event",
          "define-enum",
          "define-map");
  private static final Set<String> BINDERS = Set.of("let", "let*", "letrec");
  private static final Set<String> TYPED = Set.of("the", "make-vec", "make-array");
  private static final Set<String> CLAUSES = Set.of("cond", "case", "typecase");
  private static final Set<String> DEFINERS = Set.of("defun", "defn", "define", "fn", "lambda");

  private final UnaryOperator<Form> expansion;

  Parts(UnaryOperator<Form> expansion) {
    this.expansion = expansion;
  }

  /** A form that is no call of a macro, with each part that can be one expanded. */
  Form of(Form.Sequence list) {
    boolean isList = list.bracket() == Form.Bracket.LIST && !list.items().isEmpty();
    String head = isList && list.items().get(0) instanceof Form.Symbol s ? s.name() : "";
    if (NOT_EXPANDED.contains(head)) {
      return list;
    }
    List<Form> items = new ArrayList<>();
    boolean changed = false;
    for (int i = 0; i < list.items().size(); i++) {
      Form item = list.items().get(i);
      Form expanded = isType(list, i) ? item : part(head, i, item);
      changed |= expanded != item;
      items.add(expanded);
    }
    return changed ? new Form.Sequence(list.bracket(), items, list.span()) : list;
  }

  /** An item of a list: where it binds names or lists clauses, it is not a call itself. */
  private Form part(String head, int index, Form item) {
    boolean isParameters =
        DEFINERS.contains(head) && (index == 1 || isDefunParameters(head, index));
    if (isParameters && item instanceof Form.Sequence parameters) {
      return parameters(parameters);
    }
    boolean isPart =
        (BINDERS.contains(head) && index == 1)
            || (CLAUSES.contains(head) && index > (head.equals("cond") ? 0 : 1))
            || (head.equals("for") && index == 1);
    if (!isPart || !(item instanceof Form.Sequence list)) {
      return expansion.apply(item);
    }
    return BINDERS.contains(head) ? bindings(list) : inner(list);
  }

  /**
   * A list of parameters: in {@code (name default)} and {@code (name : type default)} the default.
   */
  private Form parameters(Form.Sequence list) {
    List<Form> items = new ArrayList<>();
    for (Form item : list.items()) {
      boolean hasDefault =
          item instanceof Form.Sequence pair
              && (pair.items().size() == 2 || pair.items().size() == 4);
      items.add(hasDefault && item instanceof Form.Sequence pair ? withLast(pair) : item);
    }
    return new Form.Sequence(list.bracket(), items, list.span());
  }

  private Form withLast(Form.Sequence pair) {
    List<Form> parts = new ArrayList<>(pair.items());
    int last = parts.size() - 1;
    parts.set(last, expansion.apply(parts.get(last)));
    return new Form.Sequence(pair.bracket(), parts, pair.span());
  }

  private static boolean isDefunParameters(String head, int index) {
    return index == 2 && (head.equals("defun") || head.equals("defn"));
  }

  private Form bindings(Form.Sequence list) {
    List<Form> items = new ArrayList<>();
    for (Form binding : list.items()) {
      items.add(binding instanceof Form.Sequence pair ? inner(pair) : binding);
    }
    return new Form.Sequence(list.bracket(), items, list.span());
  }

  /** The items of a list that is no call. */
  private Form inner(Form.Sequence list) {
    List<Form> items = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      Form item = list.items().get(i);
      items.add(isType(list, i) ? item : expansion.apply(item));
    }
    return new Form.Sequence(list.bracket(), items, list.span());
  }

  /** Whether an item of a list stands where types do: no macro is called there. */
  private static boolean isType(Form.Sequence list, int index) {
    boolean isOperand =
        index == 1
            && list.items().get(0) instanceof Form.Symbol head
            && TYPED.contains(head.name());
    boolean isWritten = index > 0 && list.items().get(index - 1).isSymbol(":");
    boolean isResult = index > 2 && list.items().get(index - 1).isSymbol("->");
    return isOperand || isWritten || isResult;
  }
}

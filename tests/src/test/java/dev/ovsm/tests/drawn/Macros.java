package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Draws macros that a program declares, and uses of them with whole numbers of any type. */
final class Macros {
  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;
  private final List<Declared> declared = new ArrayList<>();

  Macros(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  private record Declared(String name, Template template) {}

  /** What a macro makes of its arguments. */
  private enum Template {
    /** The first argument twice. */
    TWICE("(a) `(wrapping-add ,a ,a)"),
    /** The smaller of two, one of which is computed again. */
    SMALLER("(a b) `(if (< ,a ,b) ,a ,b)"),
    /** With a variable that no argument can mean. */
    KEPT("(a b) (define t (gensym \"v\")) `(let ((,t ,a)) (bit-xor ,t ,b))"),
    /** Any number of them, by itself. */
    REST("(a &rest more) (if (= (length more) 0) a `(bit-xor ,a (%s ,@more)))"),
    /** So many times as the compiler counts. */
    REPEATED("(a) (define out a) (for (i (range 0 3)) (set! out `(wrapping-mul 3 ,out))) out"),
    /** The second is left out or not. */
    OPTIONAL("(a &optional (b 1)) `(bit-or ,a ,b)");

    private final String text;

    Template(String text) {
      this.text = text;
    }

    /** How many arguments a call has. */
    int count(Draws draws) {
      return switch (this) {
        case TWICE, REPEATED -> 1;
        case SMALLER, KEPT -> 2;
        case OPTIONAL -> 1 + draws.below(2);
        case REST -> 1 + draws.below(3);
      };
    }

    /** What a call stands for, unless that has a name that nobody can say. */
    String expansion(String name, List<String> given) {
      String a = given.get(0);
      String b = given.size() > 1 ? given.get(1) : "1";
      return switch (this) {
        case TWICE -> "(wrapping-add " + a + " " + a + ")";
        case SMALLER, KEPT -> "(if (< " + a + " " + b + ") " + a + " " + b + ")";
        case REPEATED -> "(wrapping-mul 3 ".repeat(3) + a + ")))";
        case OPTIONAL -> "(bit-or " + a + " " + b + ")";
        case REST ->
            given.size() == 1
                ? a
                : "(bit-xor %s (%s %s))"
                    .formatted(a, name, String.join(" ", given.subList(1, given.size())));
      };
    }

    boolean repeats() {
      return this == TWICE || this == SMALLER;
    }
  }

  void declare() {
    String name = "m" + draft.number();
    Template template = draws.of(Template.values());
    String text = template.text.replace("%s", name);
    draft.declarations().add("(defmacro " + name + " " + text + ")");
    declared.add(new Declared(name, template));
  }

  Term use(Kind.Int kind, int depth) {
    if (declared.isEmpty()) {
      return expressions.leaf(kind);
    }
    Declared macro = draws.from(declared);
    Template template = macro.template;
    int count = template.count(draws);
    List<Term> arguments = new ArrayList<>();
    StringBuilder text = new StringBuilder("(" + macro.name);
    for (int i = 0; i < count; i++) {
      Term argument = template.repeats() ? expressions.leaf(kind) : expressions.of(kind, depth);
      arguments.add(argument);
      text.append(' ').append(argument.text());
    }
    return draft.term(
        Construct.OWN_MACRO,
        kind,
        text.append(')').toString(),
        machine -> meaning(template, kind, arguments, machine));
  }

  /** The text that a call of a macro with literals stands for. */
  Term expansion() {
    List<Declared> told = declared.stream().filter(each -> each.template != Template.KEPT).toList();
    if (told.isEmpty()) {
      return expressions.texts().literal();
    }
    Declared macro = draws.from(told);
    List<String> given = new ArrayList<>();
    for (int i = macro.template.count(draws); i > 0; i--) {
      given.add(form());
    }
    String call = "(" + macro.name + " " + String.join(" ", given) + ")";
    // As a number is printed, zero has no sign.
    List<String> printed = given.stream().map(form -> form.equals("-0i8") ? "0i8" : form).toList();
    String made = macro.template.expansion(macro.name, printed);
    return draft.term(
        Construct.EXPANSION, Kind.Plain.STRING, "(macroexpand '" + call + ")", machine -> made);
  }

  /** What a macro can be given, as it is printed. */
  private String form() {
    return switch (draws.below(6)) {
      case 0 -> Integer.toString(draws.below(200));
      case 1 -> "-" + draws.below(9) + "i8";
      case 2 -> "(no-call x " + draws.below(9) + "u64)";
      case 3 -> "[1 name true]";
      case 4 -> "\"" + expressions.texts().word() + "\"";
      default -> "null";
    };
  }

  private static BigInteger meaning(
      Template template, Kind.Int kind, List<Term> arguments, Machine machine) {
    BigInteger first = arguments.get(0).integer(machine);
    return switch (template) {
      case TWICE -> kind.wrapped(first.add(arguments.get(0).integer(machine)));
      case SMALLER -> {
        boolean less = first.compareTo(arguments.get(1).integer(machine)) < 0;
        yield arguments.get(less ? 0 : 1).integer(machine);
      }
      case KEPT -> first.xor(arguments.get(1).integer(machine));
      case REPEATED -> kind.wrapped(first.multiply(BigInteger.valueOf(27)));
      case OPTIONAL ->
          first.or(arguments.size() > 1 ? arguments.get(1).integer(machine) : BigInteger.ONE);
      case REST -> {
        BigInteger mixed = first;
        for (Term argument : arguments.subList(1, arguments.size())) {
          mixed = mixed.xor(argument.integer(machine));
        }
        yield mixed;
      }
    };
  }
}

package dev.ovsm.diag;

/** Codes of the language: names, macros, types, lowering. */
public enum LanguageCode implements Code {
  UNKNOWN_NAME(
      "L0001",
      Severity.ERROR,
      "unknown name",
      """
      The name is bound nowhere around this place and no file compiled with this one defines it.
      Define it, import the module that does, or correct the spelling.
      """),
  MALFORMED_FORM(
      "L0002",
      Severity.ERROR,
      "malformed form",
      """
      A special form or a definition is not written as it must be. The help shows its shape: names
      in it stand for your forms, and … means that the form before it may repeat.
      """),
  DUPLICATE_DEFINITION(
      "L0003",
      Severity.ERROR,
      "name defined twice",
      """
      Two definitions at top level give one name two meanings. All files compiled together share
      their top-level names, so rename one of them. A program may reuse a name of the library.
      """),
  STRAY_EXPRESSION(
      "L0004",
      Severity.ERROR,
      "expression outside of any program",
      """
      A file either defines programs, or consists of bare expressions that together are one
      program. This one does both, so nothing would ever run the expression. Move it into an
      on-startup clause or a define-program.
      """),
  UNKNOWN_KEYWORD(
      "L0005",
      Severity.ERROR,
      "unknown keyword",
      """
      The form takes no option or argument of this name. The help lists those that it takes.
      """),
  TYPE_MISMATCH(
      "L0006",
      Severity.ERROR,
      "types do not agree",
      """
      Two values must have one type here and have two. Numbers of different width or signedness
      never mix by themselves: convert one, as in (u64 x), which fails where the value does not
      fit, or (wrapping-u64 x), which keeps the low bits.
      """),
  WRONG_ARGUMENTS(
      "L0007",
      Severity.ERROR,
      "wrong arguments",
      """
      The call passes too many arguments, too few, or one that its parameter does not take. The
      help shows what the function takes.
      """),
  NOT_A_FUNCTION(
      "L0008",
      Severity.ERROR,
      "not a function",
      """
      The first form of a list is called with the others as arguments, and this one is not a
      function. For a list of values write brackets: [a b c].
      """),
  UNKNOWN_FIELD(
      "L0009",
      Severity.ERROR,
      "unknown field",
      """
      The record or struct has no field of this name. The help lists its fields; a new one is added
      where the record or struct is defined.
      """),
  UNKNOWN_TYPE(
      "L0010",
      Severity.ERROR,
      "unknown type",
      """
      Types are bool, u8 to u128, i8 to i128, f64, pubkey, string, bytes, (array T n), (vec T max),
      (option T), (struct Name) and the names of structs and enums.
      """),
  CANNOT_INFER(
      "L0011",
      Severity.ERROR,
      "type cannot be inferred",
      """
      Nothing before this place says what type the value has. Write it down where the value is
      bound: (name : type).
      """),
  NOT_CONSTANT(
      "L0012",
      Severity.ERROR,
      "constant needed",
      """
      The value must be known when the program is compiled: a literal, a constant, or arithmetic
      on them.
      """),
  DOES_NOT_FIT(
      "L0013",
      Severity.ERROR,
      "number does not fit its type",
      """
      The number is outside the range of the type that it has here. Choose a wider type or another
      number.
      """),
  NOT_HERE(
      "L0014",
      Severity.ERROR,
      "not possible here",
      """
      The form is well written and makes no sense at this place. The message says why, the help
      where it belongs.
      """),
  TOO_LARGE(
      "L0015",
      Severity.ERROR,
      "limit of the compiler",
      """
      The program exceeds a limit of the compiler or of the machine it runs on, such as the size
      of a stack frame or the number of accounts. The message names the limit.
      """),
  PROBABLE_MISTAKE(
      "L0016",
      Severity.WARNING,
      "probable mistake",
      """
      The program means something that was hardly intended. The message says what it means and the
      help how to say what was meant.
      """),
  UNKNOWN_EVENT(
      "L0017",
      Severity.ERROR,
      "unknown event",
      """
      Nothing in the files compiled together says what fields this event has. Declare it:
      (define-event NAME (field type) …), or compile the file that emits it together with this
      one.
      """),
  UNKNOWN_MODULE(
      "L0018",
      Severity.ERROR,
      "unknown module",
      """
      An import names a module of the standard library, (import pyth), or a file by its path
      relative to the importing one, (import "helpers.ovsm"). Neither exists under this name, or
      it is a path that imports do not follow: no other files than those of OVSM are opened, and
      none by paths from the root or by links to files of other kinds.
      """),
  MACRO_FAILED(
      "L0019",
      Severity.ERROR,
      "macro failed",
      """
      The code of a macro runs when the program is compiled, on the forms of its call, and could
      not go on: it called error, took apart a form of another shape, or used a name that macros do
      not know. Macros compute with quote, quasi-quote, if, cond, let, lambda, for, lists, numbers,
      names, gensym and the functions of the program.
      """),
  ENDLESS_EXPANSION(
      "L0020",
      Severity.ERROR,
      "expansion without end",
      """
      What macros may do is bounded: 200 levels of nesting, 50,000 expansions, a million forms and
      5 million steps in a compilation. Usually a macro expands to a call of itself and lacks the
      case in which it ends.
      """),
  CONSTANT_FAILS(
      "L0021",
      Severity.ERROR,
      "constant without a value",
      """
      The value of a constant is computed when the program is compiled, and this one cannot be:
      it divides by zero, or does not fit the type that it has or that its use gives it. A
      program would fail wherever it uses it.
      """);

  private final Meaning meaning;

  LanguageCode(String id, Severity severity, String title, String explanation) {
    this.meaning = new Meaning(id, severity, title, explanation);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}

package dev.ovsm.frontend.read;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.ReadCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form.Bracket;
import dev.ovsm.grammar.OvsmLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds forms from tokens with a stack of its own, so that no input is too deep for the Java
 * stack.
 */
final class FormBuilder {
  private static final int DEEPEST = 500;
  private static final int MOST_FORMS = 1_000_000;
  private static final int MOST_ERRORS = 20;

  private final TokenList tokens;
  private final boolean resynchronise;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final List<Form> top = new ArrayList<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private int forms;
  private boolean endedInside;

  /** Whether a bracket of this top-level form was reported: more reports would only echo it. */
  private boolean reported;

  private boolean stopped;

  /** The first string that runs over several lines. */
  private @Nullable Span overLines;

  FormBuilder(TokenList tokens, boolean resynchronise) {
    this.tokens = tokens;
    this.resynchronise = resynchronise;
  }

  List<Form> build() {
    for (TokenList.Item token : tokens.items()) {
      if (stopped || diagnostics.size() >= MOST_ERRORS) {
        return top;
      }
      accept(token);
    }
    if (!frames.isEmpty()) {
      endedInside = true;
      int end = tokens.source().text().length();
      abandon(new Span(tokens.source(), end, end), "the file ends here");
    }
    return top;
  }

  /** Whether the text ended before every bracket was closed. */
  boolean endedInside() {
    return endedInside;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  private void accept(TokenList.Item token) {
    Span span = token.span();
    switch (token.type()) {
      case OvsmLexer.OPEN_LIST -> open(Bracket.LIST, span);
      case OvsmLexer.OPEN_VECTOR -> open(Bracket.VECTOR, span);
      case OvsmLexer.OPEN_MAP -> open(Bracket.MAP, span);
      case OvsmLexer.CLOSE_LIST -> close(Bracket.LIST, span);
      case OvsmLexer.CLOSE_VECTOR -> close(Bracket.VECTOR, span);
      case OvsmLexer.CLOSE_MAP -> close(Bracket.MAP, span);
      case OvsmLexer.QUOTE -> push(new Frame(null, "quote", span));
      case OvsmLexer.QUASIQUOTE -> push(new Frame(null, "quasiquote", span));
      case OvsmLexer.SPLICE -> push(new Frame(null, "unquote-splicing", span));
      case OvsmLexer.UNQUOTE -> comma(span);
      case OvsmLexer.DISCARD -> push(new Frame(null, null, span));
      default -> {
        Optional<Form> atom = Atoms.read(token.type(), span, this::report);
        boolean isLong = token.type() == OvsmLexer.STRING && span.text().indexOf('\n') >= 0;
        if (isLong && overLines == null) {
          overLines = span;
        }
        // What an unclosed string swallowed cannot close anything.
        reported |= token.type() == OvsmLexer.OPEN_STRING;
        atom.ifPresent(this::add);
      }
    }
  }

  /**
   * Where a string has no end, an earlier one that runs over lines may be the one that lacks it.
   */
  private void report(Diagnostic diagnostic) {
    Span earlier = overLines;
    diagnostics.add(
        diagnostic.code() == ReadCode.UNCLOSED_STRING && earlier != null
            ? diagnostic.withLabel(
                new Span(earlier.source(), earlier.start(), earlier.start() + 1),
                "this one runs over several lines; perhaps its end is missing")
            : diagnostic);
  }

  /** Between the entries of a map a comma is blank; anywhere else it unquotes. */
  private void comma(Span span) {
    Frame frame = frames.peek();
    if (frame != null && frame.bracket == Bracket.MAP && frame.items.size() % 2 == 0) {
      return;
    }
    push(new Frame(null, "unquote", span));
  }

  private void open(Bracket bracket, Span span) {
    if (span.column() == 1 && (frames.isEmpty() || resynchronise)) {
      startTop(span, bracket);
    }
    push(new Frame(bracket, null, span));
  }

  private void startTop(Span span, Bracket bracket) {
    if (!frames.isEmpty() && bracket == Bracket.LIST) {
      abandon(span, "a new form starts here");
    }
    reported = false;
  }

  private void push(Frame frame) {
    frames.push(frame);
    if (frames.size() > DEEPEST) {
      diagnostics.add(
          Diagnostic.at(
                  frame.opening,
                  ReadCode.TOO_DEEP,
                  "forms nest more than " + DEEPEST + " deep here")
              .withHelp("take inner forms out into definitions of their own"));
      stopped = true;
    }
  }

  private void close(Bracket bracket, Span span) {
    dropPrefixes(span);
    Frame frame = frames.peek();
    if (frame == null) {
      unbalanced(
          Diagnostic.at(
                  span,
                  ReadCode.UNBALANCED_PARENTHESIS,
                  "this " + bracket.close() + " closes nothing")
              .withHelp("remove it, or add the " + bracket.open() + " that it should close")
              .withFix(new Fix("remove it", span, "")));
      return;
    }
    Bracket opened = frame.bracket == null ? bracket : frame.bracket;
    if (opened != bracket) {
      unbalanced(
          Diagnostic.at(
                  span,
                  ReadCode.UNBALANCED_PARENTHESIS,
                  "this " + bracket.close() + " does not close the " + opened.open() + " before it")
              .withLabel(frame.opening, "opened here")
              .withHelp("write " + opened.close() + " here")
              .withFix(
                  new Fix("close the " + opened.open(), span, String.valueOf(opened.close()))));
    }
    Frame closed = frames.pop();
    add(closed.finish(span));
  }

  /** Prefixes before a closing bracket have no form to apply to. */
  private void dropPrefixes(Span at) {
    while (frames.peek() != null && frames.peek().bracket == null) {
      Frame prefix = frames.pop();
      diagnostics.add(
          Diagnostic.at(
                  prefix.opening,
                  ReadCode.DANGLING_PREFIX,
                  "no form follows this " + prefix.opening.text())
              .withLabel(at, "found this instead")
              .withHelp("remove it, or write the form that it belongs to"));
    }
  }

  private void add(Form form) {
    forms++;
    if (forms > MOST_FORMS) {
      if (!stopped) {
        diagnostics.add(
            Diagnostic.at(
                    form.span(),
                    ReadCode.TOO_LARGE,
                    "the file has more than " + MOST_FORMS + " forms")
                .withHelp("split it into several files and compile them together"));
      }
      stopped = true;
      return;
    }
    Form whole = form;
    while (frames.peek() != null && frames.peek().bracket == null) {
      Frame prefix = frames.pop();
      if (prefix.word == null) {
        return;
      }
      Form.Symbol head = new Form.Symbol(prefix.word, prefix.opening);
      whole =
          new Form.Sequence(Bracket.LIST, List.of(head, whole), prefix.opening.to(whole.span()));
    }
    Frame frame = frames.peek();
    (frame == null ? top : frame.items).add(whole);
  }

  /** Gives up the open forms because {@code at} cannot be inside them. */
  private void abandon(Span at, String why) {
    dropPrefixes(at);
    Frame outermost = frames.peekLast();
    Frame innermost = frames.peek();
    if (outermost != null && innermost != null) {
      Frame shown = outermost;
      Bracket bracket = shown.bracket == null ? Bracket.LIST : shown.bracket;
      Diagnostic report =
          Diagnostic.at(
                  shown.opening,
                  ReadCode.UNBALANCED_PARENTHESIS,
                  "this " + bracket.open() + " is never closed")
              .withLabel(at, why);
      if (innermost != outermost) {
        report = report.withLabel(innermost.opening, "the innermost form that is still open");
      }
      unbalanced(report.withHelp("add the missing " + bracket.close()));
    }
    frames.clear();
  }

  private void unbalanced(Diagnostic diagnostic) {
    if (!reported) {
      diagnostics.add(diagnostic);
    }
    reported = true;
  }

  /** An open bracket, or a prefix ({@code bracket} null) that waits for its form. */
  private static final class Frame {
    final @Nullable Bracket bracket;
    final @Nullable String word;
    final Span opening;
    final List<Form> items = new ArrayList<>();

    Frame(@Nullable Bracket bracket, @Nullable String word, Span opening) {
      this.bracket = bracket;
      this.word = word;
      this.opening = opening;
    }

    Form finish(Span closing) {
      Bracket kind = bracket == null ? Bracket.LIST : bracket;
      return new Form.Sequence(kind, items, opening.to(closing));
    }
  }
}

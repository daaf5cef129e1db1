package dev.ovsm.sbpf.asm;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.diag.Source;
import dev.ovsm.sbpf.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads assembly text.
 *
 * <p>A line holds labels, and a directive or an instruction; every wrong line gets one diagnostic.
 * Printing what was read and reading it again gives the same.
 */
public final class AssemblyParser {
  /** Reading ends after so many wrong lines: what follows is hardly assembly. */
  private static final int MOST_WRONG_LINES = 100;

  private final Source source;
  private final Diagnostics diagnostics;
  private final AssemblyParts parts;

  private AssemblyParser(Source source, @Nullable Version version, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
    this.parts = new AssemblyParts(version);
  }

  /**
   * The program that a text says; nothing if it has errors.
   *
   * @param version the version to assemble for, or null for the one that the text names; version 0
   *     if it names none
   */
  public static Optional<Assembly> parse(
      Source source, @Nullable Version version, Diagnostics diagnostics) {
    return new AssemblyParser(source, version, diagnostics).parse();
  }

  private Optional<Assembly> parse() {
    String text = source.text();
    int wrongLines = 0;
    for (int start = 0; start < text.length() && wrongLines < MOST_WRONG_LINES; ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      if (!parseLine(new LineCursor(source, start, end, diagnostics))) {
        wrongLines++;
      }
      start = end + 1;
    }
    return wrongLines == 0 ? Optional.of(parts.build()) : Optional.empty();
  }

  private boolean parseLine(LineCursor line) {
    while (line.peek().isName() && line.peek(1).is(":")) {
      Token name = line.take();
      line.take();
      parts.label(line, name);
    }
    Token first = line.peek();
    if (first.kind() == Token.Kind.WORD) {
      if (first.text().startsWith(".")) {
        new Directive(line, parts).parse();
      } else {
        Assembly.Code code = new InsnParser(line, parts).parse();
        if (code != null) {
          parts.code(line, code);
        }
      }
    }
    if (!line.atEnd()) {
      line.fail(
          line.peek(),
          ObjectCode.SYNTAX,
          "unexpected " + line.peek().text(),
          "a line holds labels, then one directive or instruction; a comment begins with ;");
    }
    return !line.failed();
  }
}

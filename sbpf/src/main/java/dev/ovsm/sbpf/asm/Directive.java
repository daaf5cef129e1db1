package dev.ovsm.sbpf.asm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.AssemblyParts.Part;
import dev.ovsm.sbpf.asm.Token.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Reads a line that begins with a dot, an order to the assembler, and carries it out. */
final class Directive {
  /** The most zeros that one directive makes, in bytes. */
  private static final int MOST_ZEROS = 1 << 24;

  /** A section's name in a file of version 0 to 2, its NUL not counted. */
  private static final int LONGEST_SECTION_NAME = 15;

  private final LineCursor line;
  private final AssemblyParts parts;

  Directive(LineCursor line, AssemblyParts parts) {
    this.line = line;
    this.parts = parts;
  }

  void parse() {
    Token directive = line.take();
    switch (directive.text()) {
      case ".sbpf" -> version(directive);
      case ".entry" -> parts.entry(name("a label"));
      case ".file" -> parts.file(number(1, Integer.MAX_VALUE), name("a path in quotes"));
      case ".loc" -> place(directive);
      case ".text" -> parts.begin(line, directive, Part.TEXT, null);
      case ".rodata" -> parts.begin(line, directive, Part.RODATA, null);
      case ".section" -> section(directive);
      case ".raw" -> parts.begin(line, directive, Part.RAW, null);
      case ".align" -> align();
      case ".string" -> parts.bytes(line, directive, name("text in quotes").getBytes(UTF_8));
      case ".hex" -> parts.bytes(line, directive, hex());
      case ".zero" -> parts.bytes(line, directive, new byte[(int) number(1, MOST_ZEROS)]);
      case ".slot" -> slot(directive);
      default ->
          line.fail(
              Diagnostic.at(
                      line.span(directive),
                      ObjectCode.BAD_DIRECTIVE,
                      "there is no directive " + directive.text())
                  .withHelp("a label is followed by a colon"));
    }
  }

  private void version(Token directive) {
    Token word = line.take();
    var named =
        Arrays.stream(Version.values()).filter(v -> v.word().equals(word.text())).findFirst();
    if (named.isEmpty()) {
      line.fail(word, ObjectCode.BAD_DIRECTIVE, "expected v0, v1, v2, v3 or v4");
    } else if (parts.hasCode()) {
      line.fail(directive, ObjectCode.BAD_DIRECTIVE, ".sbpf must stand before all code");
    } else {
      parts.version(named.get());
    }
  }

  private void section(Token directive) {
    Token name = line.peek();
    if (name("a name").getBytes(UTF_8).length > LONGEST_SECTION_NAME) {
      line.fail(name, ObjectCode.OUT_OF_RANGE, "a section's name has at most 15 bytes");
    }
    if (!line.failed()) {
      parts.begin(line, directive, Part.SECTION, name);
    }
  }

  private void align() {
    Token number = line.peek();
    long alignment = number(1, 8);
    if (Long.bitCount(alignment) == 1) {
      parts.align((int) alignment);
    } else {
      line.fail(number, ObjectCode.OUT_OF_RANGE, "data is aligned to 1, 2, 4 or 8 bytes");
    }
  }

  private void place(Token directive) {
    if (line.peek().text().equals("none")) {
      line.take();
      parts.code(line, new Assembly.Place("", 0, 0));
      return;
    }
    Token number = line.peek();
    var file = parts.file(number(1, Integer.MAX_VALUE));
    if (file.isEmpty()) {
      line.fail(number, ObjectCode.BAD_DIRECTIVE, "no .file has this number");
    }
    int row = (int) number(1, Integer.MAX_VALUE);
    int column = (int) number(0, Integer.MAX_VALUE);
    parts.code(line, new Assembly.Place(file.orElse(directive.text()), row, column));
  }

  private void slot(Token directive) {
    Token bits = line.take();
    if (bits.kind() != Kind.NUMBER) {
      line.fail(bits, ObjectCode.BAD_OPERAND, ".slot takes eight bytes as a number");
    }
    parts.code(line, new Assembly.RawSlot(bits.value(), line.from(directive)));
  }

  private String name(String what) {
    Token token = line.take();
    if (!token.isName()) {
      line.fail(token, ObjectCode.BAD_OPERAND, "expected " + what + ", not " + token.text());
    }
    return token.text();
  }

  private long number(long least, long most) {
    Token token = line.take();
    if (token.kind() != Kind.NUMBER || token.value() < least || token.value() > most) {
      line.fail(
          token,
          ObjectCode.OUT_OF_RANGE,
          "expected a number between " + least + " and " + most + ", not " + token.text());
      return least;
    }
    return token.value();
  }

  /** Pairs of hexadecimal digits, blanks between them as one likes. */
  private byte[] hex() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!line.atEnd()) {
      Token digits = line.take();
      String text = digits.text();
      for (int i = 0; i < text.length(); i += 2) {
        int high = Character.digit(text.charAt(i), 16);
        int low = i + 1 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        if (high < 0 || low < 0 || digits.kind() == Kind.STRING) {
          line.fail(digits, ObjectCode.BAD_OPERAND, "expected pairs of hexadecimal digits");
          return bytes.toByteArray();
        }
        bytes.write(high << 4 | low);
      }
    }
    return bytes.toByteArray();
  }
}

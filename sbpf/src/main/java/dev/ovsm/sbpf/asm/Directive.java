package dev.ovsm.sbpf.asm;

import static java.nio.charset.StandardCharsets.UTF_8;

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
              directive,
              ObjectCode.BAD_DIRECTIVE,
              "there is no directive " + directive.text(),
              "ovsm explain E0013 lists them; a label is followed by a colon");
    }
  }

  private void version(Token directive) {
    Token word = line.take();
    var named =
        Arrays.stream(Version.values()).filter(v -> v.word().equals(word.text())).findFirst();
    if (named.isEmpty()) {
      line.fail(
          word,
          ObjectCode.BAD_DIRECTIVE,
          "expected v0, v1, v2, v3 or v4",
          "write .sbpf v0, which runs everywhere");
    } else if (parts.hasCode()) {
      line.fail(
          directive,
          ObjectCode.BAD_DIRECTIVE,
          ".sbpf must stand before all code",
          "move it to the first line");
    } else {
      parts.version(named.get());
    }
  }

  private void section(Token directive) {
    Token name = line.peek();
    if (name("a name").getBytes(UTF_8).length > LONGEST_SECTION_NAME) {
      line.fail(
          name,
          ObjectCode.OUT_OF_RANGE,
          "a section's name has at most 15 bytes",
          "choose a shorter one");
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
      line.fail(
          number,
          ObjectCode.OUT_OF_RANGE,
          "data is aligned to 1, 2, 4 or 8 bytes",
          "write one of these");
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
      line.fail(
          number,
          ObjectCode.BAD_DIRECTIVE,
          "no .file has this number",
          "name the file before, such as: .file 1 \"main.ovsm\"");
    }
    int row = (int) number(1, Integer.MAX_VALUE);
    int column = (int) number(0, Integer.MAX_VALUE);
    parts.code(line, new Assembly.Place(file.orElse(directive.text()), row, column));
  }

  private void slot(Token directive) {
    Token bits = line.take();
    if (bits.kind() != Kind.NUMBER) {
      line.fail(
          bits,
          ObjectCode.BAD_OPERAND,
          ".slot takes eight bytes as a number",
          "write them as 0x and 16 digits, the last byte first");
    }
    parts.code(line, new Assembly.RawSlot(bits.value(), line.from(directive)));
  }

  private String name(String what) {
    Token token = line.take();
    if (!token.isName()) {
      line.fail(
          token,
          ObjectCode.BAD_OPERAND,
          "expected " + what + ", not " + token.text(),
          "put names with other characters than letters, digits, _ . $ in quotes");
    }
    return token.text();
  }

  private long number(long least, long most) {
    Token token = line.take();
    if (token.kind() != Kind.NUMBER || token.value() < least || token.value() > most) {
      line.fail(
          token,
          ObjectCode.OUT_OF_RANGE,
          "expected a number between " + least + " and " + most + ", not " + token.text(),
          "write a decimal number, or a hexadecimal one that begins with 0x");
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
          line.fail(
              digits,
              ObjectCode.BAD_OPERAND,
              "expected pairs of hexadecimal digits",
              "write each byte with two digits, such as .hex 00ff");
          return bytes.toByteArray();
        }
        bytes.write(high << 4 | low);
      }
    }
    return bytes.toByteArray();
  }
}

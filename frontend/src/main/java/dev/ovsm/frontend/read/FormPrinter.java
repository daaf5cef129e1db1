package dev.ovsm.frontend.read;

import dev.ovsm.frontend.base58.Base58;
import java.util.List;
import java.util.Locale;

/** Prints forms so that reading them again gives the same forms, one top-level form a line. */
public final class FormPrinter {
  private final StringBuilder out = new StringBuilder();

  private FormPrinter() {}

  public static String print(List<Form> forms) {
    FormPrinter printer = new FormPrinter();
    for (Form form : forms) {
      printer.form(form);
      printer.out.append('\n');
    }
    return printer.out.toString();
  }

  public static String print(Form form) {
    FormPrinter printer = new FormPrinter();
    printer.form(form);
    return printer.out.toString();
  }

  private void form(Form form) {
    if (form instanceof Form.Symbol symbol) {
      out.append(symbol.name());
    } else if (form instanceof Form.Keyword keyword) {
      out.append(':').append(keyword.name());
    } else if (form instanceof Form.Whole whole) {
      out.append(whole.value()).append(whole.suffix() == null ? "" : whole.suffix());
    } else if (form instanceof Form.Fraction fraction) {
      fraction(fraction);
    } else if (form instanceof Form.Text text) {
      text(text.value());
    } else if (form instanceof Form.CodePoint character) {
      out.append("#\\x").append(Integer.toHexString(character.value()));
    } else if (form instanceof Form.Bool bool) {
      out.append(bool.value());
    } else if (form instanceof Form.Null) {
      out.append("null");
    } else if (form instanceof Form.PublicKey key) {
      out.append("#pubkey\"").append(Base58.encode(key.bytes())).append('"');
    } else if (form instanceof Form.Sequence sequence) {
      sequence(sequence);
    }
  }

  private void fraction(Form.Fraction fraction) {
    String plain = fraction.value().toString().replace("E+", "e").replace("E", "e");
    boolean shown = plain.contains(".") || plain.contains("e");
    out.append(plain).append(shown ? "" : ".0");
  }

  private void sequence(Form.Sequence sequence) {
    out.append(sequence.bracket().open());
    String gap = "";
    for (Form item : sequence.items()) {
      out.append(gap);
      form(item);
      gap = " ";
    }
    out.append(sequence.bracket().close());
  }

  private void text(String value) {
    out.append('"');
    value
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                default -> {
                  if (c < 0x20 || c == 0x7f) {
                    out.append(String.format(Locale.ROOT, "\\x%02x", c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    out.append('"');
  }
}

package dev.ovsm.frontend.read;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ReadCode;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import java.util.List;

/**
 * Reads a source into its top-level forms, in time linear in its length; what cannot be read is
 * left out and reported.
 */
public final class Reader {
  /** The longest source that is read, in UTF-16 units. */
  public static final int LONGEST = 4 << 20;

  private Reader() {}

  /** The top-level forms of {@code source}, best effort after an error. */
  public static List<Form> read(Source source, Diagnostics diagnostics) {
    if (source.text().length() > LONGEST) {
      diagnostics.add(
          Diagnostic.at(
                  new Span(source, 0, 0),
                  ReadCode.TOO_LARGE,
                  source.name() + " has more than " + LONGEST + " characters")
              .withHelp("split it into several files and compile them together"));
      return List.of();
    }
    TokenList tokens = TokenList.of(source, diagnostics);
    FormBuilder plain = new FormBuilder(tokens, false);
    List<Form> forms = plain.build();
    if (plain.endedInside()) {
      // A parenthesis is missing somewhere: a line that starts with one shows up to where at most.
      FormBuilder resynchronising = new FormBuilder(tokens, true);
      forms = resynchronising.build();
      diagnostics.addAll(resynchronising.diagnostics());
    } else {
      diagnostics.addAll(plain.diagnostics());
    }
    return forms;
  }
}

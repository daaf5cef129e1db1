package dev.ovsm.cli.report;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Sha256;
import java.nio.charset.StandardCharsets;

/** What makes two findings the same finding though lines moved: code, file and text of the form. */
public final class Fingerprint {
  private static final int DIGITS = 32;

  private Fingerprint() {}

  /** 32 hexadecimal digits. */
  public static String of(String file, Diagnostic diagnostic) {
    Span span = diagnostic.primary();
    String form = span != null && span.isReal() ? span.text() : String.valueOf(diagnostic.place());
    String text = diagnostic.code().id() + "\n" + file + "\n" + form;
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }
}

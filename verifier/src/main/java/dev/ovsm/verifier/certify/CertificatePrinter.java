package dev.ovsm.verifier.certify;

import dev.ovsm.verifier.certificate.Certificate;
import dev.ovsm.verifier.certificate.CertificateReader;
import dev.ovsm.verifier.certificate.Interval;
import dev.ovsm.verifier.certificate.Location;

/** Prints certificates as {@link CertificateReader} reads them. */
final class CertificatePrinter {
  private CertificatePrinter() {}

  /** The text of a certificate; the same certificate gives the same text. */
  static String print(Certificate certificate) {
    StringBuilder out =
        new StringBuilder(CertificateReader.TITLE + "\nsha256 " + certificate.sha256() + "\n");
    for (Certificate.Function function : certificate.functions()) {
      out.append("function ").append(function.pc());
      out.append(" units ").append(function.units()).append(" events ").append(function.events());
      out.append(function.isContained() ? " contained" : " open");
      out.append(" result ").append(range(function.result())).append('\n');
      function.arguments().forEach((location, range) -> line(out, " takes ", location, range));
      function.loops().forEach((pc, loop) -> print(out, pc, loop));
    }
    return out.append("end\n").toString();
  }

  private static void print(StringBuilder out, int pc, Certificate.Loop loop) {
    out.append(" loop ").append(pc).append(" rounds ").append(loop.rounds());
    out.append(" counter ").append(loop.counter()).append(" step ").append(loop.step());
    out.append('\n');
    loop.ranges().forEach((location, range) -> line(out, "  range ", location, range));
    for (Location kept : loop.kept()) {
      out.append("  keeps ").append(kept).append('\n');
    }
  }

  private static void line(StringBuilder out, String word, Location location, Interval range) {
    out.append(word).append(location).append(' ').append(range(range)).append('\n');
  }

  private static String range(Interval range) {
    return range.low() + " " + range.high();
  }
}

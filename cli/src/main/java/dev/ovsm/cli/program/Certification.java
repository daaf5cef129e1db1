package dev.ovsm.cli.program;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.certificate.Certificate;
import dev.ovsm.verifier.certificate.CertificateReader;
import dev.ovsm.verifier.certificate.Checker;
import dev.ovsm.verifier.certificate.Objection;
import dev.ovsm.verifier.certify.Certifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Certificates of program files: the best that can be found, and whether one holds. */
public final class Certification {
  private static final int MOST_OBJECTIONS = 5;

  private Certification() {}

  /** The text of the best certificate that was found for a file that the compiler made. */
  public static String of(byte[] elf) {
    Program program =
        ProgramFile.load("the program", elf, LoaderConfig.autonomous(), new Diagnostics())
            .orElseThrow();
    return Certifier.certify(elf, program).text();
  }

  /** Why the certificate that was found for a file does not hold; nothing if it does. */
  public static List<Diagnostic> refusal(byte[] text, byte[] elf) {
    Diagnostics found = new Diagnostics();
    if (check("--emit cert", text, "the program", elf, found).isPresent()) {
      return List.of();
    }
    Diagnostic why =
        Diagnostic.in(
                "--emit cert",
                VerifierCode.NO_CERTIFICATE,
                "there is no certificate for this program")
            .withHelp("leave out cert; ovsm lint says what the verifier proves");
    for (Diagnostic one : found.list()) {
      for (String note : one.remarks()) {
        why = why.withNote(note);
      }
    }
    return List.of(why);
  }

  /** What a certificate that holds says of the whole program. */
  public record Holds(int functions, long units, long events) {}

  /**
   * Holds a certificate against a file; empty if it does not hold, and {@code found} says why.
   *
   * @param name of the file with the certificate
   */
  public static Optional<Holds> check(
      String name, byte[] text, String file, byte[] elf, Diagnostics found) {
    Optional<Program> program = ProgramFile.load(file, elf, LoaderConfig.autonomous(), found);
    Optional<Certificate> certificate =
        CertificateReader.parse(new String(text, StandardCharsets.UTF_8));
    if (program.isEmpty()) {
      return Optional.empty();
    }
    if (certificate.isEmpty()) {
      found.add(wrong(name, name + " is no certificate"));
      return Optional.empty();
    }
    List<Objection> objections = Checker.check(certificate.get(), elf, program.get());
    if (!objections.isEmpty()) {
      found.add(told(wrong(name, "the certificate does not hold for " + file), objections));
      return Optional.empty();
    }
    int entry = program.get().entryPc();
    return certificate.get().functions().stream()
        .filter(function -> function.pc() == entry)
        .findFirst()
        .map(
            function ->
                new Holds(
                    certificate.get().functions().size(), function.units(), function.events()));
  }

  private static Diagnostic wrong(String name, String message) {
    return Diagnostic.in(name, VerifierCode.FALSE_CERTIFICATE, message)
        .withHelp("write both anew: ovsm compile FILE --emit cert");
  }

  private static Diagnostic told(Diagnostic diagnostic, List<Objection> objections) {
    Diagnostic told = diagnostic;
    for (Objection objection :
        objections.subList(0, Math.min(MOST_OBJECTIONS, objections.size()))) {
      told = told.withNote(objection.line());
    }
    int more = objections.size() - MOST_OBJECTIONS;
    return more > 0 ? told.withNote("and " + more + " more") : told;
  }
}

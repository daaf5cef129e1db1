package dev.ovsm.verifier.certify;

import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.certificate.Certificate;
import dev.ovsm.verifier.certificate.Checker;
import dev.ovsm.verifier.certificate.Objection;
import java.util.List;

/**
 * Makes a certificate of a program by trial: what the checker objects to is claimed less of, until
 * it objects to nothing or nothing less is left to claim.
 */
public final class Certifier {
  private static final int MOST_TRIALS = 4_000;

  private Certifier() {}

  /**
   * A certificate, or why there is none.
   *
   * @param objections what the checker says of the best that was found; nothing if it holds
   */
  public record Result(Certificate certificate, List<Objection> objections) {
    public Result {
      objections = List.copyOf(objections);
    }

    /** The certificate's text. */
    public String text() {
      return CertificatePrinter.print(certificate);
    }
  }

  /** The certificate of a program, loaded from the bytes of a file. */
  public static Result certify(byte[] file, Program program) {
    Draft draft = new Draft(program);
    String hash = Checker.sha256(file);
    List<Objection> objections = List.of();
    for (int trial = 0; trial < MOST_TRIALS; trial++) {
      Certificate certificate = draft.certificate(hash);
      objections = Checker.checkCode(certificate, program);
      boolean mended = false;
      for (Objection objection : objections) {
        mended |= draft.mend(objection);
      }
      if (!mended && !draft.proceed()) {
        return new Result(certificate, objections);
      }
    }
    return new Result(draft.certificate(hash), objections);
  }
}

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
    Trial trial = new Trial(program);
    String hash = Checker.sha256(file);
    Certificate certificate = draft.certificate(hash);
    for (int i = 0; i < MOST_TRIALS; i++) {
      boolean mended = false;
      for (Objection objection : trial.objections(certificate.functions())) {
        mended |= draft.mend(objection);
      }
      boolean goesOn = mended || draft.proceed();
      certificate = draft.certificate(hash);
      if (!goesOn) {
        break;
      }
    }
    return new Result(certificate, Checker.checkCode(certificate, program));
  }
}

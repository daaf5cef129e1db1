package dev.ovsm.verifier.certificate;

import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Sha256;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.certificate.Objection.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Holds a certificate against a program, in one pass over the code of each function that it names.
 *
 * <p>If nothing is objected to, then every execution of the program ends, takes at most the claimed
 * compute units beside those of other programs that it calls, and emits at most what is claimed.
 */
public final class Checker {
  private Checker() {}

  /**
   * What is wrong with a certificate; nothing if it holds.
   *
   * @param file the bytes that {@code program} was loaded from
   */
  public static List<Objection> check(Certificate certificate, byte[] file, Program program) {
    return certificate.sha256().equals(sha256(file))
        ? checkCode(certificate, program)
        : List.of(Objection.of(Kind.OTHER_FILE, -1, -1));
  }

  /** The same without a look at the file. */
  public static List<Objection> checkCode(Certificate certificate, Program program) {
    List<Objection> objections = new ArrayList<>();
    if (program.version() != Version.V0 && program.version() != Version.V3) {
      return List.of(Objection.of(Kind.UNSUPPORTED, -1, -1));
    }
    @Nullable Insn[] code = Decoder.decode(program.version(), program.text());
    Map<Integer, Certificate.Function> known = new TreeMap<>();
    // Functions share little code; whoever claims otherwise keeps the checker busy for nothing.
    long work = 8L * code.length;
    for (Certificate.Function function : certificate.functions()) {
      if (function.pc() < 0 || function.pc() >= code.length) {
        objections.add(Objection.of(Kind.NO_FUNCTION, function.pc(), -1));
        return objections;
      }
      work -= new FunctionChecker(program, code, function, known::get, objections::add).check();
      if (known.put(function.pc(), function) != null || work < 0) {
        objections.add(Objection.of(work < 0 ? Kind.UNSUPPORTED : Kind.TWICE, function.pc(), -1));
        return objections;
      }
    }
    Certificate.Function entry = known.get(program.entryPc());
    if (entry == null) {
      objections.add(Objection.of(Kind.NO_ENTRY, program.entryPc(), -1));
    } else {
      start(entry, objections);
    }
    return objections;
  }

  /** The same of one function, which begins in the code, with what is claimed by slot of others. */
  public static List<Objection> checkFunction(
      Program program,
      @Nullable Insn[] code,
      Certificate.Function claim,
      IntFunction<Certificate.@Nullable Function> callees) {
    List<Objection> objections = new ArrayList<>();
    new FunctionChecker(program, code, claim, callees, objections::add).check();
    return objections;
  }

  /** The runtime gives the entrypoint the address of its input, and promises nothing else. */
  private static void start(Certificate.Function entry, List<Objection> objections) {
    Location input = new Location(false, 1);
    Objection.of(Kind.FALSE_START, entry.pc(), -1)
        .where(
            entry.arguments(),
            place -> place.equals(input) ? Interval.of(MemoryMap.INPUT) : Interval.ALL,
            objections::add);
  }

  /** What binds a certificate to a file. */
  public static String sha256(byte[] file) {
    return Sha256.hex(file);
  }
}

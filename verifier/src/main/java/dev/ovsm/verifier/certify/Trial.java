package dev.ovsm.verifier.certify;

import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.certificate.Certificate;
import dev.ovsm.verifier.certificate.Checker;
import dev.ovsm.verifier.certificate.Objection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the checker says of claims, asked anew only of functions whose claims or callees' changed.
 */
final class Trial {
  private final Program program;
  private final @Nullable Insn[] code;
  private final Map<Integer, Certificate.Function> claims = new TreeMap<>();
  private final Map<Integer, List<Objection>> objections = new HashMap<>();

  /** For each function those that a check of it asked for. */
  private final Map<Integer, Set<Integer>> callees = new HashMap<>();

  Trial(Program program) {
    this.program = program;
    this.code = Decoder.decode(program.version(), program.text());
  }

  /**
   * What the checker objects to.
   *
   * @param functions the claims, callees before their callers, the same functions every time
   */
  List<Objection> objections(List<Certificate.Function> functions) {
    List<Objection> all = new ArrayList<>();
    Set<Integer> changed = new HashSet<>();
    Map<Integer, Certificate.Function> known = new TreeMap<>();
    for (Certificate.Function function : functions) {
      int pc = function.pc();
      boolean isNew = !function.equals(claims.put(pc, function));
      Set<Integer> asked = callees.getOrDefault(pc, Set.of());
      if (isNew || asked.stream().anyMatch(changed::contains)) {
        objections.put(pc, checked(function, known));
      }
      if (isNew) {
        changed.add(pc);
      }
      all.addAll(objections.getOrDefault(pc, List.of()));
      known.put(pc, function);
    }
    return all;
  }

  private List<Objection> checked(
      Certificate.Function function, Map<Integer, Certificate.Function> known) {
    Set<Integer> asked = new HashSet<>();
    callees.put(function.pc(), asked);
    boolean isCode = function.pc() >= 0 && function.pc() < code.length;
    if (!isCode) {
      return List.of();
    }
    return Checker.checkFunction(
        program,
        code,
        function,
        callee -> {
          asked.add(callee);
          return known.get(callee);
        });
  }
}

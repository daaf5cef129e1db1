package dev.ovsm.tests.code;

import dev.ovsm.diag.VerifierCode;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.ir.text.IrPrinter;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is tried with random modules: at every level of optimisation the interpreter of IR, the
 * emulator and the real VM see the same.
 */
final class Trials {
  private static final List<Version> VERSIONS = List.of(Version.V0, Version.V3);

  private int modules;
  private int compared;
  private int ended;
  private int proved;

  /** How many runs were compared with the real VM. */
  int compared() {
    return compared;
  }

  /** What was tried, in words. */
  String figures() {
    return "%,d modules, of which %,d came to their end; %,d runs on the real VM; the claims of %,d proved"
        .formatted(modules, ended, compared, proved);
  }

  /** How the machine code of a module differs from what it means, if it does. */
  Optional<String> withoutRealVm(long seed) {
    Module module = RandomModule.of(seed);
    byte[] input = RandomModule.input(seed);
    Meaning meaning = Runs.interpreted(module, input);
    modules++;
    ended += meaning.kept() ? 1 : 0;
    if (!IrChecker.check(module).isEmpty()) {
      return Optional.of(seed + ": " + IrChecker.check(module));
    }
    boolean claims = !isInexact(module);
    proved += claims ? 1 : 0;
    for (int level = Optimizer.NONE; level <= Optimizer.ALL; level++) {
      Module better = Optimizer.optimize(module, level);
      String what = "module " + seed + " at level " + level;
      if (!IrChecker.check(better).isEmpty()) {
        return Optional.of(what + ": " + IrChecker.check(better));
      }
      if (claims && isInexact(better)) {
        return Optional.of(what + " claims what cannot be proved:\n" + IrPrinter.print(better));
      }
      Meaning kept = Runs.interpreted(better, input);
      if (!kept.equals(meaning)) {
        return difference(what, module, meaning, kept);
      }
      for (Version version : VERSIONS) {
        Meaning emulated = Runs.emulated(Runs.elf(better, version), input, meaning.kept());
        if (!emulated.equals(meaning)) {
          return difference(what + " in " + version, module, meaning, emulated);
        }
      }
    }
    return Optional.empty();
  }

  /** The same, and how what the emulator's bank shows differs from what the real VM does. */
  Optional<String> withRealVm(long first, int count, RealVm vm) {
    List<Deployed> all = new ArrayList<>();
    for (long seed = first; seed < first + count; seed++) {
      Optional<String> difference = withoutRealVm(seed);
      if (difference.isPresent()) {
        return difference;
      }
      Version version = VERSIONS.get((int) (seed & 1));
      for (int level = Optimizer.NONE; level <= Optimizer.ALL; level++) {
        Module better = Optimizer.optimize(RandomModule.of(seed), level);
        all.add(new Deployed(all.size(), Runs.elf(better, version), RandomModule.input(seed)));
      }
    }
    List<Deployed.Call> real = Deployed.real(all, vm);
    for (int i = 0; i < all.size(); i++) {
      compared++;
      Deployed.Call ours = all.get(i).emulated();
      long seed = first + i / (Optimizer.ALL + 1);
      String what = "module " + seed + " at level " + i % (Optimizer.ALL + 1);
      if (!ours.equals(real.get(i))) {
        return Optional.of(what + ": the real VM says\n" + real.get(i) + "\nours says\n" + ours);
      }
      Meaning meaning = Runs.interpreted(RandomModule.of(seed), RandomModule.input(seed));
      if (!ours.shows(meaning)) {
        return Optional.of(what + " means\n" + meaning + "\nbut does\n" + ours);
      }
    }
    return Optional.empty();
  }

  /** Whether the verifier finds a claim that it cannot prove. */
  private static boolean isInexact(Module module) {
    return Verifier.verify(module, Policy.standard()).diagnostics().stream()
        .anyMatch(found -> found.code() == VerifierCode.INEXACT);
  }

  private static Optional<String> difference(
      String what, Module module, Meaning expected, Meaning actual) {
    return Optional.of(
        "%s means\n%s\nbut does\n%s\n%s"
            .formatted(what, expected, actual, IrPrinter.print(module)));
  }
}

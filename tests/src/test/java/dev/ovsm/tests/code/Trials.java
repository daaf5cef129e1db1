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

  /** The same, and the emulator's account differs from the real VM's. */
  Optional<String> withRealVm(long seed, RealVm vm) {
    Optional<String> difference = withoutRealVm(seed);
    Version version = VERSIONS.get((int) (seed & 1));
    byte[] input = RandomModule.input(seed);
    Module module = RandomModule.of(seed);
    for (int level = Optimizer.NONE; difference.isEmpty() && level <= Optimizer.ALL; level++) {
      Deployed deployed = new Deployed(Runs.elf(Optimizer.optimize(module, level), version), input);
      String what = "module " + seed + " at level " + level + " in " + version;
      Deployed.Account ours = deployed.emulated();
      Deployed.Account real = deployed.real(vm);
      compared++;
      difference =
          ours.equals(real)
              ? isMeant(ours, module, input) ? Optional.empty() : Optional.of(what + ": " + ours)
              : Optional.of(what + ": the real VM says\n" + real + "\nours says\n" + ours);
    }
    return difference;
  }

  private static boolean isMeant(Deployed.Account account, Module module, byte[] input) {
    Meaning meaning = Runs.interpreted(module, input);
    return account.shows(meaning);
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

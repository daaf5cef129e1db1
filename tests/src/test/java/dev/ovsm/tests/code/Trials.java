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
    return tried(seed).difference;
  }

  /**
   * What was found of a module.
   *
   * @param files its machine code, of each level in each of {@link #VERSIONS}
   */
  private record Tried(Meaning meaning, List<byte[]> files, Optional<String> difference) {
    byte[] file(int level, int version) {
      return files.get(level * VERSIONS.size() + version);
    }
  }

  private Tried tried(long seed) {
    Module module = RandomModule.of(seed);
    byte[] input = RandomModule.input(seed);
    Meaning meaning = Runs.interpreted(module, input);
    modules++;
    ended += meaning.kept() ? 1 : 0;
    if (!IrChecker.check(module).isEmpty()) {
      return different(meaning, seed + ": " + IrChecker.check(module));
    }
    boolean claims = !isInexact(module);
    proved += claims ? 1 : 0;
    List<byte[]> files = new ArrayList<>();
    for (int level = Optimizer.NONE; level <= Optimizer.ALL; level++) {
      Module better = Optimizer.optimize(module, level);
      String what = "module " + seed + " at level " + level;
      if (!IrChecker.check(better).isEmpty()) {
        return different(meaning, what + ": " + IrChecker.check(better));
      }
      if (claims && isInexact(better)) {
        return different(
            meaning, what + " claims what cannot be proved:\n" + IrPrinter.print(better));
      }
      Meaning kept = Runs.interpreted(better, input);
      if (!kept.equals(meaning)) {
        return different(meaning, difference(what, module, meaning, kept));
      }
      for (Version version : VERSIONS) {
        byte[] file = Runs.elf(better, version);
        files.add(file);
        Meaning emulated = Runs.emulated(file, input, meaning.kept());
        if (!emulated.equals(meaning)) {
          return different(meaning, difference(what + " in " + version, module, meaning, emulated));
        }
      }
    }
    return new Tried(meaning, files, Optional.empty());
  }

  private static Tried different(Meaning meaning, String difference) {
    return new Tried(meaning, List.of(), Optional.of(difference));
  }

  /** The same, and how what the emulator's bank shows differs from what the real VM does. */
  Optional<String> withRealVm(long first, int count, RealVm vm) {
    List<Deployed> all = new ArrayList<>();
    List<Meaning> meanings = new ArrayList<>();
    for (long seed = first; seed < first + count; seed++) {
      Tried tried = tried(seed);
      if (tried.difference.isPresent()) {
        return tried.difference;
      }
      meanings.add(tried.meaning);
      int version = (int) (seed & 1);
      for (int level = Optimizer.NONE; level <= Optimizer.ALL; level++) {
        byte[] file = tried.file(level, version);
        all.add(new Deployed(all.size(), file, RandomModule.input(seed)));
      }
    }
    List<Deployed.Call> real = Deployed.real(all, vm);
    for (int i = 0; i < all.size(); i++) {
      compared++;
      Deployed.Call ours = all.get(i).emulated();
      int module = i / (Optimizer.ALL + 1);
      String what = "module " + (first + module) + " at level " + i % (Optimizer.ALL + 1);
      if (!ours.equals(real.get(i))) {
        return Optional.of(what + ": the real VM says\n" + real.get(i) + "\nours says\n" + ours);
      }
      if (!ours.shows(meanings.get(module))) {
        return Optional.of(what + " means\n" + meanings.get(module) + "\nbut does\n" + ours);
      }
    }
    return Optional.empty();
  }

  /** Whether the verifier finds a claim that it cannot prove. */
  private static boolean isInexact(Module module) {
    return Verifier.verify(module, Policy.standard()).diagnostics().stream()
        .anyMatch(found -> found.code() == VerifierCode.INEXACT);
  }

  private static String difference(String what, Module module, Meaning expected, Meaning actual) {
    return "%s means\n%s\nbut does\n%s\n%s"
        .formatted(what, expected, actual, IrPrinter.print(module));
  }
}

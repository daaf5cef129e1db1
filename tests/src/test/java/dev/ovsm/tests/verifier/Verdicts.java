package dev.ovsm.tests.verifier;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Span;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is said of a program's properties: the worst of each, by the names of entry and property.
 */
public final class Verdicts {
  private Verdicts() {}

  /** The worst of what was found. */
  public static SortedMap<String, Verdict> worst(List<Finding> findings) {
    SortedMap<String, Verdict> worst = new TreeMap<>();
    for (Finding one : findings) {
      worst.merge(one.entry() + " " + one.property(), one.verdict(), Verdict::worse);
    }
    return worst;
  }

  /** What is warned of: codes, by the names of entries. */
  static SortedSet<String> warnings(List<Finding> findings) {
    SortedSet<String> warnings = new TreeSet<>();
    for (Finding one : findings) {
      if (one.diagnostic() != null) {
        warnings.add(one.entry() + " " + one.diagnostic().code().id());
      }
    }
    return warnings;
  }

  /** What the verifier says of the machine code of what was compiled without an error. */
  public static SortedMap<String, Verdict> ofCode(Compilation made) {
    Program program =
        ElfLoader.load(made.elf().orElseThrow(), LoaderConfig.autonomous()).program().orElseThrow();
    return worst(
        Verifier.verify(
            program, made.output().orElseThrow().manifest(), pc -> Span.none(), Policy.standard()));
  }

  /** Whether a property is one of accesses, whose rest is left to the machine. */
  public static boolean isAccess(String where) {
    return where.endsWith(" " + Property.MEMORY) || where.endsWith(" " + Property.WRITES);
  }
}

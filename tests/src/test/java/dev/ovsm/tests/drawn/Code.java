package dev.ovsm.tests.drawn;

import dev.ovsm.backend.Unverified;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.ElfWriter;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembler;
import dev.ovsm.sbpf.asm.Assembly;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A source compiled in every way.
 *
 * @param refusal why there is no code; empty if there is
 * @param modules the IR of each level of optimisation
 * @param files machine code of each level
 */
record Code(String refusal, List<Module> modules, List<byte[]> files) {
  /** The best level by the whole compiler, with its verifier; the others without. */
  static Code proved(String text, Version version) {
    Diagnostics found = new Diagnostics();
    Compilation made =
        Compilation.of(sources(text), new Compilation.Target(version, Optimizer.ALL, false), found);
    if (made.elf().isEmpty()) {
      return refused(found.list().toString());
    }
    if (made.code().orElseThrow().level() != Optimizer.ALL) {
      return refused("the best code is not proved");
    }
    Code code = of(Objects.requireNonNull(made.phases().module()), Optimizer.CLEAN, version);
    code.modules.add(made.code().orElseThrow().verified().module());
    code.files.add(made.elf().orElseThrow());
    return code;
  }

  /** All levels without the verifier. */
  static Code unproved(String text, Version version) {
    Diagnostics found = new Diagnostics();
    Module module = Compilation.phases(sources(text), found).module();
    return module == null ? refused(found.list().toString()) : of(module, Optimizer.ALL, version);
  }

  /** Its IR as it is lowered, or null if it is no program. */
  static @Nullable Module lowered(String text) {
    return Compilation.phases(sources(text), new Diagnostics()).module();
  }

  private static List<Source> sources(String text) {
    return List.of(new Source("drawn", text));
  }

  private static Code refused(String why) {
    return new Code(why, List.of(), List.of());
  }

  private static Code of(Module module, int best, Version version) {
    List<Module> modules = new ArrayList<>();
    List<byte[]> files = new ArrayList<>();
    for (int level = Optimizer.NONE; level <= best; level++) {
      Module optimized = Optimizer.optimize(module, level);
      modules.add(level == Optimizer.NONE ? module : optimized);
      files.add(file(optimized, version));
    }
    return new Code("", modules, files);
  }

  private static byte[] file(Module module, Version version) {
    Diagnostics found = new Diagnostics();
    Assembly assembly = Unverified.assembly(module, version, found);
    return ElfWriter.write(
        Assembler.assemble(assembly, found)
            .orElseThrow(() -> new IllegalStateException(found.list().toString())),
        List.of());
  }
}

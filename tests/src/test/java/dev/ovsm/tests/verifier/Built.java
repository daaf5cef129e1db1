package dev.ovsm.tests.verifier;

import dev.ovsm.backend.Backend;
import dev.ovsm.backend.Output;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.ElfWriter;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.elf.Manifest;
import dev.ovsm.frontend.Frontend;
import dev.ovsm.frontend.Options;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembler;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Report;
import dev.ovsm.verifier.Verifier;
import java.util.List;

/** A program compiled for a machine, and what the verifier says of its IR. */
record Built(Report report, Program program, Manifest manifest) {
  /** The IR of a source that compiles, optimised. */
  static Module module(Source source, int level) {
    return module(List.of(source), level);
  }

  /** The IR of sources that compile together, optimised. */
  static Module module(List<Source> sources, int level) {
    Diagnostics found = new Diagnostics();
    Module module = Frontend.compile(sources, Options.defaults(), found).module();
    if (module == null) {
      throw new IllegalArgumentException(sources.get(0).name() + ": " + found.list());
    }
    return Optimizer.optimize(module, level);
  }

  /** Compiles a module of which nothing is unsafe. */
  static Built of(Module module, Version version) {
    Report report = Verifier.verify(module, Policy.standard());
    Diagnostics found = new Diagnostics();
    Output output = Backend.select(report.verified().orElseThrow(), version, found);
    byte[] elf =
        ElfWriter.write(Assembler.assemble(output.assembly(), found).orElseThrow(), List.of());
    Program program = ElfLoader.load(elf, LoaderConfig.autonomous()).program().orElseThrow();
    return new Built(report, program, output.manifest());
  }

  /** A program that was compiled as users do, budgets and all. */
  static Built of(Compilation made) {
    Module module = made.code().orElseThrow().verified().module();
    Program program =
        ElfLoader.load(made.elf().orElseThrow(), LoaderConfig.autonomous()).program().orElseThrow();
    Report report = Verifier.verify(module, Policy.standard());
    return new Built(report, program, made.output().orElseThrow().manifest());
  }

  /** What the verifier says of the machine code. */
  List<Finding> findings() {
    return Verifier.verify(program, manifest, pc -> Span.none(), Policy.standard());
  }
}

package dev.ovsm.cli.program;

import dev.ovsm.backend.Backend;
import dev.ovsm.backend.Output;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.AssemblyFile;
import dev.ovsm.elf.Manifest;
import dev.ovsm.frontend.Compiled;
import dev.ovsm.frontend.Frontend;
import dev.ovsm.frontend.Options;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Report;
import dev.ovsm.verifier.Verified;
import dev.ovsm.verifier.Verifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole way from sources to a program file; every value on it that was reached.
 *
 * @param phases what the frontend made
 * @param report what the verifier found, if the sources compile: in them, or in their code alone
 *     where nothing was found in that
 * @param code what the machine code is of, if nothing is unsafe
 * @param output machine code, if nothing is unsafe
 * @param assembly all that the file is made of, if there is machine code
 * @param elf the file, if there is machine code
 */
public record Compilation(
    Compiled phases,
    Optional<Report> report,
    Optional<Code> code,
    Optional<Output> output,
    Optional<Assembly> assembly,
    Optional<byte[]> elf) {

  /**
   * What becomes of the program's file.
   *
   * @param level of optimisation, as {@link Optimizer} has them
   * @param lines whether the file has the lines of its source
   * @param debug whether errors that the program raises are logged with their places
   */
  public record Target(Version version, int level, boolean lines, boolean debug) {
    /** The same, errors being numbers only. */
    public Target(Version version, int level, boolean lines) {
      this(version, level, lines, false);
    }

    /** Runs everywhere, as fast as can be, with the lines of its source. */
    public static final Target DEFAULT = new Target(Version.V0, Optimizer.ALL, true);
  }

  /**
   * The program as the machine gets it.
   *
   * @param level of optimisation; below the target's only where the verifier could not prove of the
   *     better code what it proved of the sources
   */
  public record Code(Verified verified, int level) {}

  /** Why there is no file. */
  public enum Outcome {
    COMPILED,
    /** The sources do not parse or type, or do not fit the machine. */
    NOT_A_PROGRAM,
    /** The verifier calls something in it unsafe. */
    UNSAFE
  }

  public Outcome outcome() {
    if (elf.isPresent()) {
      return Outcome.COMPILED;
    }
    boolean refused = report.isPresent() && report.get().verified().isEmpty();
    return refused ? Outcome.UNSAFE : Outcome.NOT_A_PROGRAM;
  }

  /** What the frontend makes of sources as one program: all up to the IR, nothing proved. */
  public static Compiled phases(List<Source> sources, Diagnostics found) {
    return Frontend.compile(sources, Options.defaults().withFiles(new Imports()), found);
  }

  /** Compiles sources as one program, named after the first; {@code found} says what is wrong. */
  public static Compilation of(List<Source> sources, Target target, Diagnostics found) {
    return of(sources, target, new Timings(), found);
  }

  /** The same, finding the files that are imported as told. */
  public static Compilation of(
      List<Source> sources, Target target, Imports imports, Diagnostics found) {
    return of(sources, new Wanted(target, Policy.standard(), false), imports, new Timings(), found);
  }

  /** The same, with the time that each phase takes. */
  public static Compilation of(
      List<Source> sources, Target target, Timings timings, Diagnostics found) {
    Wanted wanted = new Wanted(target, Policy.standard(), false);
    Compilation compilation = of(sources, wanted, new Imports(), timings, found);
    timings.end();
    return compilation;
  }

  /**
   * Compiles sources as one program of which nothing may be unsafe by a policy; its report is of
   * the sources, with their places and reasons, whatever is found of its code.
   */
  static Compilation explained(
      List<Source> sources, Target target, Policy policy, Diagnostics found) {
    Wanted wanted = new Wanted(target, policy, true);
    return of(sources, wanted, new Imports(), new Timings(), found);
  }

  /**
   * What is compiled for.
   *
   * @param policy by which nothing may be unsafe
   * @param reasons whether the report is of the sources even where nothing is found of their code
   */
  private record Wanted(Target target, Policy policy, boolean reasons) {}

  /** Looks at the sources only for a reason: where nothing is found of the code, there is none. */
  private static Compilation of(
      List<Source> sources, Wanted wanted, Imports imports, Timings timings, Diagnostics found) {
    Target target = wanted.target();
    Policy policy = wanted.policy();
    Options options =
        Options.defaults().withFiles(imports).withDebug(target.debug()).withPhases(timings::begin);
    Compiled phases = Frontend.compile(sources, options, found);
    Module module = phases.module();
    if (module == null) {
      return new Compilation(
          phases,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    Sources proof = new Sources(module, policy, timings);
    Optional<Candidate> better = best(module, target.level(), policy, proof, timings);
    Report report =
        better
            .map(Candidate::report)
            .filter(safe -> !wanted.reasons() && safe.isClean())
            .orElseGet(proof);
    Diagnostics selection = new Diagnostics();
    Optional<Code> best =
        report
            .verified()
            .map(
                safe ->
                    better.map(Candidate::code).orElseGet(() -> new Code(safe, Optimizer.NONE)));
    String folder = folder(sources.get(0));
    Compilation first = written(phases, report, best, target, folder, timings, selection);
    Compilation compilation =
        judged(budgeted(first, target, policy, folder, timings), policy, timings);
    found.addAll(compilation.report().map(Report::diagnostics).orElse(List.of()));
    found.addAll(selection.list());
    return compilation;
  }

  /** Selects and writes the code, if there is any. */
  private static Compilation written(
      Compiled phases,
      Report report,
      Optional<Code> best,
      Target target,
      String folder,
      Timings timings,
      Diagnostics found) {
    timings.begin("select");
    Diagnostics selection = new Diagnostics();
    Optional<Output> output =
        best.map(code -> Backend.select(code.verified(), target.version(), selection))
            .filter(code -> !selection.hasErrors());
    timings.begin("write");
    Optional<Assembly> assembly = output.map(code -> whole(code, target, folder));
    Optional<byte[]> elf = assembly.flatMap(code -> AssemblyFile.assemble(code, selection));
    found.addAll(selection.list());
    return new Compilation(phases, Optional.of(report), best, output, assembly, elf);
  }

  /**
   * The same program with the budgets that callbacks need but do not declare. Where a budget stands
   * can change what the code needs by a little, so that what was found is held against it again.
   */
  private static Compilation budgeted(
      Compilation first, Target target, Policy policy, String folder, Timings timings) {
    Typed typed = first.phases().typed();
    if (first.elf().isEmpty() || first.output().isEmpty() || typed == null) {
      return first;
    }
    timings.begin("budget");
    Map<String, Long> budgets =
        Budgets.missing(first.elf().get(), first.output().get().manifest(), policy);
    if (budgets.isEmpty()) {
      return first;
    }
    Module module = Optimizer.optimize(Frontend.withBudgets(typed, budgets), first.level());
    Diagnostics unexpected = new Diagnostics();
    Optional<Code> code =
        Verifier.verify(module, policy).verified().map(safe -> new Code(safe, first.level()));
    Report report = first.report().orElseThrow().withoutCompute(budgets.keySet());
    Compilation second = written(first.phases(), report, code, target, folder, timings, unexpected);
    timings.begin("budget");
    boolean holds =
        second.elf().isPresent()
            && !Budgets.areTooSmall(
                first.elf().get(),
                second.elf().get(),
                second.output().orElseThrow().manifest(),
                budgets,
                policy);
    return holds ? second : first;
  }

  /** The same program where the machine code decides on what the estimate could not. */
  private static Compilation judged(Compilation made, Policy policy, Timings timings) {
    if (made.elf().isEmpty() || made.output().isEmpty()) {
      return made;
    }
    Manifest manifest = made.output().get().manifest();
    Report report = made.report().orElseThrow();
    List<Finding> doubtful = Budgets.doubtful(report, manifest);
    if (doubtful.isEmpty()) {
      return made;
    }
    timings.begin("judge");
    Report decided = report.decided(doubtful, Budgets.findings(made.elf().get(), manifest, policy));
    boolean safe = decided.verified().isPresent();
    return new Compilation(
        made.phases(),
        Optional.of(decided),
        made.code(),
        made.output().filter(any -> safe),
        made.assembly().filter(any -> safe),
        made.elf().filter(any -> safe));
  }

  private int level() {
    return code.map(Code::level).orElse(Optimizer.NONE);
  }

  /** Code of which nothing is unsafe, with what was found of it. */
  private record Candidate(Code code, Report report) {}

  /** What the verifier finds in the sources, looked for once and only if that is asked for. */
  private static final class Sources implements Supplier<Report> {
    private final Module module;
    private final Policy policy;
    private final Timings timings;
    private @Nullable Report report;

    Sources(Module module, Policy policy, Timings timings) {
      this.module = module;
      this.policy = policy;
      this.timings = timings;
    }

    @Override
    public Report get() {
      if (report == null) {
        timings.begin("verify sources");
        report = Verifier.verify(module, policy);
      }
      return report;
    }
  }

  /** The best code up to a level of which the verifier proves that it is safe, if any. */
  private static Optional<Candidate> best(
      Module module, int most, Policy policy, Supplier<Report> sources, Timings timings) {
    for (int level = most; level >= Optimizer.NONE; level--) {
      timings.begin("optimize");
      Module better = Optimizer.optimize(module, level);
      timings.begin("verify");
      Report report = Verifier.verify(better, policy);
      if (report.verified().isPresent()) {
        return Optional.of(new Candidate(new Code(report.verified().get(), level), report));
      }
      if (sources.get().verified().isEmpty()) {
        break;
      }
    }
    return Optional.empty();
  }

  /** The code with its manifest, and with the places in the source if they are wanted. */
  private static Assembly whole(Output output, Target target, String folder) {
    Assembly code = output.assembly();
    List<Assembly.Item> items = new ArrayList<>(code.items().size());
    Map<String, String> names = new HashMap<>();
    for (Assembly.Item item : code.items()) {
      if (!(item instanceof Assembly.Place place)) {
        items.add(item);
      } else if (target.lines()) {
        String name = names.computeIfAbsent(place.file(), file -> name(file, folder));
        boolean isSame = name.equals(place.file());
        items.add(isSame ? place : new Assembly.Place(name, place.line(), place.column()));
      }
    }
    Assembly.Section manifest = new Assembly.Section(Manifest.SECTION, output.manifest().encode());
    return new Assembly(
        code.version(), code.entry(), items, code.data(), List.of(manifest), code.image());
  }

  /** Sources of one program by the names that its table of lines has for them. */
  static Map<String, Source> namedAsInFile(List<Source> sources) {
    String folder = folder(sources.get(0));
    Map<String, Source> named = new HashMap<>();
    sources.forEach(source -> named.put(name(source.name(), folder), source));
    return named;
  }

  /** The name of a file from the first source's folder, wherever that is. */
  private static String name(String file, String folder) {
    return file.startsWith(folder) ? file.substring(folder.length()) : file;
  }

  private static String folder(Source source) {
    String name = source.name();
    return name.substring(0, Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }
}

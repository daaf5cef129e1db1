package dev.ovsm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.cli.program.Compilation.Outcome;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.TextRenderer;
import dev.ovsm.elf.Listing;
import dev.ovsm.frontend.Compiled;
import dev.ovsm.frontend.Frontend;
import dev.ovsm.frontend.Options;
import dev.ovsm.frontend.ast.AstPrinter;
import dev.ovsm.frontend.hir.HirPrinter;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.FormPrinter;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.text.IrPrinter;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.AssemblyPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What each phase of the frontend makes of small programs, and what it says of broken ones. */
class ProgramsTest {
  @TestFactory
  Stream<DynamicTest> programs() throws IOException {
    return GoldenFiles.in("programs", ".ovsm")
        .expect("forms", ProgramsTest::forms)
        .expect("ast", ProgramsTest::ast)
        .expect("types", ProgramsTest::types)
        .expect("ir", ProgramsTest::ir)
        .expect("asm", ProgramsTest::assembly)
        .expect("elf", ProgramsTest::elf)
        .tests();
  }

  @TestFactory
  Stream<DynamicTest> diagnostics() throws IOException {
    return GoldenFiles.in("diagnostics", ".ovsm").expect("text", ProgramsTest::complaints).tests();
  }

  private static Compiled compile(Path file, Diagnostics diagnostics) throws IOException {
    Source source = new Source(file.getFileName().toString(), Files.readString(file));
    return Frontend.compile(List.of(source), Options.defaults(), diagnostics);
  }

  private static Compiled good(Path file) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    Compiled compiled = compile(file, diagnostics);
    assertThat(diagnostics.hasErrors()).as(render(diagnostics)).isFalse();
    return compiled;
  }

  private static String forms(Path file) throws IOException {
    StringBuilder out = new StringBuilder();
    for (List<Form> forms : good(file).expanded()) {
      out.append(FormPrinter.print(forms));
    }
    return out.toString();
  }

  private static String ast(Path file) throws IOException {
    return AstPrinter.print(Objects.requireNonNull(good(file).program()));
  }

  private static String types(Path file) throws IOException {
    return HirPrinter.print(Objects.requireNonNull(good(file).typed()));
  }

  /** The program's own functions: the library's have goldens where they are the subject. */
  private static String ir(Path file) throws IOException {
    Module module = Objects.requireNonNull(good(file).module());
    assertThat(IrChecker.check(module)).isEmpty();
    List<Function> own =
        module.functions().stream()
            .filter(function -> !function.span().source().isInternal())
            .toList();
    return IrPrinter.print(module.withFunctions(own));
  }

  /**
   * The program's own functions, as {@link #ir} has them, without places in the library; data and
   * sections stand in the file.
   */
  private static String assembly(Path file) throws IOException {
    return compiled(file)
        .output()
        .map(output -> AssemblyPrinter.print(ownCode(output.assembly())))
        .orElse("; refused by the verifier\n");
  }

  private static String elf(Path file) throws IOException {
    return compiled(file)
        .elf()
        .flatMap(elf -> Listing.of(file.toString(), elf, new Diagnostics()))
        .map(listing -> listing.sections() + listing.symbols() + listing.relocations())
        .orElse("refused by the verifier\n");
  }

  private static Compilation compiled(Path file) throws IOException {
    Source source = new Source(file.getFileName().toString(), Files.readString(file));
    Diagnostics diagnostics = new Diagnostics();
    Compilation compilation =
        Compilation.of(List.of(source), Compilation.Target.DEFAULT, diagnostics);
    assertThat(compilation.outcome()).as(render(diagnostics)).isNotEqualTo(Outcome.NOT_A_PROGRAM);
    return compilation;
  }

  private static Assembly ownCode(Assembly whole) {
    List<Assembly.Item> own = new ArrayList<>();
    List<Assembly.Item> function = new ArrayList<>();
    for (Assembly.Item item : whole.items()) {
      if (item instanceof Assembly.Label label && !Assembly.isLocal(label.name())) {
        own.addAll(isLibrary(function) ? List.of() : function);
        function.clear();
      }
      function.add(item);
    }
    own.addAll(isLibrary(function) ? List.of() : function);
    own.removeIf(item -> item instanceof Assembly.Place place && Source.isInternal(place.file()));
    return Assembly.of(whole.version(), own, List.of());
  }

  /** Whether the first place that a function's code stands for is in the library. */
  private static boolean isLibrary(List<Assembly.Item> function) {
    return function.stream()
        .filter(Assembly.Place.class::isInstance)
        .map(Assembly.Place.class::cast)
        .findFirst()
        .filter(place -> Source.isInternal(place.file()))
        .isPresent();
  }

  private static String complaints(Path file) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    compile(file, diagnostics);
    assertThat(diagnostics.list()).isNotEmpty();
    return render(diagnostics);
  }

  private static String render(Diagnostics diagnostics) {
    TextRenderer renderer = new TextRenderer();
    return diagnostics.list().stream()
        .map((Diagnostic diagnostic) -> renderer.render(diagnostic))
        .collect(Collectors.joining("\n"));
  }
}

package dev.ovsm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.TextRenderer;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            .filter(function -> !function.span().source().name().startsWith("<"))
            .toList();
    return IrPrinter.print(
        new Module(
            module.name(), own, module.data(), module.entries(), module.maps(), module.arrays()));
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

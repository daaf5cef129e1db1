package dev.ovsm.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that sources import, found beside the importing one and read once. */
class ImportsTest {
  @TempDir Path folder;

  private Compilation compile(String main, Diagnostics found) throws IOException {
    Path file = folder.resolve("main.ovsm");
    Files.writeString(file, main);
    return Compilation.of(
        List.of(new Source(file.toString(), main)), Compilation.Target.DEFAULT, found);
  }

  @Test
  void readsFilesThatImportEachOther() throws IOException {
    Path library = Files.createDirectory(folder.resolve("lib"));
    Files.writeString(
        library.resolve("a.ovsm"),
        "(import \"b.ovsm\") (defmacro twice (x) `(* 2 ,x)) (defun f (x) (twice (g x)))");
    Files.writeString(
        library.resolve("b.ovsm"), "(import \"a.ovsm\") (defun g (x) (+ x (twice 1)))");
    Diagnostics found = new Diagnostics();
    Compilation made = compile("(import \"lib/a.ovsm\" \"lib/b.ovsm\") (f (twice 3))", found);
    assertThat(found.list()).isEmpty();
    assertThat(made.elf()).isPresent();
  }

  @Test
  void saysWhatIsNotThere() throws IOException {
    Diagnostics found = new Diagnostics();
    assertThat(compile("(import \"lib/none.ovsm\") 1", found).elf()).isEmpty();
    assertThat(found.list())
        .extracting(Diagnostic::code)
        .containsExactly(LanguageCode.UNKNOWN_MODULE);
  }
}

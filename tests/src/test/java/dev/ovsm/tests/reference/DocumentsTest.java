package dev.ovsm.tests.reference;

import dev.ovsm.tests.golden.Golden;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void opcodes() throws IOException {
    Golden.check(DOCS.resolve("opcodes.md"), Documents.opcodes());
  }

  @Test
  void syscalls() throws IOException {
    Golden.check(DOCS.resolve("syscalls.md"), Documents.syscalls());
  }

  @Test
  void diagnostics() throws IOException {
    Golden.check(DOCS.resolve("diagnostics.md"), Documents.diagnostics());
  }

  @Test
  void library() throws IOException {
    Golden.check(DOCS.resolve("library.md"), LibraryReference.print());
  }
}

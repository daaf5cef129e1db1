package dev.ovsm.elf;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.diag.Source;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembler;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.AssemblyParser;
import dev.ovsm.sbpf.asm.Text;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes program files from assembly. */
public final class AssemblyFile {
  private AssemblyFile() {}

  /**
   * The file that assembly text says; nothing if it has errors.
   *
   * @param version the version to assemble for, or null for the one that the text names
   */
  public static Optional<byte[]> assemble(
      Source source, @Nullable Version version, Diagnostics diagnostics) {
    return AssemblyParser.parse(source, version, diagnostics)
        .flatMap(assembly -> assemble(assembly, diagnostics));
  }

  /** The file of an assembly; nothing if it has errors. */
  public static Optional<byte[]> assemble(Assembly assembly, Diagnostics diagnostics) {
    Version version = assembly.version();
    if (assembly.image().isEmpty() && !ElfWriter.writes(version)) {
      diagnostics.add(
          Diagnostic.in(
                  ".sbpf " + version.word(),
                  ObjectCode.UNSUPPORTED_VERSION,
                  "files of sBPF " + version.word() + " are not laid out")
              .withHelp("assemble for v0 or v3, or give the bytes around the code with .raw"));
      return Optional.empty();
    }
    return Assembler.assemble(assembly, diagnostics).map(text -> file(assembly, text));
  }

  private static byte[] file(Assembly assembly, Text text) {
    return assembly
        .image()
        .map(
            image ->
                new ByteWriter()
                    .raw(image.before())
                    .raw(ElfWriter.linked(text, 0, 0))
                    .raw(image.after())
                    .toByteArray())
        .orElseGet(() -> ElfWriter.write(text, assembly.sections()));
  }
}

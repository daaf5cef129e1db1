package dev.ovsm.cli.emit;

import dev.ovsm.cli.idl.Idl;
import dev.ovsm.cli.program.Certification;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.frontend.ast.AstPrinter;
import dev.ovsm.frontend.read.FormPrinter;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.text.IrPrinter;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.asm.AssemblyPrinter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A text that the compiler can write beside a program, by its word in {@code --emit}. */
public enum Artifact {
  /** The forms of the sources after macro expansion. */
  FORMS("forms", "") {
    @Override
    String text(Compilation compilation, Pubkey address) {
      return compilation.phases().expanded().stream()
          .map(FormPrinter::print)
          .collect(Collectors.joining());
    }
  },
  /** The program with every name resolved. */
  AST("ast", "") {
    @Override
    String text(Compilation compilation, Pubkey address) {
      return AstPrinter.print(Objects.requireNonNull(compilation.phases().program()));
    }
  },
  /** The IR that the machine code is made of, optimised. */
  IR("ir", "") {
    @Override
    String text(Compilation compilation, Pubkey address) {
      return IrPrinter.print(compilation.code().orElseThrow().verified().module());
    }
  },
  /** The machine code; {@code ovsm asm} makes the same program of it. */
  ASM("s", "") {
    @Override
    String text(Compilation compilation, Pubkey address) {
      return AssemblyPrinter.print(compilation.assembly().orElseThrow());
    }
  },
  /** What users may call and what they exchange with the program, for Anchor's tools. */
  IDL("json", "idl") {
    @Override
    String text(Compilation compilation, Pubkey address) {
      return interfaceOf(compilation, address).json();
    }
  },
  /** The same as a module of TypeScript. */
  TS("ts", "types") {
    @Override
    String text(Compilation compilation, Pubkey address) {
      return interfaceOf(compilation, address).typeScript();
    }
  },
  /**
   * What the verifier's checker needs to see again, in one pass, that every execution is bounded.
   */
  CERT("cert", "") {
    @Override
    String text(Compilation compilation, Pubkey address) {
      return Certification.of(compilation.elf().orElseThrow());
    }

    @Override
    public List<Diagnostic> refusal(byte[] file, byte[] elf) {
      return Certification.refusal(file, elf);
    }
  };

  /** The folder of programs, beside which clients look for what they need. */
  private static final String DEPLOY = "deploy";

  private final String suffix;
  private final String folder;

  Artifact(String suffix, String folder) {
    this.suffix = suffix;
    this.folder = folder;
  }

  abstract String text(Compilation compilation, Pubkey address);

  /** Why a file cannot stand beside the program; nothing if it can. */
  public List<Diagnostic> refusal(byte[] file, byte[] elf) {
    return List.of();
  }

  private static Idl interfaceOf(Compilation compilation, Pubkey address) {
    Module module = Objects.requireNonNull(compilation.phases().module());
    return Idl.of(compilation.phases(), module, address);
  }

  /**
   * The bytes of the file, of a compilation that made a program.
   *
   * @param address of the program
   */
  public byte[] bytes(Compilation compilation, Pubkey address) {
    return text(compilation, address).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a file is named as this is, rather than as a program. */
  public boolean isNameOf(String file) {
    return file.endsWith("." + suffix);
  }

  /**
   * Where the file goes: beside the program under its name; what clients read goes from {@code
   * deploy} to the folder beside it where Anchor keeps it.
   */
  public Path beside(Path program) {
    String file = String.valueOf(program.getFileName());
    String stem = file.endsWith(".so") ? file.substring(0, file.length() - 3) : file;
    String name = stem + "." + suffix;
    Path parent = program.getParent();
    if (folder.isEmpty() || parent == null || !parent.endsWith(DEPLOY)) {
      return program.resolveSibling(name);
    }
    return parent.resolveSibling(folder).resolve(name);
  }
}

package dev.ovsm.elf;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembler;
import dev.ovsm.sbpf.asm.AssemblyBuilder;
import dev.ovsm.sbpf.asm.Text;
import java.util.List;

/** Small programs for the tests of this package. */
final class Samples {
  private static final Source SOURCE = new Source("hello.ovsm", "(hello)\n(bye)\n");

  private Samples() {}

  /** {@code mov64 r0, 0; exit}, without a name. */
  static Text smallest(Version version) {
    List<Insn> insns =
        List.of(new Insn(Opcode.MOV64_IMM, 0, 0, 0, 0), new Insn(Opcode.EXIT, 0, 0, 0, 0));
    byte[] code = Encoder.encode(version, insns);
    return new Text(version, code, new byte[0], List.of(), List.of(), List.of(), 0);
  }

  /** Two functions, data, a syscall, a call, places in a source; execution begins in slot 1. */
  static Text hello(Version version) {
    Span first = new Span(SOURCE, 0, 7);
    Span second = new Span(SOURCE, 9, 12);
    return assemble(
        new AssemblyBuilder(version)
            .label("helper")
            .code(new Insn(Opcode.EXIT, 0, 0, 0, 0), Span.none())
            .label("entrypoint")
            .address(1, "greeting", 0, first)
            .address(3, "helper", 0, first)
            .code(new Insn(Opcode.MOV64_IMM, 2, 0, 0, 5), first)
            .syscall("sol_log_", second)
            .call("helper", second)
            .code(new Insn(Opcode.EXIT, 0, 0, 0, 0), Span.none())
            .data("greeting", "hello".getBytes(UTF_8), 1));
  }

  static Text assemble(AssemblyBuilder assembly) {
    return Assembler.assemble(assembly.build(), new Diagnostics()).orElseThrow();
  }
}

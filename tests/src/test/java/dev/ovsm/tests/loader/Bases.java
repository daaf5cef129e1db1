package dev.ovsm.tests.loader;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Span;
import dev.ovsm.elf.ElfWriter;
import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembler;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.AssemblyBuilder;
import dev.ovsm.sbpf.asm.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Small files of every version, nearly all valid, some as we write them, some as older linkers did.
 */
final class Bases {
  private static final int FLAGS = 48;

  private Bases() {}

  static List<byte[]> all() {
    List<byte[]> files = new ArrayList<>();
    for (Version version : List.of(Version.V0, Version.V3)) {
      files.add(ElfWriter.write(smallest(version), List.of()));
      files.add(ElfWriter.write(rich(version), List.of()));
      Assembly.Section extra = new Assembly.Section(".ovsm", new byte[] {1, 2, 3, 4});
      files.add(ElfWriter.write(rich(version), List.of(extra)));
    }
    files.add(withVersion(1, ElfWriter.write(rich(Version.V0), List.of())));
    files.add(withVersion(2, ElfWriter.write(smallest(Version.V0), List.of())));
    files.add(withVersion(2, ElfWriter.write(secondVersion(), List.of())));
    files.add(withVersion(4, ElfWriter.write(smallest(Version.V3), List.of())));
    for (int version = 0; version < 3; version++) {
      files.add(withVersion(version, LinkedElf.file()));
    }
    files.add(LinkedElf.file("entrypoint", false));
    files.add(LinkedElf.file("entrypoint", true));
    files.add(LinkedElf.file("function", true));
    return files;
  }

  private static byte[] withVersion(int version, byte[] elf) {
    elf[FLAGS] = (byte) version;
    return elf;
  }

  private static Text smallest(Version version) {
    Assembly assembly =
        new AssemblyBuilder(version)
            .label("entrypoint")
            .code(new Insn(Opcode.MOV64_IMM, 0, 0, 0, 0), Span.none())
            .code(new Insn(Opcode.EXIT, 0, 0, 0, 0), Span.none())
            .build();
    Text text = Assembler.assemble(assembly, new Diagnostics()).orElseThrow();
    return new Text(version, text.code(), text.readOnly(), List.of(), List.of(), List.of(), 0);
  }

  private static Text rich(Version version) {
    Assembly assembly =
        new AssemblyBuilder(version)
            .label("helper")
            .code(new Insn(Opcode.RSH64_IMM, 1, 0, 0, 3), Span.none())
            .code(new Insn(Opcode.BE, 1, 0, 0, 16), Span.none())
            .code(new Insn(Opcode.EXIT, 0, 0, 0, 0), Span.none())
            .label("entrypoint")
            .address(1, "greeting", 0, Span.none())
            .code(new Insn(Opcode.MOV64_IMM, 2, 0, 0, 5), Span.none())
            .syscall("sol_log_", Span.none())
            .syscall("sol_remaining_compute_units", Span.none())
            .syscall("nobody_offers_this", Span.none())
            .call("helper", Span.none())
            .code(new Insn(Opcode.DIV64_IMM, 2, 0, 0, 5), Span.none())
            .code(new Insn(Opcode.STXDW, 10, 2, -8, 0), Span.none())
            .jump(new Insn(Opcode.JEQ64_IMM, 2, 0, 0, 1), ".end", Span.none())
            .address(3, "helper", 0, Span.none())
            .code(new Insn(Opcode.MOV64_IMM, 0, 0, 0, 0), Span.none())
            .label(".end")
            .code(new Insn(Opcode.EXIT, 0, 0, 0, 0), Span.none())
            .data("greeting", "hello, machine".getBytes(UTF_8), 1)
            .build();
    return Assembler.assemble(assembly, new Diagnostics()).orElseThrow();
  }

  /** Code that is valid in version 2 only. */
  private static Text secondVersion() {
    List<Insn> insns =
        List.of(
            new Insn(Opcode.ADD64_IMM, 10, 0, 0, 64),
            new Insn(Opcode.UDIV64_IMM, 1, 0, 0, 7),
            new Insn(Opcode.HOR64, 1, 0, 0, 7),
            new Insn(Opcode.LDXW, 2, 10, -8, 0),
            new Insn(Opcode.CALLX, 0, 3, 0, 0),
            new Insn(Opcode.EXIT, 0, 0, 0, 0));
    byte[] code = Encoder.encode(Version.V2, insns);
    return new Text(Version.V0, code, new byte[9], List.of(), List.of(), List.of(), 0);
  }
}

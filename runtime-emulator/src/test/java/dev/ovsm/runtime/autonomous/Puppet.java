package dev.ovsm.runtime.autonomous;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.ElfWriter;
import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.asm.Assembler;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.AssemblyParser;
import dev.ovsm.sbpf.asm.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program in assembly that does what its instruction data says: a script of system calls with
 * their arguments, of which each can be the result of an earlier one.
 *
 * <p>The data is {u64 discriminator, u64 offset of the script for discriminator 0, 1, 2} and
 * scripts: {u64 count, operations of 88 bytes {u64 number, five times {u64 is a result, u64 value
 * or operation}}}. Results are kept in the heap and logged.
 */
final class Puppet {
  /** Where results are kept. */
  static final long RESULTS = 0x3_0000_4000L;

  static final int OPERATION_BYTES = 88;

  /** What it can do besides system calls: [r1] = r2. */
  static final int STORE = 1000;

  /** Result is [r1]. */
  static final int LOAD = 1001;

  /** Exits with r1. */
  static final int EXIT = 1002;

  /** Skips r3 operations if r1 equals r2. */
  static final int SKIP_IF_EQUAL = 1003;

  /** Executes 2·r1 instructions. */
  static final int SPIN = 1004;

  /** Result is the byte [r1]. */
  static final int LOAD_BYTE = 1005;

  private static final Text CODE = assembled(text());

  private Puppet() {}

  /** The program's file, with a manifest or without. */
  static byte[] elf(@Nullable Manifest manifest) {
    return elf(CODE, manifest);
  }

  /** The file of a program in assembly, with a manifest or without. */
  static byte[] elf(String text, @Nullable Manifest manifest) {
    return elf(assembled(text), manifest);
  }

  private static byte[] elf(Text code, @Nullable Manifest manifest) {
    return ElfWriter.write(
        code,
        manifest == null
            ? List.of()
            : List.of(new Assembly.Section(Manifest.SECTION, manifest.encode())));
  }

  private static Text assembled(String text) {
    Diagnostics diagnostics = new Diagnostics();
    return AssemblyParser.parse(new Source("puppet.s", text), null, diagnostics)
        .flatMap(assembly -> Assembler.assemble(assembly, diagnostics))
        .orElseThrow(() -> new AssertionError(diagnostics.list().toString()));
  }

  private static String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        """
        .sbpf v0
        .text
        entrypoint:
            ldxdw r3, [r2+0]
            mov64 r4, r2
            jgt r3, 2, first
            lsh64 r3, 3
            add64 r4, r3
        first:
            ldxdw r6, [r4+8]
            add64 r6, r2
            ldxdw r7, [r6+0]
            add64 r6, 8
            mov64 r8, 0
        loop:
            jge r8, r7, done
        """);
    for (int i = 0; i < 5; i++) {
      int at = 8 + 16 * i;
      lines.add("ldxdw r0, [r6+" + (at + 8) + "]");
      lines.add("ldxdw r1, [r6+" + at + "]");
      lines.add("jeq r1, 0, plain" + i);
      lines.add("lsh64 r0, 3");
      lines.add("lddw r1, " + RESULTS);
      lines.add("add64 r1, r0");
      lines.add("ldxdw r0, [r1+0]");
      lines.add("plain" + i + ":");
      lines.add("stxdw [r10-" + 8 * (i + 1) + "], r0");
    }
    lines.add("ldxdw r9, [r6+0]");
    for (int i = 0; i < 5; i++) {
      lines.add("ldxdw r" + (i + 1) + ", [r10-" + 8 * (i + 1) + "]");
    }
    for (Syscall syscall : Syscall.values()) {
      if (isCallable(syscall)) {
        lines.add("jne r9, " + syscall.hash() + ", not_" + syscall.symbol());
        lines.add("syscall " + syscall.symbol());
        lines.add("ja after");
        lines.add("not_" + syscall.symbol() + ":");
      }
    }
    lines.add(
        """
            jne r9, 1000, notstore
            stxdw [r1+0], r2
            mov64 r0, 0
            ja after
        notstore:
            jne r9, 1001, notload
            ldxdw r0, [r1+0]
            ja after
        notload:
            jne r9, 1002, notexit
            mov64 r0, r1
            exit
        notexit:
            jne r9, 1003, notskip
            mov64 r0, 0
            jne r1, r2, after
            add64 r8, r3
            mul64 r3, 88
            add64 r6, r3
            ja after
        notskip:
            jne r9, 1004, notspin
            jeq r1, 0, after
        spin:
            sub64 r1, 1
            jne r1, 0, spin
            ja after
        notspin:
            ldxb r0, [r1+0]
        after:
            lddw r1, 12884918272
            mov64 r2, r8
            lsh64 r2, 3
            add64 r1, r2
            stxdw [r1+0], r0
            mov64 r1, r8
            mov64 r2, r0
            mov64 r3, 0
            mov64 r4, 0
            mov64 r5, 0
            syscall sol_log_64_
            add64 r6, 88
            add64 r8, 1
            ja loop
        done:
            mov64 r0, 0
            exit
        """);
    return String.join("\n", lines);
  }

  /** Whether scripts can make a system call. */
  static boolean isCallable(Syscall syscall) {
    return switch (syscall) {
      case SOL_SET_RETURN_DATA, SOL_INVOKE_SIGNED_C, SOL_MEMCPY_ -> true;
      case SOL_TRY_FIND_PROGRAM_ADDRESS, SOL_LOG_ -> true;
      default -> syscall.autonomous();
    };
  }
}

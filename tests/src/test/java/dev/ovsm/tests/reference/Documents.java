package dev.ovsm.tests.reference;

import dev.ovsm.diag.Code;
import dev.ovsm.runtime.autonomous.Refusals;
import dev.ovsm.sbpf.Availability;
import dev.ovsm.sbpf.CostRule;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Form;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints the tables of the tool as documents in Markdown. */
final class Documents {
  private static final String SOURCE =
      "\nThis document is printed from the tables of the tool; a test keeps it so.\n";

  private Documents() {}

  static String opcodes() {
    StringBuilder out = new StringBuilder("# Instructions of sBPF\n").append(SOURCE);
    out.append(
        """

        A slot has 8 bytes: the code byte, destination (low half) and source register, an offset of
        16 bits, an immediate of 32 bits. `lddw` takes two slots. Under each version stands the code
        byte that an instruction has in it.

        | instruction | operands |\
        """);
    for (Version version : Version.values()) {
      out.append(' ').append(version.word()).append(" |");
    }
    out.append("\n|---|---|").append("---|".repeat(Version.values().length)).append('\n');
    for (Opcode op : Opcode.values()) {
      out.append("| `").append(op.mnemonic()).append("` | ");
      String operands = Form.operands(op).replace("|", "or");
      out.append(operands.isEmpty() ? "" : "`" + operands + "`").append(" |");
      for (Version version : Version.values()) {
        out.append(op.in(version) ? String.format(Locale.ROOT, " %02x |", op.code(version)) : " |");
      }
      out.append('\n');
    }
    return out.toString();
  }

  static String syscalls() {
    StringBuilder out = new StringBuilder("# Functions of the machine\n").append(SOURCE);
    out.append(
        """

        A program calls them with `syscall NAME`. Arguments are in r1 to r5: `in*`, `out*` and
        `inout*` are addresses of memory that is read, written or both. The result is in r0. The
        cost is in compute units, on top of one for the instruction. What the autonomous runtime
        refuses fails with a code: it is the result where that is a `code`; else the result is 0 and
        `sol_async_last_error` tells.
        """);
    for (Availability availability : Availability.values()) {
      out.append("\n## ").append(availability.word()).append('\n');
      Stream.of(Syscall.values())
          .filter(syscall -> syscall.availability() == availability)
          .forEach(syscall -> syscall(out, syscall));
    }
    return out.toString();
  }

  private static void syscall(StringBuilder out, Syscall syscall) {
    out.append("\n### `").append(syscall.symbol()).append("`\n\n").append(syscall.doc());
    String arguments =
        syscall.arguments().stream()
            .map(argument -> argument.name() + ": " + argument.kind().word())
            .collect(Collectors.joining(", "));
    out.append("\n\n`(").append(arguments).append(") → ").append(syscall.result().word());
    out.append("`; costs ").append(cost(syscall));
    out.append("; hash `").append(String.format(Locale.ROOT, "0x%08x", syscall.hash()));
    out.append("`.\n");
    if (!Refusals.of(syscall).isEmpty()) {
      out.append("\nCan fail with ").append(codes(syscall)).append(".\n");
    }
  }

  private static String codes(Syscall syscall) {
    return Refusals.of(syscall).stream()
        .map(code -> code.number() + " " + code)
        .collect(Collectors.joining(", "));
  }

  private static String cost(Syscall syscall) {
    CostRule cost = syscall.cost();
    return cost.formula(syscall.arguments());
  }

  static String diagnostics() {
    StringBuilder out = new StringBuilder("# Diagnostics\n").append(SOURCE);
    out.append("\n`ovsm explain CODE` prints the same.\n");
    Code.all()
        .forEach(
            code -> {
              out.append("\n## ").append(code.id()).append(": ").append(code.title());
              out.append("\n\n*").append(code.severity().word()).append("*\n\n");
              out.append(code.explanation());
            });
    return out.toString();
  }
}

package dev.ovsm.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.ovsm.cli.failure.Failures;
import dev.ovsm.cli.failure.Told;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.ProgramFile;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.bank.Sandbox;
import dev.ovsm.runtime.trace.TraceWriter;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.sbpf.Program;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm exec FILE.so}: runs a program on a raw input region, without accounts. */
@CommandLine.Command(
    name = "exec",
    description = "Run a compiled program on an input region of plain bytes, without accounts.",
    footer = {
      "",
      "r1 points to the input region, r2 is 0; calls of other programs are not there.",
      "",
      "Examples:",
      "  ovsm exec kernel.so --input 0a1b --engine jit",
      "  ovsm exec kernel.so --budget 5000 --json",
      "",
      "Exit codes: 0 it returned, whatever r0 is, 1 it faulted, 2 wrong usage,",
      "3 the file is no program, 4 a file cannot be read or written."
    })
final class ExecCommand implements Command {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  @Parameters(arity = "1", paramLabel = "FILE.so", description = "The program.")
  private String file = "";

  @Option(
      names = "--input",
      paramLabel = "HEX",
      description = "The bytes of the input region, which r1 points to; none by default.")
  private String input = "";

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "Compute units that the program may use (default: ${DEFAULT-VALUE}).")
  private long budget = 1_400_000;

  @Mixin private MachineOptions machine = new MachineOptions();

  @Override
  public ExitCode run(Terminal terminal) {
    Optional<byte[]> bytes = inputBytes();
    if (bytes.isEmpty() || budget < 0) {
      terminal.report(bytes.isEmpty() ? wrongInput() : wrongBudget());
      return ExitCode.USAGE;
    }
    Diagnostics found = new Diagnostics();
    Optional<byte[]> elf = InputFile.bytes(file, InputFile.MOST_PROGRAM, found);
    LoaderConfig loader = machine.loader(Sandbox.registered());
    Optional<Program> program = elf.flatMap(read -> ProgramFile.load(file, read, loader, found));
    if (program.isEmpty()) {
      found.list().forEach(terminal::report);
      return elf.isEmpty() ? ExitCode.ENVIRONMENT : ExitCode.NOT_A_PROGRAM;
    }
    TraceWriter.Traced traced = new TraceWriter.Traced(null, elf.get());
    Optional<Tracing> tracing = machine.tracing(vm -> Optional.of(traced), found);
    if (tracing.isEmpty()) {
      found.list().forEach(terminal::report);
      return ExitCode.ENVIRONMENT;
    }
    Sandbox.Result result =
        Sandbox.run(program.get(), bytes.get().clone(), budget, tracing.get().engine());
    Optional<Told> told = told(program.get(), elf.get(), bytes.get(), result.outcome());
    if (machine.json()) {
      JsonObject outcome = outcome(result);
      boolean isFault = result.outcome().fault() != null;
      told.filter(one -> (isFault ? one.where() : one.what()).isPresent())
          .ifPresent(one -> outcome.add("failed_at", one.json()));
      terminal.out().println(GSON.toJson(outcome));
    } else {
      print(terminal, result, told);
    }
    Diagnostics lost = new Diagnostics();
    if (!tracing.get().isComplete(lost)) {
      lost.list().forEach(terminal::report);
      return ExitCode.ENVIRONMENT;
    }
    return result.outcome().fault() == null ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private Optional<byte[]> inputBytes() {
    try {
      return Optional.of(
          HexFormat.of().parseHex(input.startsWith("0x") ? input.substring(2) : input));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Diagnostic wrongInput() {
    return Diagnostic.in("--input", CommandCode.USAGE, "--input takes pairs of hex digits")
        .withHelp("write 0a1b for the two bytes 10 and 27");
  }

  private Diagnostic wrongBudget() {
    return Diagnostic.in("--budget", CommandCode.USAGE, "--budget cannot be " + budget)
        .withHelp("give a number of compute units, at least 0");
  }

  private Optional<Told> told(Program program, byte[] elf, byte[] bytes, Outcome outcome) {
    return outcome.fault() == null && outcome.r0() == 0
        ? Optional.empty()
        : Sandbox.blame(program, bytes, budget)
            .map(blame -> Failures.of(elf, blame, code(outcome)));
  }

  private static @Nullable Long code(Outcome outcome) {
    return outcome.fault() == null ? Long.valueOf(outcome.r0()) : null;
  }

  private void print(Terminal terminal, Sandbox.Result result, Optional<Told> told) {
    Outcome outcome = result.outcome();
    result.logs().forEach(terminal.out()::println);
    if (outcome.fault() == null) {
      terminal.out().println("r0 = " + hex(outcome.r0()));
      told.filter(one -> one.what().isPresent())
          .ifPresent(one -> terminal.out().println("  at " + one.words()));
    }
    terminal
        .out()
        .println(
            outcome.instructions()
                + " instructions, "
                + (budget - outcome.remaining())
                + " of "
                + budget
                + " compute units");
    if (outcome.fault() != null) {
      terminal.report(diagnostic(outcome.fault(), told));
    }
  }

  private Diagnostic diagnostic(Fault fault, Optional<Told> told) {
    Diagnostic diagnostic =
        Diagnostic.in("instruction " + fault.pc() + " of " + file, RunCode.FAULT, fault.text());
    return told.flatMap(Told::where)
        .map(where -> diagnostic.withNote("it stands for " + where))
        .orElse(diagnostic)
        .withHelp("ovsm disasm " + file + " shows the instruction");
  }

  private JsonObject outcome(Sandbox.Result result) {
    Outcome outcome = result.outcome();
    JsonObject object = new JsonObject();
    object.addProperty("v", 1);
    object.addProperty("type", "outcome");
    object.addProperty("result", outcome.fault() == null ? "ok" : "fault");
    if (outcome.fault() == null) {
      object.addProperty("r0", hex(outcome.r0()));
      object.add("fault", JsonNull.INSTANCE);
    } else {
      object.add("r0", JsonNull.INSTANCE);
      object.add("fault", fault(outcome.fault()));
    }
    object.addProperty("instructions", outcome.instructions());
    object.addProperty("compute_units", budget - outcome.remaining());
    JsonArray logs = new JsonArray();
    result.logs().forEach(logs::add);
    object.add("logs", logs);
    return object;
  }

  private static JsonObject fault(Fault fault) {
    JsonObject object = new JsonObject();
    object.addProperty("kind", fault.kind().word());
    object.addProperty("pc", fault.pc());
    object.addProperty("text", fault.text());
    Fault.@Nullable Violation violation = fault.violation();
    if (violation != null) {
      object.addProperty("access", violation.access().name().toLowerCase(Locale.ROOT));
      object.addProperty("address", hex(violation.address()));
      object.addProperty("length", violation.length());
    }
    return object;
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}

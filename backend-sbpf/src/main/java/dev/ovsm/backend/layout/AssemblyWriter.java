package dev.ovsm.backend.layout;

import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Span;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.work.Workers;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.AssemblyBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes functions with their final registers as assembly. */
public final class AssemblyWriter {
  /** With more blocks than these, functions are worth the start of threads. */
  private static final int MANY_BLOCKS = 500;

  private final AssemblyBuilder out;
  private final DataPool pool;
  private int labels;

  private AssemblyWriter(Version version, DataPool pool) {
    this.out = new AssemblyBuilder(version);
    this.pool = pool;
  }

  /**
   * The assembly of functions in their order, the entrypoint first, and of the data they use.
   * Frames that are too large are told as diagnostics.
   */
  public static Assembly write(
      Module module, List<MachineFunction> functions, Version version, Diagnostics diagnostics) {
    List<List<Line>> lines = new ArrayList<>();
    for (Laid laid : Workers.each(functions, isMuch(functions), AssemblyWriter::lay)) {
      laid.overflow.ifPresent(diagnostics::add);
      lines.add(laid.lines);
    }
    AssemblyWriter writer = new AssemblyWriter(version, new DataPool(module, lines));
    for (int i = 0; i < lines.size(); i++) {
      writer.function(functions.get(i), lines.get(i));
    }
    boolean isLow = version.enableLowerRodataVaddr();
    writer.pool.write(writer.out, isLow && lines.stream().anyMatch(AssemblyWriter::isAutonomous));
    return writer.out.build();
  }

  /** Whether a function calls what only the autonomous runtime has. */
  private static boolean isAutonomous(List<Line> lines) {
    return lines.stream()
        .anyMatch(
            line ->
                line instanceof Line.Step step
                    && step.code().link() instanceof Link.Host host
                    && Syscall.of(host.syscall()).filter(Syscall::autonomous).isPresent());
  }

  /** A function's lines, and that its frame is too large if it is. */
  private record Laid(Optional<Diagnostic> overflow, List<Line> lines) {}

  private static Laid lay(MachineFunction function) {
    Optional<Diagnostic> overflow = FrameLayout.resolve(function);
    Jumps.thread(function);
    return new Laid(overflow, LongJumps.bridge(Linearizer.lines(function)));
  }

  private static boolean isMuch(List<MachineFunction> functions) {
    return functions.stream().mapToInt(f -> f.blocks().size()).sum() > MANY_BLOCKS;
  }

  /**
   * Writes a function. What has no place of its own, such as a jump, has the place of what stands
   * before it in its block, and at a block's start that of the function.
   */
  private void function(MachineFunction function, List<Line> lines) {
    out.label(function.name());
    Set<Integer> used = new HashSet<>();
    for (Line line : lines) {
      if (line instanceof Line.Step step && step.target() != Line.NONE) {
        used.add(step.target());
      }
    }
    Map<Integer, String> names = new HashMap<>();
    for (Line line : lines) {
      if (line instanceof Line.Mark mark && used.contains(mark.label())) {
        names.put(mark.label(), ".L" + labels++);
      }
    }
    Span place = function.span();
    for (Line line : lines) {
      if (line instanceof Line.Step step) {
        Span own = step.code().span();
        place = own.isReal() ? own : place;
        step(step, place, names);
      } else if (line instanceof Line.Mark mark && names.containsKey(mark.label())) {
        out.label(names.getOrDefault(mark.label(), ""));
        place = function.span();
      }
    }
  }

  private void step(Line.Step step, Span span, Map<Integer, String> names) {
    Code code = step.code();
    if (step.target() != Line.NONE) {
      Insn jump = new Insn(code.op(), code.dst(), code.src(), 0, code.imm());
      out.jump(jump, names.getOrDefault(step.target(), ""), span);
    } else if (code.link() instanceof Link.Callee callee) {
      out.call(callee.function(), span);
    } else if (code.link() instanceof Link.Host host) {
      out.syscall(host.syscall(), span);
    } else if (code.link() instanceof Link.Data data) {
      DataPool.Place place = pool.place(data.data());
      out.address(code.dst(), place.symbol(), place.offset(), span);
    } else {
      Opcode op = code.op();
      out.code(new Insn(op, code.dst(), code.src(), code.off(), code.imm()), span);
    }
  }
}

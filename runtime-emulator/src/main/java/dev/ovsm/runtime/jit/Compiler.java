package dev.ovsm.runtime.jit;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.sbpf.Insn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a program: finds its blocks, functions and live registers, writes and defines classes.
 */
final class Compiler {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private Compiler() {}

  /**
   * Compiles a program, or returns null if nothing of it can be.
   *
   * @param fixedFrames whether r10 begins where it always does
   * @param results the registers whose values matter at the end
   */
  static @Nullable Compiled compile(
      Executable executable, boolean fixedFrames, int results, Limits limits) {
    Flow flow = new Flow(executable);
    if (!flow.isRegular()) {
      return null;
    }
    Functions functions = new Functions(flow, limits.copies());
    Function main = functions.beginningWith(flow.blockAt(flow.program().entryPc()));
    if (main == null) {
      return null;
    }
    Liveness liveness = new Liveness(flow, functions, results);
    Compilation compilation = new Compilation(flow, functions, liveness, fixedFrames);
    Unit[] unitOf = new Unit[functions.all().size()];
    for (List<Function> some : units(functions.all(), limits)) {
      Unit unit = define(new UnitEmitter(compilation, some).emit(limits));
      some.forEach(function -> unitOf[function.index()] = unit);
    }
    return new Compiled(unitOf, functionAt(flow, functions), remainders(flow));
  }

  /** Cuts the list of functions so that each class stays within its limits. */
  private static List<List<Function>> units(List<Function> functions, Limits limits) {
    List<List<Function>> units = new ArrayList<>();
    List<Function> some = new ArrayList<>();
    int size = 0;
    for (Function function : functions) {
      if (!some.isEmpty() && size + function.size() > limits.unitInstructions()) {
        units.add(List.copyOf(some));
        some.clear();
        size = 0;
      }
      some.add(function);
      size += function.size();
    }
    units.add(some);
    return units;
  }

  private static Unit define(byte[] classFile) {
    try {
      MethodHandles.Lookup lookup = LOOKUP.defineHiddenClass(classFile, true, ClassOption.NESTMATE);
      return (Unit) lookup.lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the generated class is not accepted", e);
    }
  }

  private static int[] functionAt(Flow flow, Functions functions) {
    int[] functionAt = new int[flow.program().slots()];
    Arrays.fill(functionAt, -1);
    for (int slot : flow.addresses()) {
      Function function = functions.beginningWith(flow.blockAt(slot));
      if (function != null) {
        functionAt[slot] = function.index();
      }
    }
    return functionAt;
  }

  private static int[] remainders(Flow flow) {
    int[] remainders = new int[flow.program().slots() + 1];
    for (Block block : flow.blocks()) {
      int left = block.size();
      int pc = block.first();
      while (left > 1) {
        left--;
        remainders[pc] = left;
        Insn insn = flow.insn(pc);
        pc += insn.op().slots();
      }
    }
    return remainders;
  }
}

package dev.ovsm.runtime.jit;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.sbpf.Insn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compiles a program: finds blocks, functions and live registers, writes and defines classes. */
final class Compiler {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final Compilation compilation;
  private final Limits limits;
  private final List<List<Function>> units;

  private Compiler(Compilation compilation, Limits limits) {
    this.compilation = compilation;
    this.limits = limits;
    this.units = units(compilation.functions().all(), limits);
  }

  /**
   * Prepares to compile a program; empty if it is not one that can be.
   *
   * @param fixedFrames whether r10 begins where it always does
   * @param results the registers whose values matter at the end
   */
  static Optional<Compiler> of(
      Executable executable, boolean fixedFrames, int results, Limits limits) {
    Flow flow = new Flow(executable);
    Functions functions = new Functions(flow, limits);
    Block main = flow.blockAt(flow.program().entryPc());
    if (!flow.isRegular() || functions.beginningWith(main) == null) {
      return Optional.empty();
    }
    Liveness liveness = new Liveness(flow, functions, results);
    return Optional.of(
        new Compiler(new Compilation(flow, functions, liveness, fixedFrames), limits));
  }

  Compiled compile() {
    Unit[] unitOf = new Unit[compilation.functions().all().size()];
    for (List<Function> some : units) {
      Unit unit = define(classFile(some));
      some.forEach(function -> unitOf[function.index()] = unit);
    }
    return new Compiled(unitOf, functionAt(), remainders());
  }

  /** The classes as they are defined. */
  List<byte[]> classFiles() {
    return units.stream().map(this::classFile).toList();
  }

  private byte[] classFile(List<Function> functions) {
    return new UnitEmitter(compilation, functions).emit(limits);
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

  private int[] functionAt() {
    Flow flow = compilation.flow();
    int[] functionAt = new int[flow.program().slots()];
    Arrays.fill(functionAt, -1);
    for (int slot : flow.addresses()) {
      Function function = compilation.functions().beginningWith(flow.blockAt(slot));
      if (function != null) {
        functionAt[slot] = function.index();
      }
    }
    return functionAt;
  }

  private int[] remainders() {
    Flow flow = compilation.flow();
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

package dev.ovsm.ir.check;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that a module is IR at all. The invariants:
 *
 * <ol>
 *   <li>Functions have distinct names; entries name functions; {@code entrypoint} and entries take
 *       a {@code PTR} and return a {@code U64}.
 *   <li>A function has at least one block and at most five parameters; a block's id is its index;
 *       nothing jumps to block 0.
 *   <li>A value is defined once, and every use in a reachable block is dominated by it and has its
 *       type.
 *   <li>A jump brings as many arguments as its block has parameters, of their types.
 *   <li>Operand and result types fit the operation; constants are canonical; what cannot overflow
 *       has mode {@code WRAP}; sizes are in their limits.
 *   <li>A callee exists and its signature matches; a syscall has at most five arguments and a
 *       result of 64 bits.
 *   <li>Constants of a switch are distinct; a return fits the function; a failure code is a {@code
 *       U64}.
 * </ol>
 */
public final class IrChecker {
  private static final int MOST_PARAMETERS = 5;

  private final Module module;
  private final Map<String, Function> functions = new LinkedHashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private IrChecker(Module module) {
    this.module = module;
  }

  /** Every violation, in the order of the module; empty for well-formed IR. */
  public static List<Violation> check(Module module) {
    IrChecker checker = new IrChecker(module);
    checker.run();
    return checker.violations;
  }

  private void run() {
    for (Function function : module.functions()) {
      if (functions.put(function.name(), function) != null) {
        report(function.name(), "defined twice", function.span());
      }
      if (function.blocks().isEmpty()) {
        report(function.name(), "has no block", function.span());
        return;
      }
      if (function.parameters().size() > MOST_PARAMETERS) {
        report(function.name(), "has more than five parameters", function.span());
      }
    }
    for (Module.Data data : module.data()) {
      if (data.align() < 1 || data.align() > 8 || Integer.bitCount(data.align()) != 1) {
        report("data", "alignment " + data.align(), Span.none());
      }
    }
    if (functions.containsKey(Module.ENTRYPOINT)) {
      entry(Module.ENTRYPOINT, Module.ENTRYPOINT, Span.none());
    }
    for (Entry entry : module.entries()) {
      entry("entry " + entry.name(), entry.function(), entry.span());
    }
    for (Function function : module.functions()) {
      new FunctionChecker(module, functions, function, violations).run();
    }
  }

  private void entry(String place, String name, Span span) {
    Function function = functions.get(name);
    if (function == null) {
      report(place, "no function " + name, span);
    } else if (function.result() != Type.U64
        || !function.parameters().stream().map(Value::type).toList().equals(List.of(Type.PTR))) {
      report(place, "function " + name + " is not (ptr) -> u64", span);
    }
  }

  private void report(String place, String text, Span span) {
    violations.add(new Violation(place, text, span));
  }
}

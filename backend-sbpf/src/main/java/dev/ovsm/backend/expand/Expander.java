package dev.ovsm.backend.expand;

import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.work.Workers;

/**
 * Rewrites IR so that instruction selection needs no control flow of its own. What the result
 * lacks:
 *
 * <ul>
 *   <li>signed division and remainder, {@code MULHI}, checked {@code I64} products, and checked
 *       {@code I64} sums and differences of two unknowns;
 *   <li>{@code Select} and {@code Switch};
 *   <li>comparisons other than as the last instruction before the only branch that uses them;
 *   <li>branches with arguments: only jumps bring them.
 * </ul>
 *
 * <p>The meaning stays the same, failures and their order included.
 */
public final class Expander {
  private Expander() {}

  /** The module with every function rewritten. */
  public static Module expand(Module module) {
    return module.withFunctions(Workers.eachFunction(module.functions(), Expander::expand));
  }

  /** One function, rewritten. */
  public static Function expand(Function function) {
    return new FunctionExpander(InductionAddresses.run(function)).run();
  }
}

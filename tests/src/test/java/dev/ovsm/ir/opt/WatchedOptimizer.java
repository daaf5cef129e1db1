package dev.ovsm.ir.opt;

import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import java.util.function.BiConsumer;

/** The optimiser with somebody looking at what each pass makes of each function. */
public final class WatchedOptimizer {
  private WatchedOptimizer() {}

  /** {@code watch} is told the name of each pass and the function it returned. */
  public static Module optimize(Module module, int level, BiConsumer<String, Function> watch) {
    return Optimizer.optimize(
        module,
        level,
        pass ->
            function -> {
              Function after = pass.run(function);
              synchronized (watch) {
                watch.accept(pass.getClass().getSimpleName(), after);
              }
              return after;
            });
  }
}

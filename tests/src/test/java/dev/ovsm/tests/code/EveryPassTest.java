package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.Compiled;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.ir.opt.WatchedOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every pass makes of a function is well formed, and means what the function meant before;
 * {@code -Dcode.modules=N} sets of how many random modules.
 */
class EveryPassTest {
  private static final int COUNT = Integer.getInteger("code.modules", 60);
  private static final long FIRST = Long.getLong("code.seed", 1);

  @Test
  void randomModulesMeanTheSameAfterEveryPass() {
    int changes = 0;
    for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
      long which = seed;
      Module module = RandomModule.of(seed);
      byte[] input = RandomModule.input(seed);
      Meaning meaning = Runs.interpreted(module, input);
      Watch watch =
          new Watch(
              module,
              (pass, function) -> {
                Module changed = with(module.functions(), function, module);
                assertThat(IrChecker.check(changed)).as("%s, module %d", pass, which).isEmpty();
                assertThat(Runs.interpreted(changed, input))
                    .as("%s, %s of module %d", pass, function.name(), which)
                    .isEqualTo(meaning);
              });
      WatchedOptimizer.optimize(module, Optimizer.ALL, watch);
      changes += watch.changes;
    }
    assertThat(changes).isGreaterThan(10 * COUNT);
  }

  @Test
  void examplesAreWellFormedAfterEveryPass() throws IOException {
    TreeSet<String> passes = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".ovsm")).sorted().toList()) {
        Diagnostics found = new Diagnostics();
        List<Source> sources = InputFile.source(file.toString(), found).stream().toList();
        Compiled compiled = Compilation.phases(sources, found);
        Module module = compiled.module();
        if (module == null) {
          continue;
        }
        List<Function> shells = module.functions().stream().map(EveryPassTest::shell).toList();
        BiConsumer<String, Function> check =
            (pass, function) -> {
              passes.add(pass);
              assertThat(IrChecker.check(with(shells, function, module)))
                  .as("%s, %s of %s", pass, function.name(), file)
                  .isEmpty();
            };
        WatchedOptimizer.optimize(module, Optimizer.ALL, new Watch(module, check));
      }
    }
    assertThat(passes)
        .contains(
            "CheckRemoval",
            "CommonSubexpressions",
            "ControlFlow",
            "DeadCode",
            "JumpThreading",
            "LoadForwarding",
            "LoopInvariants",
            "ScalarReplacement",
            "Simplify",
            "TailMerging");
  }

  private static Module with(List<Function> others, Function function, Module module) {
    return module.withFunctions(
        others.stream()
            .map(other -> other.name().equals(function.name()) ? function : other)
            .toList());
  }

  /** What callers see of a function. */
  private static Function shell(Function function) {
    Terminator end = new Terminator.Unreachable(function.span());
    Block block = new Block(0, function.parameters(), List.of(), end);
    return new Function(function.name(), function.result(), List.of(block), function.span());
  }

  /** Tells of functions that a pass changed. */
  private static final class Watch implements BiConsumer<String, Function> {
    private final Map<String, Function> last = new HashMap<>();
    private final BiConsumer<String, Function> changed;
    private int changes;

    Watch(Module module, BiConsumer<String, Function> changed) {
      this.changed = changed;
      module.functions().forEach(function -> last.put(function.name(), function));
    }

    @Override
    public void accept(String pass, Function function) {
      if (!function.equals(last.put(function.name(), function))) {
        changes++;
        changed.accept(pass, function);
      }
    }
  }
}

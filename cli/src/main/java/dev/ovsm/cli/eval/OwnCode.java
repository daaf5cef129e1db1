package dev.ovsm.cli.eval;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.text.IrPrinter;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.AssemblyPrinter;
import java.util.ArrayList;
import java.util.List;

/** What the compiler makes of the user's own functions. */
final class OwnCode {
  private OwnCode() {}

  static String ir(Compilation compilation) {
    Module module = compilation.code().orElseThrow().verified().module();
    List<Function> own =
        module.functions().stream()
            .filter(function -> !function.span().source().isInternal())
            .toList();
    return IrPrinter.print(
        new Module(
            module.name(),
            own,
            module.data(),
            List.of(),
            module.maps(),
            module.arrays(),
            List.of()));
  }

  static String assembly(Compilation compilation) {
    Assembly whole = compilation.assembly().orElseThrow();
    List<Assembly.Item> own = new ArrayList<>();
    List<Assembly.Item> function = new ArrayList<>();
    for (Assembly.Item item : whole.items()) {
      if (item instanceof Assembly.Label label && !Assembly.isLocal(label.name())) {
        addIfOwn(function, own);
        function.clear();
      }
      function.add(item);
    }
    addIfOwn(function, own);
    own.removeIf(item -> item instanceof Assembly.Place place && Source.isInternal(place.file()));
    return AssemblyPrinter.print(Assembly.of(whole.version(), own, List.of()));
  }

  /** A function belongs to where the first place is that its code stands for. */
  private static void addIfOwn(List<Assembly.Item> function, List<Assembly.Item> own) {
    boolean isLibrary =
        function.stream()
            .filter(Assembly.Place.class::isInstance)
            .map(Assembly.Place.class::cast)
            .findFirst()
            .filter(place -> Source.isInternal(place.file()))
            .isPresent();
    if (!isLibrary) {
      own.addAll(function);
    }
  }
}

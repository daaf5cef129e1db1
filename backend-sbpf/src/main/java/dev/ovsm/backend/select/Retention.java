package dev.ovsm.backend.select;

import dev.ovsm.backend.select.AddressFlow.Fate;
import dev.ovsm.backend.select.AddressFlow.Passed;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which arguments a function may keep beyond its return: it stores them, returns them, or hands
 * them to a function that does. The runtime keeps no address that a syscall gives it.
 */
final class Retention {
  private final Set<Passed> kept = new HashSet<>();

  /** That a parameter is handed on as an argument. */
  private record HandedOn(Passed parameter, Passed argument) {}

  Retention(Module module) {
    List<HandedOn> all = new ArrayList<>();
    for (Function function : module.functions()) {
      AddressFlow flow = new AddressFlow(function);
      for (int i = 0; i < function.parameters().size(); i++) {
        Passed parameter = new Passed(function.name(), i);
        Fate fate = flow.of(function.parameters().get(i));
        if (fate.isKept()) {
          kept.add(parameter);
        }
        fate.passed().forEach(argument -> all.add(new HandedOn(parameter, argument)));
      }
    }
    boolean grows = true;
    while (grows) {
      grows = false;
      for (HandedOn one : all) {
        grows |= kept.contains(one.argument) && kept.add(one.parameter);
      }
    }
  }

  /** Whether an address may be used when the calls that get it have returned. */
  boolean keeps(Fate fate) {
    return fate.isKept() || fate.passed().stream().anyMatch(kept::contains);
  }
}

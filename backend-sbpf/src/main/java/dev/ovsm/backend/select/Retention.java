package dev.ovsm.backend.select;

import dev.ovsm.backend.select.AddressFlow.Fate;
import dev.ovsm.backend.select.AddressFlow.Passed;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.work.Workers;
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

  /** What is known of one function: the parameters that it keeps itself, and hands on. */
  private record Facts(List<Passed> kept, List<HandedOn> handedOn) {}

  Retention(Module module) {
    List<HandedOn> all = new ArrayList<>();
    for (Facts facts : Workers.eachFunction(module.functions(), Retention::facts)) {
      kept.addAll(facts.kept);
      all.addAll(facts.handedOn);
    }
    boolean grows = true;
    while (grows) {
      grows = false;
      for (HandedOn one : all) {
        grows |= kept.contains(one.argument) && kept.add(one.parameter);
      }
    }
  }

  private static Facts facts(Function function) {
    Facts facts = new Facts(new ArrayList<>(), new ArrayList<>());
    boolean hasAddresses =
        function.parameters().stream().anyMatch(parameter -> parameter.type().bits() == 64);
    if (!hasAddresses) {
      return facts;
    }
    AddressFlow flow = new AddressFlow(function);
    for (int i = 0; i < function.parameters().size(); i++) {
      Passed parameter = new Passed(function.name(), i);
      Fate fate = flow.of(function.parameters().get(i));
      if (fate.isKept()) {
        facts.kept.add(parameter);
      }
      fate.passed().forEach(argument -> facts.handedOn.add(new HandedOn(parameter, argument)));
    }
    return facts;
  }

  /** Whether an address may be used when the calls that get it have returned. */
  boolean keeps(Fate fate) {
    return fate.isKept() || fate.passed().stream().anyMatch(kept::contains);
  }
}

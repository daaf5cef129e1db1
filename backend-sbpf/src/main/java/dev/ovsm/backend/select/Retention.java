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
 * Which arguments a function may keep beyond its return, because it stores them or hands them to a
 * function that does, and which it may return. The runtime keeps no address that a syscall gives
 * it.
 */
final class Retention {
  private final Set<Passed> kept = new HashSet<>();
  private final Set<Passed> returned = new HashSet<>();

  /** That a parameter is handed on as an argument. */
  private record HandedOn(Passed parameter, Passed argument) {}

  /** What is known of one function: the parameters that it keeps itself, returns, and hands on. */
  private record Facts(List<Passed> kept, List<Passed> returned, List<HandedOn> handedOn) {}

  Retention(Module module) {
    List<HandedOn> all = new ArrayList<>();
    for (Facts facts : Workers.eachFunction(module.functions(), Retention::facts)) {
      kept.addAll(facts.kept);
      returned.addAll(facts.returned);
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
    Facts facts = new Facts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    boolean hasAddresses =
        function.parameters().stream().anyMatch(parameter -> parameter.type().bits() == 64);
    if (!hasAddresses) {
      return facts;
    }
    // What callees return is not known yet: it may be any of their arguments.
    AddressFlow flow = new AddressFlow(function, argument -> true);
    for (int i = 0; i < function.parameters().size(); i++) {
      Passed parameter = new Passed(function.name(), i);
      Fate fate = flow.of(function.parameters().get(i));
      if (fate.isKept()) {
        facts.kept.add(parameter);
      }
      if (fate.isReturned()) {
        facts.returned.add(parameter);
      }
      fate.passed().forEach(argument -> facts.handedOn.add(new HandedOn(parameter, argument)));
    }
    return facts;
  }

  /** Whether what a call returns may be computed from an argument. */
  boolean returns(Passed argument) {
    return returned.contains(argument);
  }

  /** Whether an address may be used where it cannot be followed, after the calls that get it. */
  boolean keeps(Fate fate) {
    return fate.isKept() || fate.isReturned() || fate.passed().stream().anyMatch(kept::contains);
  }
}

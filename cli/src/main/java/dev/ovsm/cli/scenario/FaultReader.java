package dev.ovsm.cli.scenario;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Spelling;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Fault;
import dev.ovsm.sbpf.MemoryMap;
import java.util.List;
import java.util.Optional;

/** Reads what goes wrong with callbacks. */
final class FaultReader {
  private static final List<String> FAULTS = List.of("units", "heap", "error", "locked");
  private static final List<String> KEYS =
      List.of("program", "callbacks", "units", "heap", "call", "error", "locked");
  private static final long MOST_CODE = 0xFFFF_FFFFL;

  private final Cast cast;
  private final Diagnostics found;

  FaultReader(Cast cast, Diagnostics found) {
    this.cast = cast;
    this.found = found;
  }

  Optional<Action> read(Node value) {
    Optional<Keys> keys = Keys.of(value, "a fault", KEYS, found);
    Optional<RunnableProgram> program =
        keys.flatMap(k -> cast.program(k.text("program").orElse(null), value));
    Optional<Long> callbacks = keys.flatMap(k -> k.count("callbacks", 1, 1));
    Optional<Fault> fault = program.flatMap(p -> keys.flatMap(k -> fault(k, p)));
    return program.isEmpty() || callbacks.isEmpty() || fault.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Action.Fail(value.span(), program.get().id(), callbacks.get(), fault.get()));
  }

  private Optional<Fault> fault(Keys keys, RunnableProgram program) {
    List<String> given = FAULTS.stream().filter(keys::has).toList();
    if (given.size() > 1) {
      found.add(
          Keys.wrong(keys.node(), "a callback fails in one way, not " + String.join(" and ", given))
              .withHelp("keep one of them"));
      return Optional.empty();
    }
    if (keys.has("call")) {
      return rebuff(keys, program, given);
    }
    return switch (given.isEmpty() ? "units" : given.get(0)) {
      case "heap" -> heap(keys).map(Fault.Cramped::new);
      case "error" -> error(keys, program).map(Fault.Failing::new);
      case "locked" -> locked(keys).map(Fault.Locked::new);
      default -> keys.count("units", 0, 0).map(Fault.Starved::new);
    };
  }

  private Optional<Fault> rebuff(Keys keys, RunnableProgram program, List<String> given) {
    if (!given.isEmpty() && !given.get(0).equals("error")) {
      found.add(
          Keys.wrong(keys.node(), "a program that is called refuses, it has no " + given.get(0))
              .withHelp("write call: N alone, or with the error: that it is to answer"));
      return Optional.empty();
    }
    Optional<Long> call = keys.count("call", 1);
    Optional<Long> code = given.isEmpty() ? Optional.of(0L) : error(keys, program);
    return call.flatMap(n -> code.map(number -> new Fault.Rebuffed(n, number)));
  }

  private Optional<Integer> heap(Keys keys) {
    Optional<Long> bytes = keys.count("heap", 0);
    if (bytes.isPresent() && bytes.get() > MemoryMap.DEFAULT_HEAP_BYTES) {
      found.add(
          Keys.wrong(keys.node(), "no callback has so large a heap")
              .withHelp("write at most " + MemoryMap.DEFAULT_HEAP_BYTES + " bytes"));
      return Optional.empty();
    }
    return bytes.map(Long::intValue);
  }

  /** An error of a program by its name or its number. */
  private Optional<Long> error(Keys keys, RunnableProgram program) {
    Optional<Node.Text> text = keys.text("error");
    Optional<Long> code =
        text.flatMap(
            one ->
                program.errors().stream()
                    .filter(error -> error.name().equals(one.value()))
                    .map(Manifest.Failing::code)
                    .findFirst()
                    .or(() -> Quantity.count(one.value()).filter(n -> n <= MOST_CODE)));
    if (text.isPresent() && code.isEmpty()) {
      List<String> names = program.errors().stream().map(Manifest.Failing::name).toList();
      found.add(
          Keys.wrong(text.get(), text.get().value() + " is no error of " + program.name())
              .withHelp(
                  Spelling.nearest(text.get().value(), names)
                      .map(near -> "did you mean " + near + "?")
                      .orElse("write its name, or a number of 32 bits, such as 6000")));
    }
    return code;
  }

  private Optional<Pubkey> locked(Keys keys) {
    return keys.text("locked").flatMap(cast::address);
  }
}

package dev.ovsm.frontend.type;

import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Program;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a program declares, by the names that forms mention; the first of a name counts. */
final class ByName {
  private final Map<String, Program.Struct> structs;
  private final Map<String, Program.Enumeration> enums;
  private final Map<String, Program.Failing> errors;
  private final Map<String, Program.Struct> events;

  ByName(Program program) {
    this.structs = index(program.structs());
    this.errors = index(program.errors());
    this.events = index(program.events());
    this.enums = new HashMap<>();
    program.enums().values().forEach(one -> enums.putIfAbsent(one.name(), one));
  }

  private static <T> Map<String, T> index(Map<Definition, T> declared) {
    Map<String, T> index = new HashMap<>();
    declared.forEach((definition, one) -> index.putIfAbsent(definition.name(), one));
    return index;
  }

  Program.@Nullable Struct struct(String name) {
    return structs.get(name);
  }

  Program.@Nullable Enumeration enumeration(String name) {
    return enums.get(name);
  }

  Program.@Nullable Struct event(String name) {
    return events.get(name);
  }

  Program.@Nullable Failing error(String name) {
    return errors.get(name);
  }
}

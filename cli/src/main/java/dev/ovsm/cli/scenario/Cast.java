package dev.ovsm.cli.scenario;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Spelling;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.autonomous.Simulation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who takes part: the programs of the run, and the accounts that the scenario names. */
final class Cast {
  static final String PAYER = "payer";

  private static final String PROGRAM = "$program";

  private final List<RunnableProgram> programs;
  private final int atStart;
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Diagnostics found;

  Cast(List<RunnableProgram> programs, Diagnostics found) {
    this.programs = new ArrayList<>(programs);
    this.atStart = programs.size();
    this.found = found;
    add(new Role(PAYER, Simulation.PAYER, Layout.WALLET, null));
  }

  /** The programs of the run, and those that are deployed later. */
  List<RunnableProgram> programs() {
    return Collections.unmodifiableList(programs);
  }

  /** Adds a program that is deployed during the run. */
  void join(RunnableProgram program) {
    programs.add(program);
  }

  void add(Role role) {
    roles.put(role.name(), role);
  }

  Collection<Role> roles() {
    return roles.values();
  }

  /** The account of a name; if there is none it is said. */
  Optional<Role> role(Node.Text name) {
    Role role = roles.get(name.value());
    if (role == null) {
      found.add(
          Keys.wrong(name, "no account is named " + name.value())
              .withHelp(
                  Spelling.nearest(name.value(), roles.keySet())
                      .map(near -> "did you mean " + near + "?")
                      .orElse("name it under accounts first")));
    }
    return Optional.ofNullable(role);
  }

  /** The program of a name; the only one if none is given. */
  Optional<RunnableProgram> program(Node.@Nullable Text name, Node at) {
    List<RunnableProgram> candidates =
        name == null
            ? programs.subList(0, atStart)
            : programs.stream().filter(p -> p.name().equals(name.value())).toList();
    if (candidates.size() == 1) {
      return Optional.of(candidates.get(0));
    }
    List<String> known = programs.stream().map(RunnableProgram::name).toList();
    String message = name == null ? "it is not clear which program is meant" : unknown(name);
    found.add(
        Keys.wrong(name == null ? at : name, message)
            .withHelp("the programs of the run are " + String.join(", ", known)));
    return Optional.empty();
  }

  private static String unknown(Node.Text name) {
    return "no program of the run is named " + name.value();
  }

  /** What {@code account.field} means; said if it means nothing. */
  Optional<Target> target(Node.Text text) {
    String words = text.value();
    int dot = words.indexOf('.');
    if (dot < 0) {
      found.add(
          Keys.wrong(text, words + " names no field")
              .withHelp("write ACCOUNT.FIELD, or ACCOUNT.lamports"));
      return Optional.empty();
    }
    Node.Text name = new Node.Text(text.span(), words.substring(0, dot), text.offset());
    return role(name).flatMap(role -> target(role, words.substring(dot + 1), text));
  }

  private Optional<Target> target(Role role, String field, Node at) {
    Optional<Field> known = role.layout().field(field);
    if (known.isPresent()) {
      return known.map(one -> new Target(role, Target.Part.FIELD, one));
    }
    Optional<Target.Part> part =
        Stream.of(Target.Part.values())
            .filter(one -> one != Target.Part.FIELD && one.word().equals(field))
            .findFirst();
    if (part.isEmpty()) {
      List<String> fields = new ArrayList<>(role.layout().fields().keySet());
      Stream.of(Target.Part.values()).map(Target.Part::word).skip(1).forEach(fields::add);
      found.add(
          Keys.wrong(at, role.name() + " has no field " + field)
              .withHelp(
                  Spelling.nearest(field, fields)
                      .map(near -> "did you mean " + near + "?")
                      .orElse("its fields are " + String.join(", ", fields))));
    }
    return part.map(one -> new Target(role, one, null));
  }

  /**
   * An address: base 58, the name of an account, or of the program {@code $program}, {@code
   * $program.pda(SEED, …)} or {@code $program.map(NAME)}; {@code $program:NAME} is one of several.
   */
  Optional<Pubkey> address(Node.Text text) {
    String words = text.value();
    if (words.startsWith(PROGRAM)) {
      return ofProgram(words.substring(PROGRAM.length()), text);
    }
    Role role = roles.get(words);
    if (role != null) {
      return Optional.of(role.address());
    }
    Optional<Pubkey> key = Pubkey.parse(words);
    if (key.isEmpty()) {
      found.add(
          Keys.wrong(text, words + " is neither an address nor the name of an account")
              .withHelp(
                  Spelling.nearest(words, roles.keySet())
                      .map(near -> "did you mean " + near + "?")
                      .orElse("write base 58, an account's name, or $program.pda(SEED)")));
    }
    return key;
  }

  /** The address that an account has if none is given. */
  static Pubkey usual(String name) {
    return NamedKey.of(name);
  }

  private Optional<Pubkey> ofProgram(String rest, Node.Text text) {
    String after = rest;
    Node.Text name = null;
    if (rest.startsWith(":")) {
      int end = rest.indexOf('.') < 0 ? rest.length() : rest.indexOf('.');
      name = new Node.Text(text.span(), rest.substring(1, end), text.offset());
      after = rest.substring(end);
    }
    Optional<RunnableProgram> program = program(name, text);
    String call = after;
    return program.flatMap(one -> derived(one.id(), call, text));
  }

  private Optional<Pubkey> derived(Pubkey program, String call, Node.Text text) {
    if (call.isEmpty()) {
      return Optional.of(program);
    }
    List<byte[]> seeds = new ArrayList<>();
    String inside = call.substring(0, Math.max(0, call.length() - 1));
    if (call.startsWith(".pda(") && call.endsWith(")")) {
      for (String seed : inside.substring(".pda(".length()).split(",", -1)) {
        seeds.add(seed(seed.trim()));
      }
    } else if (call.startsWith(".map(") && call.endsWith(")")) {
      // a map may share its name with an account of the scenario
      seeds.add("map".getBytes(StandardCharsets.UTF_8));
      seeds.add(inside.substring(".map(".length()).trim().getBytes(StandardCharsets.UTF_8));
    } else {
      found.add(
          Keys.wrong(text, text.value() + " is no address of a program")
              .withHelp("write $program, $program.pda(SEED, …) or $program.map(NAME)"));
      return Optional.empty();
    }
    Optional<Pubkey> address =
        DerivedAddress.areAllowed(seeds) && seeds.size() < DerivedAddress.MAX_SEEDS
            ? DerivedAddress.find(seeds, program).map(DerivedAddress.Found::address)
            : Optional.empty();
    if (address.isEmpty()) {
      found.add(
          Keys.wrong(text, "there is no address for these seeds")
              .withHelp("give at most 15 seeds of at most 32 bytes"));
    }
    return address;
  }

  /** A seed is the address of an account that has this name, or the text itself. */
  private byte[] seed(String text) {
    Role role = roles.get(text);
    return role == null ? text.getBytes(StandardCharsets.UTF_8) : role.address().bytes();
  }
}

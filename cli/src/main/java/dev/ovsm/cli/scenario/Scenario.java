package dev.ovsm.cli.scenario;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.file.FileSource;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Simulation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A scenario file: accounts, what happens to them and to the programs slot by slot, and what is
 * expected of the run.
 *
 * <p>Slots count from that of start-up, which is 0.
 */
public final class Scenario {
  private static final List<String> KEYS =
      List.of("version", "slots", "accounts", "steps", "expect");
  private static final String VERSION = "1";

  /** Each step costs a little in every slot. */
  private static final int MOST_STEPS = 10_000;

  /** The scenario in which nothing happens and nothing is expected. */
  public static final Scenario EMPTY =
      new Scenario(List.of(), List.of(), List.of(), OptionalLong.empty(), List.of());

  private final List<Role> roles;
  private final List<Step> steps;
  private final List<Expectation> expectations;
  private final OptionalLong slots;
  private final List<RunnableProgram> deployed;

  private Scenario(
      List<Role> roles,
      List<Step> steps,
      List<Expectation> expectations,
      OptionalLong slots,
      List<RunnableProgram> deployed) {
    this.roles = List.copyOf(roles);
    this.steps = List.copyOf(steps);
    this.expectations = List.copyOf(expectations);
    this.slots = slots;
    this.deployed = List.copyOf(deployed);
  }

  /** What became of reading one. */
  public enum Outcome {
    READ,
    /** A file cannot be read. */
    ENVIRONMENT,
    /** It is not a scenario, or not one for these programs. */
    NOT_A_SCENARIO
  }

  /** A scenario, or why there is none. */
  public record Reading(Outcome outcome, Optional<Scenario> scenario) {}

  /** Reads a file for a run of some programs; what is wrong is added to {@code found}. */
  public static Reading read(
      String file, FileSource files, List<RunnableProgram> programs, Diagnostics found) {
    Optional<byte[]> bytes = files.bytes(file, InputFile.MOST_SOURCE, found);
    if (bytes.isEmpty()) {
      return new Reading(Outcome.ENVIRONMENT, Optional.empty());
    }
    Diagnostics wrong = new Diagnostics();
    Optional<Scenario> scenario =
        InputFile.source(file, bytes.get(), wrong)
            .flatMap(source -> YamlReader.read(source, wrong))
            .flatMap(node -> new Reader(Folder.of(file, files), programs, wrong).read(node));
    found.addAll(wrong.list());
    return wrong.hasErrors()
        ? new Reading(Outcome.NOT_A_SCENARIO, Optional.empty())
        : new Reading(Outcome.READ, scenario);
  }

  /** How many slots it wants to run, if it says so. */
  public OptionalLong slots() {
    return slots;
  }

  /** The programs that its steps deploy. */
  public List<RunnableProgram> deployed() {
    return deployed;
  }

  /** The addresses of the accounts that it declares, by their names and in its order. */
  public Map<String, Pubkey> accounts() {
    Map<String, Pubkey> accounts = new LinkedHashMap<>();
    roles.stream()
        .filter(role -> !role.address().equals(Simulation.PAYER))
        .forEach(role -> accounts.put(role.name(), role.address()));
    return accounts;
  }

  /** Begins a performance; what goes wrong in it is added to {@code found}. */
  public Performance perform(Diagnostics found) {
    return new Performance(roles, steps, expectations, found);
  }

  private static final class Reader {
    private final Cast cast;
    private final int given;
    private final Folder folder;
    private final Diagnostics found;

    Reader(Folder folder, List<RunnableProgram> programs, Diagnostics found) {
      this.cast = new Cast(programs, found);
      this.given = programs.size();
      this.folder = folder;
      this.found = found;
    }

    Optional<Scenario> read(Node node) {
      return Keys.of(node, "a scenario", KEYS, found).map(this::read);
    }

    private Scenario read(Keys keys) {
      Optional<Node> version = keys.require("version");
      if (version.isPresent()
          && !(version.get() instanceof Node.Text text && text.value().equals(VERSION))) {
        found.add(
            Keys.wrong(version.get(), "this version of scenarios is not known")
                .withHelp("write version: 1"));
      }
      OptionalLong slots =
          keys.has("slots")
              ? keys.count("slots", 1).map(OptionalLong::of).orElse(OptionalLong.empty())
              : OptionalLong.empty();
      Deployments deployments = new Deployments(cast, folder, found);
      List<Node> all = items(keys, "steps");
      all.stream().limit(MOST_STEPS).forEach(deployments::declare);
      AccountReader accounts = new AccountReader(cast, folder, found);
      if (keys.get("accounts").orElse(null) instanceof Node.Members members) {
        members.members().forEach(member -> accounts.declare(member.name(), member.value()));
        members.members().forEach(member -> accounts.read(member.name(), member.value()));
      } else {
        keys.get("accounts")
            .ifPresent(
                other ->
                    found.add(
                        Keys.wrong(other, "accounts is " + other.kind())
                            .withHelp("write NAME: { layout: wallet }")));
      }
      List<Step> steps = new ArrayList<>();
      StepReader reader = new StepReader(cast, folder, found);
      if (all.size() > MOST_STEPS) {
        found.add(
            Keys.wrong(all.get(MOST_STEPS), "a scenario has at most " + MOST_STEPS + " steps")
                .withHelp("put values of many slots into a csv file"));
      }
      all.stream().limit(MOST_STEPS).forEach(item -> reader.read(item).ifPresent(steps::add));
      List<Expectation> expectations = new ArrayList<>();
      ExpectationReader wants = new ExpectationReader(cast, found);
      items(keys, "expect").forEach(item -> wants.read(item).ifPresent(expectations::add));
      List<RunnableProgram> later = cast.programs().subList(given, cast.programs().size());
      return new Scenario(new ArrayList<>(cast.roles()), steps, expectations, slots, later);
    }

    private List<Node> items(Keys keys, String name) {
      Optional<Node> node = keys.get(name);
      if (node.isEmpty()) {
        return List.of();
      }
      if (node.get() instanceof Node.Items items) {
        return items.items();
      }
      found.add(
          Keys.wrong(node.get(), name + " is " + node.get().kind() + ", not a list")
              .withHelp("begin every one with a dash"));
      return List.of();
    }
  }
}

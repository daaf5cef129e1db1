package dev.ovsm.cli.scenario;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the steps of a scenario. */
final class StepReader {
  private static final int TRANSFER = 2;

  /** A dozen years. */
  private static final long MOST_SKIPPED = 1_000_000_000;

  private static final List<String> TIMES = List.of("at", "every", "from", "to");
  private static final List<String> ACTIONS =
      List.of(
          "set",
          "csv",
          "ramp",
          "freeze",
          "thaw",
          "transfer",
          "skip-slots",
          "send",
          "fail",
          "fork",
          "remove",
          "restore",
          "deploy",
          "fund",
          "stake",
          "unstake",
          "upgrade",
          "close",
          "replay-dead-letter");
  private static final List<String> KEYS = Stream.concat(TIMES.stream(), ACTIONS.stream()).toList();

  private final Cast cast;
  private final Folder folder;
  private final ValueReader values;
  private final SendReader sends;
  private final FaultReader faults;
  private final Deployments deployments;
  private final Diagnostics found;

  StepReader(Cast cast, Folder folder, Diagnostics found) {
    this.cast = cast;
    this.folder = folder;
    this.values = new ValueReader(cast, found);
    this.sends = new SendReader(cast, found);
    this.faults = new FaultReader(cast, found);
    this.deployments = new Deployments(cast, folder, found);
    this.found = found;
  }

  /** The step that a node describes; empty if something is wrong with it, which is said. */
  Optional<Step> read(Node node) {
    Optional<Keys> keys = Keys.of(node, "a step", KEYS, found);
    Optional<Timing> timing = keys.flatMap(this::timing);
    Optional<Action> action = keys.flatMap(this::action);
    return timing.flatMap(when -> action.map(what -> new Step(when, what)));
  }

  private Optional<Timing> timing(Keys keys) {
    boolean ramps = keys.has("ramp");
    if (keys.has("at") == (keys.has("every") || keys.has("from"))) {
      if (keys.has("csv") && !keys.has("at")) {
        return Optional.of(new Timing(0, Long.MAX_VALUE, 1));
      }
      found.add(
          Keys.wrong(keys.node(), "a step says either at, or every, which may have from and to")
              .withHelp("write at: SLOT, or every: SLOTS"));
      return Optional.empty();
    }
    if (keys.has("at")) {
      return keys.count("at", 0).map(Timing::once);
    }
    Optional<Long> from = keys.count("from", 0, 0);
    Optional<Long> to = keys.count("to", 0, Long.MAX_VALUE);
    Optional<Long> every = keys.count("every", 1, 1);
    if (from.isEmpty() || to.isEmpty() || every.isEmpty()) {
      return Optional.empty();
    }
    if (from.get() > to.get() || (ramps && (!keys.has("to") || from.get().equals(to.get())))) {
      found.add(
          Keys.wrong(keys.node(), "the step has no slots to happen in")
              .withHelp("write from: SLOT and a later to: SLOT"));
      return Optional.empty();
    }
    return Optional.of(new Timing(from.get(), to.get(), every.get()));
  }

  private Optional<Action> action(Keys keys) {
    List<String> given = ACTIONS.stream().filter(keys::has).toList();
    if (given.size() != 1) {
      found.add(
          Keys.wrong(
                  keys.node(),
                  given.isEmpty()
                      ? "nothing happens in this step"
                      : "a step does one thing, not " + String.join(" and ", given))
              .withHelp("write one of " + String.join(", ", ACTIONS)));
      return Optional.empty();
    }
    String name = given.get(0);
    Node value = keys.get(name).orElseThrow();
    return switch (name) {
      case "set" -> put(value);
      case "csv" -> replay(value);
      case "ramp" -> ramp(keys, value);
      case "freeze" -> freeze(value, true);
      case "thaw" -> freeze(value, false);
      case "transfer" -> transfer(value);
      case "skip-slots" ->
          keys.countUpTo(name, 1, MOST_SKIPPED).map(slots -> new Action.Skip(value.span(), slots));
      case "send" -> sends.read(value);
      case "fail" -> faults.read(value);
      case "fork" -> fork(keys);
      case "remove" -> absence(value, true);
      case "restore" -> absence(value, false);
      case "deploy" -> deployments.read(value);
      case "fund" -> grant(value, Action.Purse.ESCROW);
      case "stake" -> grant(value, Action.Purse.STAKE);
      case "unstake" -> grant(value, Action.Purse.UNSTAKE);
      case "upgrade" -> upgrade(value);
      case "close" ->
          Keys.text(value, name, found)
              .flatMap(text -> cast.program(text, value))
              .map(program -> new Action.Close(value.span(), program.id()));
      default -> again(keys, value);
    };
  }

  private Optional<Action> put(Node value) {
    List<Action.Assignment> assignments = new ArrayList<>();
    for (Node.Member member : members(value)) {
      Optional<Target> target = cast.target(member.name());
      Optional<Node.Text> text = Keys.text(member.value(), member.name().value(), found);
      if (target.isPresent() && text.isPresent()) {
        values
            .read(target.get(), text.get())
            .ifPresent(
                v ->
                    assignments.add(new Action.Assignment(member.value().span(), target.get(), v)));
      }
    }
    return Optional.of(new Action.Put(value.span(), assignments));
  }

  private List<Node.Member> members(Node node) {
    if (node instanceof Node.Members mapping) {
      return mapping.members();
    }
    found.add(
        Keys.wrong(node, "this is " + node.kind() + ", not a mapping")
            .withHelp("write ACCOUNT.FIELD: VALUE"));
    return List.of();
  }

  private Optional<Action> replay(Node value) {
    return Keys.text(value, "csv", found)
        .flatMap(file -> Table.read(folder, file.value(), cast, found))
        .map(table -> new Action.Replay(value.span(), table));
  }

  private Optional<Action> ramp(Keys keys, Node value) {
    if (keys.has("at") || !keys.has("to")) {
      found.add(
          Keys.wrong(value, "a ramp goes over some slots").withHelp("write from: SLOT, to: SLOT"));
    }
    List<Action.Course> courses = new ArrayList<>();
    for (Node.Member member : members(value)) {
      Optional<Target> target = cast.target(member.name());
      if (!(member.value() instanceof Node.Items ends) || ends.items().size() != 2) {
        found.add(
            Keys.wrong(member.value(), "a ramp goes from one number to another")
                .withHelp("write [FIRST, LAST]"));
        continue;
      }
      Optional<BigDecimal> first = values.number(ends.items().get(0));
      Optional<BigDecimal> last = values.number(ends.items().get(1));
      if (target.isPresent() && first.isPresent() && last.isPresent()) {
        courses.add(
            new Action.Course(member.value().span(), target.get(), first.get(), last.get()));
      }
    }
    return Optional.of(new Action.Ramp(value.span(), courses));
  }

  private Optional<Action> freeze(Node value, boolean on) {
    List<Role> roles =
        Keys.texts(value, "an account", found).stream()
            .flatMap(name -> cast.role(name).stream())
            .toList();
    return Optional.of(new Action.Freeze(value.span(), roles, on));
  }

  private Optional<Action> transfer(Node value) {
    Optional<Keys> keys =
        Keys.of(value, "a transfer", List.of("from", "to", "lamports", "expect"), found);
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Optional<Pubkey> from = party(keys.get(), "from");
    Optional<Pubkey> to = party(keys.get(), "to");
    Optional<Long> lamports = lamports(keys.get());
    if (from.isEmpty() || to.isEmpty() || lamports.isEmpty()) {
      return Optional.empty();
    }
    List<AccountMeta> metas =
        List.of(new AccountMeta(from.get(), true, true), new AccountMeta(to.get(), false, true));
    byte[] data = new ByteWriter().u32(TRANSFER).u64(lamports.get()).toBytes();
    return Optional.of(
        new Action.Send(
            value.span(),
            new Instruction(ProgramIds.SYSTEM, metas, data),
            sends.wanted(keys.get(), List.of())));
  }

  private Optional<Long> lamports(Keys keys) {
    Optional<Node> amount = keys.require("lamports");
    Optional<Long> lamports =
        amount
            .flatMap(node -> Keys.text(node, "lamports", found))
            .flatMap(text -> Quantity.lamports(text.value()));
    if (amount.isPresent() && lamports.isEmpty()) {
      found.add(
          Keys.wrong(amount.get(), "this is no balance")
              .withHelp("write lamports, or so many SOL, such as 2.5 SOL"));
    }
    return lamports;
  }

  private Optional<Action> grant(Node value, Action.Purse purse) {
    Optional<Keys> keys =
        Keys.of(value, "what a program gets", List.of("program", "lamports", "expect"), found);
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Optional<RunnableProgram> program =
        cast.program(keys.get().text("program").orElse(null), value);
    Optional<Long> lamports = lamports(keys.get());
    return program.isEmpty() || lamports.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Action.Grant(
                value.span(),
                purse,
                program.get().id(),
                lamports.get(),
                sends.wanted(keys.get(), List.of())));
  }

  private Optional<Pubkey> party(Keys keys, String name) {
    return keys.require(name).flatMap(node -> Keys.text(node, name, found)).flatMap(cast::address);
  }

  private Optional<Action> fork(Keys keys) {
    Optional<Long> slots = keys.count("fork", 1);
    Optional<Long> first = keys.count(keys.has("at") ? "at" : "from", 0, 0);
    if (slots.isEmpty() || first.isEmpty()) {
      return Optional.empty();
    }
    Node value = keys.get("fork").orElse(keys.node());
    if (slots.get() >= first.get()) {
      found.add(
          Keys.wrong(value, "there are not so many slots before this one")
              .withHelp("leave at most " + Math.max(0, first.get() - 1) + ", or fork later"));
      return Optional.empty();
    }
    return Optional.of(new Action.Fork(value.span(), slots.get()));
  }

  private Optional<Action> absence(Node value, boolean begins) {
    List<Role> roles =
        Keys.texts(value, "an account", found).stream()
            .flatMap(name -> cast.role(name).stream())
            .toList();
    return Optional.of(new Action.Absence(value.span(), roles, begins));
  }

  private Optional<Action> upgrade(Node value) {
    Optional<Keys> keys = Keys.of(value, "an upgrade", List.of("program", "file"), found);
    Optional<RunnableProgram> program =
        keys.flatMap(k -> cast.program(k.text("program").orElse(null), value));
    Optional<byte[]> elf =
        keys.flatMap(k -> k.require("file"))
            .flatMap(node -> Keys.text(node, "file", found))
            .flatMap(
                text ->
                    folder.files().bytes(folder.file(text.value()), InputFile.MOST_PROGRAM, found));
    return program.flatMap(p -> elf.map(bytes -> new Action.Upgrade(value.span(), p, bytes)));
  }

  private Optional<Action> again(Keys keys, Node value) {
    if (value instanceof Node.Text text && text.value().equals("all")) {
      return Optional.of(new Action.Again(value.span(), null));
    }
    if (!(value instanceof Node.Text)) {
      found.add(
          Diagnostic.at(value.span(), RunCode.SCENARIO_VALUE, "this is no trigger")
              .withHelp("write all, or the number of a trigger"));
      return Optional.empty();
    }
    return keys.count("replay-dead-letter", 1).map(seq -> new Action.Again(value.span(), seq));
  }
}

package dev.ovsm.cli.scenario;

import dev.ovsm.cli.call.Call;
import dev.ovsm.cli.call.Place;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Spelling;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the transactions that users send. */
final class SendReader {
  private static final List<String> KEYS =
      List.of("program", "instruction", "args", "signer", "accounts", "expect");

  private final Cast cast;
  private final Diagnostics found;

  SendReader(Cast cast, Diagnostics found) {
    this.cast = cast;
    this.found = found;
  }

  Optional<Action> read(Node value) {
    Optional<Keys> some = Keys.of(value, "a transaction", KEYS, found);
    if (some.isEmpty()) {
      return Optional.empty();
    }
    Keys keys = some.get();
    Optional<Node.Text> name =
        keys.require("instruction").flatMap(node -> Keys.text(node, "instruction", found));
    List<RunnableProgram> programs =
        keys.has("program")
            ? keys.text("program").flatMap(p -> cast.program(p, value)).stream().toList()
            : cast.programs();
    if (name.isEmpty() || programs.isEmpty()) {
      return Optional.empty();
    }
    Place place = Place.of(name.get().span());
    Optional<Call.Target> target = Call.find(name.get().value(), programs, place, found);
    if (target.isEmpty()) {
      return Optional.empty();
    }
    RunnableProgram called = target.get().program();
    boolean declares = called.manifest() != null;
    Map<String, Pubkey> chosen = declares ? accounts(keys, target.get().entry()) : new HashMap<>();
    List<AccountMeta> more = declares ? List.of() : further(keys, called);
    Action.Wanted wanted = wanted(keys, called.errors());
    return keys.get("args")
        .map(given -> arguments(given, target.get()))
        .orElseGet(() -> target.get().arguments(List.of(), place, found))
        .map(arguments -> target.get().call(arguments, chosen))
        .map(instruction -> new Action.Send(value.span(), with(instruction, more), wanted));
  }

  private static Instruction with(Instruction instruction, List<AccountMeta> more) {
    List<AccountMeta> accounts = new ArrayList<>(instruction.accounts());
    accounts.addAll(more);
    return new Instruction(instruction.program(), accounts, instruction.data());
  }

  /** The accounts of a program that declares none, in order; it may write those that it owns. */
  private List<AccountMeta> further(Keys keys, RunnableProgram program) {
    List<AccountMeta> accounts = new ArrayList<>();
    if (keys.get("accounts").orElse(null) instanceof Node.Members given) {
      for (Node.Member member : given.members()) {
        Keys.text(member.value(), member.name().value(), found)
            .flatMap(cast::role)
            .ifPresent(
                role -> {
                  Account initial = role.initial();
                  boolean owned = initial != null && initial.owner().equals(program.id());
                  accounts.add(new AccountMeta(role.address(), false, owned));
                });
      }
    }
    return accounts;
  }

  /** One text, a list in the order of the parameters, or a mapping of their names. */
  private Optional<byte[]> arguments(Node given, Call.Target target) {
    Place place = Place.of(given.span());
    if (given instanceof Node.Text text && text.value().startsWith("0x")) {
      return target.arguments(text.value(), place, found);
    }
    List<Manifest.Parameter> parameters = target.entry().parameters();
    Optional<List<Node>> nodes = inOrder(given, target.entry());
    if (nodes.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (Node node : nodes.get()) {
      boolean isKey =
          words.size() < parameters.size() && parameters.get(words.size()).type().equals("pubkey");
      Keys.text(node, "an argument", found)
          .flatMap(
              text -> isKey ? cast.address(text).map(Pubkey::toString) : Optional.of(text.value()))
          .ifPresent(words::add);
    }
    return words.size() < nodes.get().size()
        ? Optional.empty()
        : target.arguments(words, place, found);
  }

  /** What stands for each parameter; empty if a name is missing or means nothing. */
  private Optional<List<Node>> inOrder(Node given, Manifest.Entry entry) {
    if (!(given instanceof Node.Members)) {
      return Optional.of(given instanceof Node.Items list ? list.items() : List.of(given));
    }
    List<String> names = entry.parameters().stream().map(Manifest.Parameter::name).toList();
    int before = found.list().size();
    List<Node> nodes =
        Keys.of(given, entry.name(), names, found).stream()
            .flatMap(keys -> names.stream().flatMap(name -> keys.require(name).stream()))
            .toList();
    return found.list().size() == before ? Optional.of(nodes) : Optional.empty();
  }

  /** Who signs, and who the other accounts are, by the names of the program's manifest. */
  private Map<String, Pubkey> accounts(Keys keys, Manifest.Entry entry) {
    Map<String, Pubkey> chosen = new HashMap<>();
    keys.text("signer")
        .flatMap(cast::address)
        .ifPresent(
            signer ->
                entry.accounts().stream()
                    .filter(Manifest.Account::signer)
                    .forEach(account -> chosen.put(account.name(), signer)));
    List<String> names = entry.accounts().stream().map(Manifest.Account::name).toList();
    keys.get("accounts")
        .flatMap(node -> Keys.of(node, entry.name(), names, found))
        .ifPresent(
            given ->
                given
                    .node()
                    .members()
                    .forEach(
                        member ->
                            Keys.text(member.value(), member.name().value(), found)
                                .flatMap(cast::address)
                                .ifPresent(key -> chosen.put(member.name().value(), key))));
    return chosen;
  }

  /**
   * How a transaction is to end: well, if nothing is said.
   *
   * @param named the errors that names may stand for
   */
  Action.Wanted wanted(Keys keys, List<Manifest.Failing> named) {
    Optional<Node> expect = keys.get("expect");
    if (expect.isEmpty()) {
      return Action.Wanted.success(named);
    }
    if (expect.get() instanceof Node.Text text) {
      if (text.value().equals("ok")) {
        return Action.Wanted.success(named);
      }
      found.add(
          Keys.wrong(text, text.value() + " is no end of a transaction")
              .withHelp(
                  Spelling.nearest(text.value(), List.of("ok"))
                      .map(n -> "did you mean ok?")
                      .orElse("write ok, or { error: WORDS }")));
      return Action.Wanted.success(named);
    }
    String words =
        Keys.of(expect.get(), "expect", List.of("error"), found)
            .flatMap(inner -> inner.require("error"))
            .flatMap(node -> Keys.text(node, "error", found))
            .map(Node.Text::value)
            .orElse("");
    return Action.Wanted.error(words, named);
  }
}

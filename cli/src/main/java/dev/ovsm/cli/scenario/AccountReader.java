package dev.ovsm.cli.scenario;

import dev.ovsm.cli.account.AccountFile;
import dev.ovsm.cli.account.KeyedAccount;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Spelling;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the accounts of a scenario: from a fixture, or from a layout and the values of fields. */
final class AccountReader {
  private static final List<String> KEYS =
      List.of("layout", "fixture", "fields", "size", "address", "owner", "lamports", "init");
  private static final List<String> VERIFICATIONS = List.of("full", "partial");
  private static final long WALLET_LAMPORTS = 1_000_000_000_000L;

  /** Lamports a byte of an account that never pays rent, and the bytes counted beside its data. */
  private static final long RENT_PER_BYTE = 6_960;

  private static final int OVERHEAD = 128;

  private final Cast cast;
  private final Folder folder;
  private final ValueReader values;
  private final Diagnostics found;

  AccountReader(Cast cast, Folder folder, Diagnostics found) {
    this.cast = cast;
    this.folder = folder;
    this.values = new ValueReader(cast, found);
    this.found = found;
  }

  /** Gives an account its place in the cast, so that those before it can name it. */
  void declare(Node.Text name, Node node) {
    Pubkey key = Cast.usual(name.value());
    if (node instanceof Node.Members members) {
      for (Node.Member member : members.members()) {
        if (member.value() instanceof Node.Text text) {
          key = declared(member.name().value(), text).orElse(key);
        }
      }
    }
    cast.add(new Role(name.value(), key, Layout.WALLET, null));
  }

  /** What is wrong with a file or an address is said when the account is read. */
  private Optional<Pubkey> declared(String key, Node.Text text) {
    return switch (key) {
      case "address" -> new Cast(cast.programs(), new Diagnostics()).address(text);
      case "fixture" ->
          AccountFile.read(folder.file(text.value()), folder.files(), new Diagnostics())
              .map(KeyedAccount::key);
      default -> Optional.empty();
    };
  }

  /** Adds an account to the cast. */
  void read(Node.Text name, Node node) {
    Optional<Layout> layout =
        node instanceof Node.Members m ? layout(m) : Optional.of(Layout.WALLET);
    List<String> known = new ArrayList<>(KEYS);
    layout.ifPresent(one -> known.addAll(one.fields().keySet()));
    Optional<Keys> keys = Keys.of(node, "an account", known, found);
    if (keys.isEmpty() || layout.isEmpty()) {
      cast.add(new Role(name.value(), Cast.usual(name.value()), Layout.WALLET, null));
      return;
    }
    cast.add(role(name, layout.get(), keys.get()));
  }

  private Role role(Node.Text name, Layout layout, Keys keys) {
    Optional<Pubkey> address = keys.text("address").flatMap(cast::address);
    if (keys.has("fixture")) {
      KeyedAccount fixture =
          keys.text("fixture")
              .flatMap(file -> AccountFile.read(folder.file(file.value()), folder.files(), found))
              .orElse(new KeyedAccount(Cast.usual(name.value()), Account.EMPTY));
      Role role = new Role(name.value(), address.orElse(fixture.key()), layout, fixture.account());
      return filled(role, keys);
    }
    boolean isMade =
        keys.has("layout") || keys.has("size") || keys.has("lamports") || keys.has("init");
    Pubkey key = address.orElse(Cast.usual(name.value()));
    if (!isMade) {
      return new Role(name.value(), key, layout, null);
    }
    byte[] data = layout.template().clone();
    if (keys.has("size")) {
      long size = keys.countUpTo("size", 0, Account.MAX_DATA).orElse(0L);
      data = new byte[(int) size];
      System.arraycopy(
          layout.template(), 0, data, 0, Math.min(data.length, layout.template().length));
    }
    Pubkey owner = owner(layout, keys);
    Account account = Account.of(lamports(keys, data.length), data, owner);
    return filled(new Role(name.value(), key, layout, account), keys);
  }

  private Pubkey owner(Layout layout, Keys keys) {
    boolean isField = layout.field("owner").isPresent();
    return isField
        ? layout.owner()
        : keys.text("owner").flatMap(cast::address).orElse(layout.owner());
  }

  private long lamports(Keys keys, int bytes) {
    long usual = bytes == 0 ? WALLET_LAMPORTS : (OVERHEAD + bytes) * RENT_PER_BYTE;
    Optional<Node.Text> text = keys.text("lamports");
    Optional<Long> lamports = text.flatMap(t -> Quantity.lamports(t.value()));
    if (text.isPresent() && lamports.isEmpty()) {
      found.add(
          Keys.wrong(text.get(), text.get().value() + " is no balance")
              .withHelp("write lamports, or so many SOL, such as 2.5 SOL"));
    }
    return lamports.orElse(usual);
  }

  /** The account with the values that the scenario gives its fields. */
  private Role filled(Role role, Keys keys) {
    Map<Node.Text, Node> given = new LinkedHashMap<>();
    Optional<Node> init = keys.get("init");
    List<String> fields = new ArrayList<>(role.layout().fields().keySet());
    if (isPyth(role.layout())) {
      fields.add("verification");
    }
    init.flatMap(node -> Keys.of(node, "init", fields, found))
        .ifPresent(inner -> inner.node().members().forEach(m -> given.put(m.name(), m.value())));
    List<String> initial = given.keySet().stream().map(Node.Text::value).toList();
    for (Node.Member member : keys.node().members()) {
      Node.Text name = member.name();
      if (role.layout().field(name.value()).isPresent()) {
        given.put(name, member.value());
        if (initial.contains(name.value())) {
          found.add(
              Keys.wrong(name, name.value() + " has a value in init, too")
                  .withHelp("give it one value"));
        }
      }
    }
    Account account = role.initial() == null ? Account.EMPTY : role.initial();
    byte[] data = account.data().clone();
    Map<String, Value.Now> stamps = new LinkedHashMap<>(role.layout().stamps());
    given.keySet().forEach(name -> stamps.remove(name.value()));
    // exponents first: other fields are scaled by them
    for (boolean exponents : new boolean[] {true, false}) {
      given.forEach(
          (name, node) -> {
            if (name.value().equals("expo") == exponents) {
              fill(role, data, name, node)
                  .filter(Value.Now.class::isInstance)
                  .ifPresent(now -> stamps.put(name.value(), (Value.Now) now));
            }
          });
    }
    return new Role(role.name(), role.address(), role.layout(), account.withData(data), stamps);
  }

  /** Writes a value into a field and gives it; what is a time is written at the start. */
  private Optional<Value> fill(Role role, byte[] data, Node.Text name, Node node) {
    Optional<Field> field = role.layout().field(name.value());
    Optional<Node.Text> text = Keys.text(node, name.value(), found);
    if (name.value().equals("verification")) {
      text.filter(words -> !VERIFICATIONS.contains(words.value()))
          .ifPresent(
              words ->
                  found.add(
                      Keys.wrong(words, "a price is not verified like that")
                          .withHelp("write full or partial")));
    }
    if (field.isEmpty() || text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Value> value =
        values.read(new Target(role, Target.Part.FIELD, field.get()), text.get());
    String problem =
        value.isEmpty() ? null : FieldAccess.write(data, role, field.get(), value.get().at(0, 0));
    if (problem != null) {
      found.add(Keys.wrong(text.get(), problem).withHelp("write a value that does"));
    }
    return value;
  }

  private static boolean isPyth(Layout layout) {
    return layout.name().equals(KnownLayout.PYTH_PRICE_UPDATE_V2.layout().name());
  }

  private Optional<Layout> layout(Node.Members node) {
    Optional<Layout> layout = Optional.of(Layout.WALLET);
    for (Node.Member member : node.members()) {
      if (member.name().value().equals("layout")) {
        layout = known(member.value());
      }
    }
    for (Node.Member member : node.members()) {
      if (member.name().value().equals("fields")) {
        layout = fields(member.value());
      }
    }
    return layout.map(one -> isPyth(one) && isPartial(node) ? KnownLayout.partial() : one);
  }

  private static boolean isPartial(Node.Members node) {
    return node.members().stream()
        .filter(member -> member.name().value().equals("init"))
        .map(Node.Member::value)
        .flatMap(init -> init instanceof Node.Members m ? m.members().stream() : null)
        .anyMatch(
            m ->
                m.name().value().equals("verification")
                    && m.value() instanceof Node.Text text
                    && text.value().equals("partial"));
  }

  private Optional<Layout> known(Node node) {
    Optional<Node.Text> name = Keys.text(node, "layout", found);
    Optional<KnownLayout> known = name.flatMap(text -> KnownLayout.of(text.value()));
    if (name.isPresent() && known.isEmpty()) {
      found.add(
          Keys.wrong(node, "no layout is named " + name.get().value())
              .withHelp(
                  Spelling.nearest(name.get().value(), KnownLayout.names())
                      .map(near -> "did you mean " + near + "?")
                      .orElse(
                          "the layouts are "
                              + String.join(", ", KnownLayout.names())
                              + "; or list fields")));
    }
    return known.map(KnownLayout::layout);
  }

  /** A layout of the scenario's own: {@code name: TYPE@OFFSET} or {@code TYPE@OFFSET/DECIMALS}. */
  private Optional<Layout> fields(Node node) {
    if (!(node instanceof Node.Members members)) {
      found.add(Keys.wrong(node, "fields is no mapping").withHelp("write price: u64@8"));
      return Optional.empty();
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    int size = 0;
    for (Node.Member member : members.members()) {
      Optional<Field> field =
          Keys.text(member.value(), "a field", found)
              .flatMap(text -> FieldText.parse(member.name().value(), text.value()));
      if (field.isEmpty()) {
        found.add(
            Keys.wrong(member.value(), "this is no field")
                .withHelp("write TYPE@OFFSET, such as u64@8, or u64@8/6 with 6 decimals"));
      } else {
        fields.put(member.name().value(), field.get());
        size = Math.max(size, field.get().end());
      }
    }
    return Optional.of(new Layout("fields", ProgramIds.SYSTEM, new byte[size], fields, Map.of()));
  }
}

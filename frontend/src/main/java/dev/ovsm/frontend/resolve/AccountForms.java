package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Spelling;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.base58.Base58;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code :accounts} of a program: {@code (name :signer :writable :type T :address A)}. */
final class AccountForms {
  private static final String SHAPE =
      "name or (name :signer :writable :init :type Struct :address #pubkey\"…\" :owner key"
          + " :doc \"…\")";
  private static final int MOST_ACCOUNTS = 255;
  private static final List<String> OPTIONS =
      List.of("signer", "writable", "init", "type", "address", "owner", "doc");

  private final Names names;
  private final Bodies bodies;

  AccountForms(Names names, Bodies bodies) {
    this.names = names;
    this.bodies = bodies;
  }

  /** The accounts in order; each is bound in {@code scope} under its name. */
  List<Program.Account> declare(List<Form> forms, Scope scope) {
    List<Program.Account> accounts = new ArrayList<>();
    if (forms.size() > MOST_ACCOUNTS) {
      names.report(
          Diagnostic.at(
                  forms.get(MOST_ACCOUNTS).span(),
                  LanguageCode.TOO_LARGE,
                  "here are "
                      + forms.size()
                      + " accounts, and an instruction has at most "
                      + MOST_ACCOUNTS)
              .withHelp("spread the work over several programs"));
      return accounts;
    }
    for (Form form : forms) {
      List<Form> items = Syntax.items(form).orElse(List.of(form));
      if (items.isEmpty() || !(items.get(0) instanceof Form.Symbol name)) {
        names.malformed(form.span(), "this is not an account", SHAPE);
        continue;
      }
      Variable variable = names.variable(name.name(), null, name.span());
      accounts.stream()
          .map(Program.Account::variable)
          .filter(earlier -> earlier.name().equals(variable.name()))
          .forEach(earlier -> names.twice("accounts", variable, earlier));
      accounts.add(account(variable, items.subList(1, items.size()), scope));
      scope.bind(variable);
    }
    return accounts;
  }

  private Program.Account account(Variable variable, List<Form> rest, Scope scope) {
    boolean signer = false;
    boolean writable = false;
    boolean fresh = false;
    @Nullable Form type = null;
    @Nullable List<Byte> address = null;
    @Nullable Ast owner = null;
    String documentation = "";
    for (int at = 0; at < rest.size(); at++) {
      Form item = rest.get(at);
      String word = item instanceof Form.Keyword key ? key.name() : "";
      @Nullable Form value = at + 1 < rest.size() ? rest.get(at + 1) : null;
      switch (word) {
        case "signer" -> signer = true;
        case "writable" -> writable = true;
        case "init" -> fresh = true;
        case "type", "address", "owner", "doc" -> {
          at++;
          if (value == null) {
            names.malformed(item.span(), "this option needs a value", SHAPE);
          } else if (word.equals("type")) {
            type = value;
          } else if (word.equals("doc")) {
            documentation = Syntax.word(value);
          } else if (word.equals("owner")) {
            owner = bodies.resolve(value, scope);
          } else {
            address = address(value).orElse(null);
          }
        }
        default ->
            names.report(
                Spelling.corrected(
                    Diagnostic.at(
                            item.span(),
                            LanguageCode.UNKNOWN_KEYWORD,
                            "an account has no such option")
                        .withHelp("write " + SHAPE),
                    item.span(),
                    word,
                    OPTIONS));
      }
    }
    return new Program.Account(
        variable, signer, writable, fresh, type, address, owner, documentation);
  }

  private Optional<List<Byte>> address(Form form) {
    if (form instanceof Form.PublicKey key) {
      return Optional.of(key.bytes());
    }
    Optional<List<Byte>> bytes =
        form instanceof Form.Text text ? Base58.publicKey(text.value()) : Optional.empty();
    if (bytes.isEmpty()) {
      names.malformed(form.span(), "this is not a public key", "#pubkey\"…\" in base58");
    }
    return bytes;
  }
}

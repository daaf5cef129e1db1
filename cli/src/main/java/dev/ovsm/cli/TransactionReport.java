package dev.ovsm.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ovsm.cli.account.KeyedAccount;
import dev.ovsm.cli.failure.Told;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.transaction.TransactionOutcome.ReturnData;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a transaction, for programs and for people. */
record TransactionReport(
    TransactionOutcome outcome, Map<Pubkey, Account> before, Map<Pubkey, Account> after) {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  /**
   * Prints it for programs.
   *
   * @param told where a failure comes from and what it means; the object has it if it is known
   */
  void printJson(Terminal terminal, Optional<Told> told) {
    JsonObject object = new JsonObject();
    object.addProperty("v", 1);
    object.addProperty("type", "transaction");
    TransactionError error = outcome.error();
    object.add("err", error == null ? JsonNull.INSTANCE : JsonParser.parseString(error.json()));
    object.addProperty("compute_units", outcome.units());
    JsonArray logs = new JsonArray();
    outcome.logs().forEach(logs::add);
    object.add("logs", logs);
    object.add("return_data", json(outcome.returned()));
    JsonArray accounts = new JsonArray();
    after.forEach((key, account) -> accounts.add(new KeyedAccount(key, account).json()));
    object.add("accounts", accounts);
    told.ifPresent(one -> object.add("failed_at", one.json()));
    terminal.out().println(GSON.toJson(object));
  }

  /** As RPC reports it. */
  private static JsonElement json(@Nullable ReturnData returned) {
    if (returned == null) {
      return JsonNull.INSTANCE;
    }
    JsonArray data = new JsonArray();
    data.add(base64(returned.data()));
    data.add("base64");
    JsonObject object = new JsonObject();
    object.addProperty("programId", returned.program().toString());
    object.add("data", data);
    return object;
  }

  /**
   * Prints it for people.
   *
   * @param told where a failure comes from and what it means
   */
  void print(Terminal terminal, long budget, Optional<Told> told) {
    PrintWriter out = terminal.out();
    outcome.logs().forEach(out::println);
    out.println(outcome.units() + " of " + budget + " compute units");
    ReturnData returned = outcome.returned();
    if (returned != null) {
      out.println("returned by " + returned.program() + ": " + base64(returned.data()));
    }
    after.forEach(
        (key, now) -> printChange(out, key, Objects.requireNonNull(before.get(key)), now));
    TransactionError error = outcome.error();
    if (error != null) {
      Diagnostic failed =
          Diagnostic.in("the transaction", RunCode.TRANSACTION_FAILED, text(error))
              .withHelp("nothing was changed; the log above says how far it came");
      terminal.report(told.map(one -> failed.withNote("at " + one.words())).orElse(failed));
    }
  }

  private static void printChange(PrintWriter out, Pubkey key, Account before, Account now) {
    if (before.lamports() != now.lamports()) {
      out.println(key + ": " + lamports(before) + " -> " + lamports(now) + " lamports");
    }
    if (!before.owner().equals(now.owner())) {
      out.println(key + ": owner " + before.owner() + " -> " + now.owner());
    }
    if (before.data().length != now.data().length) {
      out.println(key + ": " + before.data().length + " -> " + now.data().length + " bytes");
    } else if (!Arrays.equals(before.data(), now.data())) {
      out.println(key + ": data changed from byte " + Arrays.mismatch(before.data(), now.data()));
    }
  }

  private static String text(TransactionError error) {
    return error instanceof TransactionError.InstructionFailed failed
        ? failed.error().text()
        : error.json();
  }

  private static String lamports(Account account) {
    return Long.toUnsignedString(account.lamports());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

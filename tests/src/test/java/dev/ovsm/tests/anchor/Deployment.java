package dev.ovsm.tests.anchor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ovsm.cli.emit.Artifact;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.tests.realvm.Account;
import dev.ovsm.tests.realvm.AccountUse;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.TransactionRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A compiled program on the real VM, called through its IDL and its generated client. Every call
 * sees the accounts as the one before it left them.
 */
final class Deployment {
  private static final String PAYER = key(99);
  private static final long RICH = 1_000_000_000_000L;

  private final RealVm vm;
  private final AnchorClient anchor;
  private final String id;
  private final byte[] elf;
  private final JsonObject idl;
  private final String client;
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  private Deployment(
      RealVm vm, AnchorClient anchor, String id, byte[] elf, JsonObject idl, String client) {
    this.vm = vm;
    this.anchor = anchor;
    this.id = id;
    this.elf = elf;
    this.idl = idl;
    this.client = client;
    put(Account.of(PAYER, RICH, Account.SYSTEM_PROGRAM, new byte[0]));
  }

  /** A program as the compiler makes it, with its interface. */
  record Build(String id, byte[] elf, String idl, String client) {
    /** Compiles a source. */
    static Build of(String source) {
      Diagnostics found = new Diagnostics();
      Compilation compilation =
          Compilation.of(
              List.of(InputFile.source(source, found).orElseThrow()),
              Compilation.Target.DEFAULT,
              found);
      byte[] elf = compilation.elf().orElseThrow(() -> new AssertionError(found.list().toString()));
      Pubkey id = NamedKey.ofProgram(Objects.requireNonNull(compilation.phases().module()).name());
      return new Build(
          id.toString(),
          elf,
          text(Artifact.IDL, compilation, id),
          text(Artifact.TS, compilation, id));
    }
  }

  /** A program that nobody has called. */
  static Deployment of(Build build, RealVm vm, AnchorClient anchor) {
    return new Deployment(
        vm,
        anchor,
        build.id,
        build.elf,
        JsonParser.parseString(build.idl).getAsJsonObject(),
        build.client);
  }

  private static String text(Artifact artifact, Compilation compilation, Pubkey id) {
    return new String(artifact.bytes(compilation, id), StandardCharsets.UTF_8);
  }

  /** An address for a test, by number. */
  static String key(int number) {
    byte[] bytes = new byte[Pubkey.BYTES];
    bytes[0] = 7;
    bytes[Pubkey.BYTES - 1] = (byte) number;
    return Pubkey.of(bytes).toString();
  }

  String id() {
    return id;
  }

  String client() {
    return client;
  }

  JsonObject idl() {
    return idl;
  }

  void put(Account account) {
    accounts.put(account.key(), account);
  }

  /** The account as the last call left it. */
  Account now(String key) {
    return Objects.requireNonNull(accounts.get(key), key);
  }

  /** What Anchor's client makes of something, through this program's IDL. */
  JsonElement ask(String operation, JsonObject request) {
    request.add("idl", idl);
    request.addProperty("client", client);
    return anchor.ask(operation, request);
  }

  /** The instruction that the generated client makes. */
  TransactionRequest.Instruction instruction(String name, String args, Map<String, String> chosen) {
    JsonObject request = new JsonObject();
    request.addProperty("instruction", name);
    request.add("args", JsonParser.parseString(args));
    JsonObject keys = new JsonObject();
    chosen.forEach(keys::addProperty);
    request.add("accounts", keys);
    JsonObject made = ask("call", request).getAsJsonObject();
    List<AccountUse> uses = new ArrayList<>();
    for (JsonElement element : made.getAsJsonArray("accounts")) {
      JsonObject meta = element.getAsJsonObject();
      AccountUse use = AccountUse.reference(meta.get("key").getAsString());
      use = meta.get("signer").getAsBoolean() ? use.asSigner() : use;
      uses.add(meta.get("writable").getAsBoolean() ? use.asWritable() : use);
    }
    return new TransactionRequest.Instruction(
        made.get("program").getAsString(), uses, bytes(made.get("data")));
  }

  /** The events that Anchor's parser finds in a log. */
  JsonArray events(Outcome outcome) {
    JsonObject request = new JsonObject();
    JsonArray logs = new JsonArray();
    outcome.logs().forEach(logs::add);
    request.add("logs", logs);
    return ask("events", request).getAsJsonArray();
  }

  /** A call through the generated client. */
  Outcome call(String name, String args, Map<String, String> chosen) {
    return send(instruction(name, args, chosen));
  }

  Outcome send(TransactionRequest.Instruction instruction) {
    List<String> keys = List.copyOf(accounts.keySet());
    Outcome outcome =
        vm.send(
                TransactionRequest.of(
                    List.of(new Program(id, elf, Loader.UPGRADEABLE)),
                    List.of(),
                    List.copyOf(accounts.values()),
                    List.of(TransactionRequest.Transaction.of(PAYER, List.of(instruction), keys))))
            .get(0);
    Objects.requireNonNull(outcome.accounts()).forEach(this::put);
    return outcome;
  }

  /** An account's data as Anchor's client decodes it. */
  JsonObject decoded(String account, String key) {
    JsonObject request = new JsonObject();
    request.addProperty("name", account);
    request.addProperty("data", Base64.getEncoder().encodeToString(now(key).data()));
    return ask("account", request).getAsJsonObject();
  }

  /** An account's data as Anchor's client encodes it. */
  byte[] encoded(String account, JsonObject fields) {
    JsonObject request = new JsonObject();
    request.addProperty("name", account);
    request.add("fields", fields);
    return bytes(ask("encode", request));
  }

  /** The name that Anchor's client has for what a call failed with. */
  String error(Outcome outcome) {
    JsonObject request = new JsonObject();
    JsonElement custom =
        Objects.requireNonNull(outcome.err())
            .getAsJsonObject()
            .getAsJsonArray("InstructionError")
            .get(1)
            .getAsJsonObject()
            .get("Custom");
    request.addProperty("code", custom.getAsLong());
    JsonArray logs = new JsonArray();
    outcome.logs().forEach(logs::add);
    request.add("logs", logs);
    JsonObject error = ask("error", request).getAsJsonObject();
    return error.get("name").getAsString() + ": " + error.get("message").getAsString();
  }

  private static byte[] bytes(JsonElement text) {
    return Base64.getDecoder().decode(text.getAsString());
  }
}

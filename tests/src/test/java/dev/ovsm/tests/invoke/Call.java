package dev.ovsm.tests.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ovsm.cli.Main;
import dev.ovsm.cli.account.KeyedAccount;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.realvm.AccountUse;
import dev.ovsm.tests.realvm.Clock;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.RunRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One call of {@code ovsm invoke} and the same transaction on the real VM.
 *
 * @param programs files by address; the instruction's own program is one of them
 * @param accounts what stands in the account files
 */
record Call(
    Map<Pubkey, byte[]> programs,
    Map<Pubkey, Account> accounts,
    Instruction instruction,
    long slot,
    long budget,
    String engine) {

  /** What the command prints, without what the real VM does not say. */
  String ours(Path folder) throws IOException {
    List<String> words = new ArrayList<>();
    int files = 0;
    String own = "";
    for (Map.Entry<Pubkey, byte[]> program : programs.entrySet()) {
      Path file = Files.write(folder.resolve("p" + files++ + ".so"), program.getValue());
      if (program.getKey().equals(instruction.program())) {
        own = file.toString();
      } else {
        words.addAll(List.of("--program", program.getKey() + "=" + file));
      }
    }
    words.addAll(0, List.of("invoke", own, "--program-id", instruction.program().toString()));
    words.addAll(List.of("--data", HexFormat.of().formatHex(instruction.data())));
    for (AccountMeta meta : instruction.accounts()) {
      Account account = accounts.get(meta.key());
      String place = meta.key().toString();
      if (account != null) {
        String json = new KeyedAccount(meta.key(), account).json().toString();
        place = Files.writeString(folder.resolve("a" + files++ + ".json"), json).toString();
      }
      words.add("--account");
      words.add(place + (meta.signer() ? ":s" : "") + (meta.writable() ? ":w" : ""));
    }
    words.addAll(List.of("--slot", Long.toString(slot), "--budget", Long.toString(budget)));
    words.addAll(List.of("--engine", engine, "--json"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(words, out, err);
    if (err.size() > 0) {
      throw new AssertionError(words + " says " + err.toString(UTF_8));
    }
    return text(JsonParser.parseString(out.toString(UTF_8)).getAsJsonObject(), code);
  }

  private static String text(JsonObject outcome, int code) {
    JsonElement error = outcome.get("err");
    if (error.isJsonNull() != (code == 0)) {
      throw new AssertionError("exit code " + code + " with " + error);
    }
    List<String> lines = new ArrayList<>();
    lines.add(error.toString());
    lines.add(outcome.get("compute_units").getAsString());
    outcome.getAsJsonArray("logs").forEach(line -> lines.add(line.getAsString()));
    JsonElement returned = outcome.get("return_data");
    lines.add(
        returned.isJsonNull()
            ? "none"
            : returned.getAsJsonObject().get("programId").getAsString()
                + " "
                + returned.getAsJsonObject().getAsJsonArray("data").get(0).getAsString());
    for (JsonElement one : outcome.getAsJsonArray("accounts")) {
      JsonObject inner = one.getAsJsonObject().getAsJsonObject("account");
      lines.add(
          line(
              one.getAsJsonObject().get("pubkey").getAsString(),
              inner.get("lamports").getAsString(),
              inner.get("owner").getAsString(),
              inner.getAsJsonArray("data").get(0).getAsString()));
    }
    return String.join("\n", lines);
  }

  private static String line(String key, String lamports, String owner, String data) {
    return String.join(" ", key, lamports, owner, data);
  }

  /** What the real VM makes of it. */
  String real(RealVm vm) {
    List<AccountUse> uses = new ArrayList<>();
    for (AccountMeta meta : instruction.accounts()) {
      Account account = accounts.get(meta.key());
      AccountUse use = AccountUse.reference(meta.key().toString());
      if (account != null) {
        use =
            AccountUse.of(
                new dev.ovsm.tests.realvm.Account(
                    meta.key().toString(),
                    account.lamports(),
                    account.owner().toString(),
                    account.data(),
                    account.executable()));
      }
      use = meta.signer() ? use.asSigner() : use;
      uses.add(meta.writable() ? use.asWritable() : use);
    }
    RunRequest.Run run = RunRequest.Run.of(instruction.data(), uses).withBudget(budget);
    List<Program> others = new ArrayList<>();
    programs.forEach((id, elf) -> others.add(new Program(id.toString(), elf, Loader.UPGRADEABLE)));
    Program own =
        others.stream()
            .filter(one -> instruction.program().toString().equals(one.id()))
            .findFirst()
            .orElseThrow();
    others.remove(own);
    return text(
        vm.run(
                new RunRequest(
                    own, Features.MAINNET, others, List.of(), List.of(), clock(), List.of(run)))
            .get(0));
  }

  private Clock clock() {
    dev.ovsm.runtime.sysvar.Clock ours =
        new Bank(BankConfig.mainnet().withStartSlot(slot)).sysvars().clock();
    return new Clock(
        ours.slot(), ours.epochStart(), ours.epoch(), ours.leaderScheduleEpoch(), ours.unixTime());
  }

  private static String text(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add(outcome.errorText());
    lines.add(Long.toString(outcome.computeUnits()));
    lines.addAll(outcome.logs());
    Outcome.ReturnData returned = outcome.returnData();
    lines.add(
        returned == null || returned.data().length == 0
            ? "none"
            : returned.program() + " " + base64(returned.data()));
    List<dev.ovsm.tests.realvm.Account> after = outcome.accounts();
    if (after != null) {
      after.stream()
          .distinct()
          .map(
              one ->
                  line(
                      one.key(),
                      Long.toUnsignedString(one.lamports()),
                      one.owner(),
                      base64(one.data())))
          .distinct()
          .forEach(lines::add);
    }
    return String.join("\n", lines);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

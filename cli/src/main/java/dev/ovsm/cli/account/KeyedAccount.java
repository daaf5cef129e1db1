package dev.ovsm.cli.account;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.math.BigInteger;
import java.util.Base64;

/** An account and its address. */
public record KeyedAccount(Pubkey key, Account account) {
  /** As {@code solana account --output json} prints it, in base 64. */
  public JsonObject json() {
    JsonArray data = new JsonArray();
    data.add(Base64.getEncoder().encodeToString(account.data()));
    data.add("base64");
    JsonObject inner = new JsonObject();
    inner.addProperty("lamports", unsigned(account.lamports()));
    inner.add("data", data);
    inner.addProperty("owner", account.owner().toString());
    inner.addProperty("executable", account.executable());
    inner.addProperty("rentEpoch", unsigned(account.rentEpoch()));
    inner.addProperty("space", account.data().length);
    JsonObject outer = new JsonObject();
    outer.addProperty("pubkey", key.toString());
    outer.add("account", inner);
    return outer;
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }
}

package dev.ovsm.tests.realvm;

import com.google.gson.JsonElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction came to: its error as Solana's RPC writes it (null for none), compute units,
 * log lines, return data, and the accounts that were asked for.
 */
public record Outcome(
    @Nullable JsonElement err,
    long computeUnits,
    List<String> logs,
    @Nullable ReturnData returnData,
    @Nullable List<Account> accounts) {

  /** Return data and the program that set it. */
  public record ReturnData(String program, byte[] data) {}

  /** True when there is no error. */
  public boolean ok() {
    return err == null || err.isJsonNull();
  }

  /** The error as JSON text, {@code null} for none. */
  public String errorText() {
    return ok() ? "null" : String.valueOf(err);
  }

  /** The bytes of the return data, none when there is none. */
  public byte[] returnedBytes() {
    return returnData == null ? new byte[0] : returnData.data();
  }

  /** The text after {@code failed: } of the last log line, or the whole line. */
  public String failure() {
    String last = logs.isEmpty() ? "" : logs.get(logs.size() - 1);
    int at = last.indexOf(" failed: ");
    return at < 0 ? last : last.substring(at + " failed: ".length());
  }
}

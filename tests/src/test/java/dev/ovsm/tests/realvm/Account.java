package dev.ovsm.tests.realvm;

import com.google.gson.annotations.JsonAdapter;

/** An account's state; lamports are an unsigned 64-bit number. */
public record Account(
    String key,
    @JsonAdapter(UnsignedText.class) long lamports,
    String owner,
    byte[] data,
    boolean executable) {
  public static final String SYSTEM_PROGRAM = "11111111111111111111111111111111";

  /** An account that no program may execute. */
  public static Account of(String key, long lamports, String owner, byte[] data) {
    return new Account(key, lamports, owner, data, false);
  }
}

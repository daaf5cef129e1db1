package dev.ovsm.cli.account;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.ovsm.cli.file.FileSource;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Base58;
import dev.ovsm.runtime.account.Pubkey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that {@code solana account ADDRESS --output json} wrote. */
public final class AccountFile {
  /** The most bytes of a file: an account's data in base 64, and what stands around it. */
  private static final int MOST = Account.MAX_DATA / 3 * 4 + 64 * 1024;

  /** RPC writes nothing longer in base 58, which takes time in proportion to the square. */
  private static final int MOST_BASE58 = 1024;

  private AccountFile() {}

  /** What is wrong with a file. */
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String what) {
      super(what);
    }
  }

  /** The account in a file; else empty, and {@code found} says why. */
  public static Optional<KeyedAccount> read(String name, Diagnostics found) {
    return read(name, FileSource.DISK, found);
  }

  /** The account in a file of some source; else empty, and {@code found} says why. */
  public static Optional<KeyedAccount> read(String name, FileSource files, Diagnostics found) {
    Optional<byte[]> bytes = files.bytes(name, MOST, found);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(new String(bytes.get(), StandardCharsets.UTF_8)));
    } catch (Wrong e) {
      found.add(
          Diagnostic.in(name, CommandCode.NOT_AN_ACCOUNT, name + " is not an account: " + why(e))
              .withHelp("dump it with: solana account ADDRESS --output json -o " + name));
      return Optional.empty();
    }
  }

  private static String why(Wrong e) {
    return String.valueOf(e.getMessage());
  }

  private static KeyedAccount parse(String text) throws Wrong {
    JsonElement root;
    try {
      root = JsonParser.parseString(text);
    } catch (JsonParseException e) {
      throw new Wrong("it is not JSON");
    }
    JsonObject outer = object(root, "the whole");
    JsonObject inner = object(outer.get("account"), "account");
    Account account =
        new Account(
            number(inner, "lamports"),
            data(inner.get("data")),
            key(inner, "owner"),
            flag(inner, "executable"),
            inner.has("rentEpoch") ? number(inner, "rentEpoch") : Account.EXEMPT_EPOCH);
    return new KeyedAccount(key(outer, "pubkey"), account);
  }

  private static JsonObject object(@Nullable JsonElement value, String name) throws Wrong {
    if (value == null || !value.isJsonObject()) {
      throw new Wrong(name + " is not an object");
    }
    return value.getAsJsonObject();
  }

  private static long number(JsonObject object, String name) throws Wrong {
    JsonPrimitive value = primitive(object.get(name));
    if (value != null && value.isNumber()) {
      try {
        return Long.parseUnsignedLong(value.getAsString());
      } catch (NumberFormatException e) {
        // Said below.
      }
    }
    throw new Wrong(name + " is not a whole number of 64 bits");
  }

  private static boolean flag(JsonObject object, String name) throws Wrong {
    JsonPrimitive value = primitive(object.get(name));
    if (value == null || !value.isBoolean()) {
      throw new Wrong(name + " is neither true nor false");
    }
    return value.getAsBoolean();
  }

  private static Pubkey key(JsonObject object, String name) throws Wrong {
    JsonPrimitive value = primitive(object.get(name));
    Optional<Pubkey> key =
        value == null || !value.isString() ? Optional.empty() : Pubkey.parse(value.getAsString());
    return key.orElseThrow(() -> new Wrong(name + " is not an address"));
  }

  private static byte[] data(@Nullable JsonElement value) throws Wrong {
    if (value != null && value.isJsonObject()) {
      throw new Wrong("its data is decoded (jsonParsed), and the bytes cannot be had back");
    }
    JsonPrimitive plain = primitive(value);
    if (plain != null && plain.isString()) {
      return base58(plain.getAsString());
    }
    JsonArray pair = value != null && value.isJsonArray() ? value.getAsJsonArray() : null;
    if (pair == null || pair.size() != 2) {
      throw new Wrong("data is not a pair of text and encoding");
    }
    JsonPrimitive text = primitive(pair.get(0));
    JsonPrimitive encoding = primitive(pair.get(1));
    if (text == null || encoding == null || !text.isString()) {
      throw new Wrong("data is not a pair of text and encoding");
    }
    return switch (encoding.getAsString()) {
      case "base64" -> base64(text.getAsString());
      case "base58" -> base58(text.getAsString());
      default ->
          throw new Wrong("its data is in " + encoding.getAsString() + ", not in base64 or base58");
    };
  }

  private static byte[] base64(String text) throws Wrong {
    byte[] data;
    try {
      data = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Wrong("its data is not base64");
    }
    if (data.length > Account.MAX_DATA) {
      throw new Wrong("its data has more than " + Account.MAX_DATA + " bytes");
    }
    return data;
  }

  private static byte[] base58(String text) throws Wrong {
    return Base58.decode(text, MOST_BASE58)
        .orElseThrow(() -> new Wrong("its data is not base58 of at most 1,024 bytes"));
  }

  private static @Nullable JsonPrimitive primitive(@Nullable JsonElement value) {
    return value != null && value.isJsonPrimitive() ? value.getAsJsonPrimitive() : null;
  }
}

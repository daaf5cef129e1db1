package dev.ovsm.tests.anchor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ovsm.runtime.account.Pubkey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;

/** Draws values of an IDL's types: as Anchor's client takes them, and as Borsh writes them. */
final class Coding {
  private static final int SMALL = 32;
  private static final String[] TEXTS = {"", "a", "für 💓", "x".repeat(40)};
  private static final double[] FRACTIONS = {0.5, -2.25, 1024.125, 1e-7, -12_345_678.5};

  private final JsonArray types;
  private final SplittableRandom random;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Behind some bytes. */
  Coding(JsonArray types, SplittableRandom random, JsonArray discriminator) {
    this.types = types;
    this.random = random;
    discriminator.forEach(one -> out.write(one.getAsInt()));
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** A value for each of some fields or arguments. */
  JsonObject fields(JsonArray fields) {
    JsonObject all = new JsonObject();
    for (JsonElement one : fields) {
      JsonObject field = one.getAsJsonObject();
      all.add(field.get("name").getAsString(), value(field.get("type")));
    }
    return all;
  }

  private JsonElement value(JsonElement type) {
    if (type.isJsonPrimitive()) {
      return plain(type.getAsString());
    }
    JsonObject made = type.getAsJsonObject();
    if (made.has("option")) {
      boolean there = random.nextBoolean();
      out.write(there ? 1 : 0);
      return there ? value(made.get("option")) : JsonNull.INSTANCE;
    }
    if (made.has("vec")) {
      int length = random.nextInt(4);
      number(BigInteger.valueOf(length), 32);
      return values(made.get("vec"), length);
    }
    if (made.has("array")) {
      JsonArray array = made.getAsJsonArray("array");
      return values(array.get(0), array.get(1).getAsInt());
    }
    return defined(made.getAsJsonObject("defined").get("name").getAsString());
  }

  private JsonArray values(JsonElement type, int count) {
    JsonArray all = new JsonArray();
    for (int i = 0; i < count; i++) {
      all.add(value(type));
    }
    return all;
  }

  private JsonElement defined(String name) {
    for (JsonElement one : types) {
      if (one.getAsJsonObject().get("name").getAsString().equals(name)) {
        JsonObject body = one.getAsJsonObject().getAsJsonObject("type");
        return body.has("variants")
            ? variant(body.getAsJsonArray("variants"))
            : fields(body.getAsJsonArray("fields"));
      }
    }
    throw new AssertionError("no type " + name);
  }

  private JsonObject variant(JsonArray variants) {
    int which = random.nextInt(variants.size());
    out.write(which);
    JsonObject chosen = new JsonObject();
    chosen.add(variants.get(which).getAsJsonObject().get("name").getAsString(), new JsonObject());
    return chosen;
  }

  private JsonElement plain(String type) {
    return switch (type) {
      case "bool" -> {
        boolean is = random.nextBoolean();
        out.write(is ? 1 : 0);
        yield new JsonPrimitive(is);
      }
      case "string" -> {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        sized(text.getBytes(StandardCharsets.UTF_8));
        yield new JsonPrimitive(text);
      }
      case "bytes" -> {
        byte[] bytes = some(random.nextInt(20));
        sized(bytes);
        yield new JsonPrimitive(Base64.getEncoder().encodeToString(bytes));
      }
      case "pubkey" -> {
        byte[] bytes = some(Pubkey.BYTES);
        out.writeBytes(bytes);
        yield new JsonPrimitive(Pubkey.of(bytes).toString());
      }
      case "f64" -> {
        double fraction = FRACTIONS[random.nextInt(FRACTIONS.length)];
        number(BigInteger.valueOf(Double.doubleToLongBits(fraction)), 64);
        yield new JsonPrimitive(fraction);
      }
      default -> integer(type.startsWith("i"), Integer.parseInt(type.substring(1)));
    };
  }

  private byte[] some(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private void sized(byte[] bytes) {
    number(BigInteger.valueOf(bytes.length), 32);
    out.writeBytes(bytes);
  }

  /** Mostly an end of the type. */
  private JsonPrimitive integer(boolean signed, int bits) {
    BigInteger least = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
    BigInteger most = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
    BigInteger value =
        switch (random.nextInt(3)) {
          case 0 -> least;
          case 1 -> most;
          default -> BigInteger.valueOf(random.nextInt(100));
        };
    number(value, bits);
    return bits <= SMALL ? new JsonPrimitive(value) : new JsonPrimitive(value.toString());
  }

  /** Little-endian, in two's complement. */
  private void number(BigInteger value, int bits) {
    for (int shift = 0; shift < bits; shift += Byte.SIZE) {
      out.write(value.shiftRight(shift).intValue());
    }
  }
}

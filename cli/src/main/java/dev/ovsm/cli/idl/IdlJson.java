package dev.ovsm.cli.idl;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ovsm.frontend.idl.IdlName;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** An {@link Idl} as JSON; lists that are empty are left out where the specification allows it. */
final class IdlJson {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
  private static final Pattern BYTES = Pattern.compile("\\[\\s+[0-9]+(,\\s+[0-9]+)*\\s+\\]");
  private static final String SPECIFICATION = "0.1.0";

  /** The specification wants a version, and OVSM programs have none. */
  private static final String VERSION = "0.1.0";

  private final UnaryOperator<String> identifier;

  private IdlJson(UnaryOperator<String> identifier) {
    this.identifier = identifier;
  }

  static String print(Idl idl) {
    return new IdlJson(UnaryOperator.identity()).text(idl) + "\n";
  }

  /** The same with every identifier as Anchor's client has it in JavaScript. */
  static String printCamel(Idl idl) {
    return new IdlJson(IdlName::camel).text(idl);
  }

  /** Pretty, with the bytes of a discriminator on one line. */
  private String text(Idl idl) {
    return BYTES
        .matcher(GSON.toJson(whole(idl)))
        .replaceAll(
            hit -> hit.group().replaceAll("\\s+", " ").replace("[ ", "[").replace(" ]", "]"));
  }

  private JsonObject whole(Idl idl) {
    JsonObject all = new JsonObject();
    all.addProperty("address", idl.address());
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", name(idl.name()));
    metadata.addProperty("version", VERSION);
    metadata.addProperty("spec", SPECIFICATION);
    all.add("metadata", metadata);
    all.add("instructions", list(idl.instructions(), this::instruction));
    optional(all, "accounts", idl.accounts(), this::tagged);
    optional(all, "events", idl.events(), this::tagged);
    optional(all, "errors", idl.errors(), this::error);
    optional(all, "types", idl.types(), this::definition);
    return all;
  }

  private String name(String name) {
    return identifier.apply(name);
  }

  private static <T> JsonArray list(List<T> items, Function<T, JsonElement> print) {
    JsonArray array = new JsonArray();
    items.forEach(item -> array.add(print.apply(item)));
    return array;
  }

  private static <T> void optional(
      JsonObject object, String key, List<T> items, Function<T, JsonElement> print) {
    if (!items.isEmpty()) {
      object.add(key, list(items, print));
    }
  }

  private JsonObject named(String name) {
    JsonObject object = new JsonObject();
    object.addProperty("name", name(name));
    return object;
  }

  private JsonObject named(String name, List<String> docs) {
    JsonObject object = named(name);
    optional(object, "docs", docs, JsonPrimitive::new);
    return object;
  }

  private static JsonArray bytes(byte[] bytes) {
    JsonArray array = new JsonArray();
    for (byte one : bytes) {
      array.add(one & 0xFF);
    }
    return array;
  }

  private static JsonArray discriminator(long number) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (number >>> (Byte.SIZE * i));
    }
    return bytes(bytes);
  }

  private JsonObject instruction(Idl.Instruction instruction) {
    JsonObject object = named(instruction.name(), instruction.docs());
    object.add("discriminator", discriminator(instruction.discriminator()));
    object.add("accounts", list(instruction.accounts(), this::meta));
    object.add("args", list(instruction.args(), this::field));
    return object;
  }

  private JsonObject meta(Idl.Meta meta) {
    JsonObject object = named(meta.name(), meta.docs());
    if (meta.writable()) {
      object.addProperty("writable", true);
    }
    if (meta.signer()) {
      object.addProperty("signer", true);
    }
    if (meta.address() != null) {
      object.addProperty("address", meta.address());
    }
    if (!meta.seeds().isEmpty()) {
      JsonObject pda = new JsonObject();
      pda.add("seeds", list(meta.seeds(), IdlJson::seed));
      object.add("pda", pda);
    }
    return object;
  }

  private static JsonObject seed(byte[] value) {
    JsonObject object = new JsonObject();
    object.addProperty("kind", "const");
    object.add("value", bytes(value));
    return object;
  }

  private JsonObject tagged(Idl.Tagged tagged) {
    JsonObject object = named(tagged.name());
    object.add("discriminator", discriminator(tagged.discriminator()));
    return object;
  }

  private JsonObject error(Idl.Numbered error) {
    JsonObject object = new JsonObject();
    object.addProperty("code", error.code());
    object.addProperty("name", name(error.name()));
    if (error.message() != null) {
      object.addProperty("msg", error.message());
    }
    return object;
  }

  private JsonObject definition(Idl.Definition definition) {
    JsonObject object = named(definition.name(), definition.docs());
    JsonObject body = new JsonObject();
    body.addProperty("kind", definition.isEnum() ? "enum" : "struct");
    if (definition.isEnum()) {
      body.add("variants", list(definition.variants(), this::named));
    } else {
      body.add("fields", list(definition.fields(), this::field));
    }
    object.add("type", body);
    return object;
  }

  private JsonObject field(Idl.Field field) {
    JsonObject object = named(field.name(), field.docs());
    object.add("type", type(field.type()));
    return object;
  }

  private JsonElement type(IdlType type) {
    if (type instanceof IdlType.Plain plain) {
      return new JsonPrimitive(plain.word());
    }
    JsonObject object = new JsonObject();
    if (type instanceof IdlType.Option option) {
      object.add("option", type(option.of()));
    } else if (type instanceof IdlType.Vec vec) {
      object.add("vec", type(vec.of()));
    } else if (type instanceof IdlType.Array array) {
      JsonArray pair = new JsonArray();
      pair.add(type(array.of()));
      pair.add(array.length());
      object.add("array", pair);
    } else if (type instanceof IdlType.Defined defined) {
      object.add("defined", named(defined.name()));
    }
    return object;
  }
}

package dev.ovsm.tests.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.idl.Idl;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.Compiled;
import dev.ovsm.ir.Module;
import dev.ovsm.runtime.account.Pubkey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Anchor's client takes the interface of every example and of every small program: it writes each
 * instruction and account as Borsh has it, reads these and events again, and its types are those of
 * the generated client, which tsc accepts.
 */
final class InterfacesTest {
  private static final int ROUNDS = 6;
  private static final List<String> LISTS = List.of("instructions", "accounts", "events");
  private static final Pubkey ADDRESS = Pubkey.of("BPFLoaderUpgradeab1e11111111111111111111111");
  private static final Path SEEDS = Path.of("../examples/seeds");

  /** What defines the names that an example only mentions, beside its own helpers. */
  private static final List<List<String>> COMPANIONS =
      List.of(List.of(), List.of("oracles"), List.of("programs"));

  /** The text of a document that is in another language. */
  private static final String NO_PROGRAM = "subscribe.ovsm";

  private static AnchorClient anchor;

  @BeforeAll
  static void start() {
    anchor = AnchorClient.start();
  }

  @AfterAll
  static void stop() {
    anchor.close();
  }

  /** A program's interface: the IDL as the client converts it, and the generated client. */
  private record Interface(JsonObject idl, JsonObject camel, String client) {
    JsonArray list(String name) {
      return camel.has(name) ? camel.getAsJsonArray(name) : new JsonArray();
    }

    JsonArray fieldsOf(String name) {
      for (JsonElement type : list("types")) {
        if (type.getAsJsonObject().get("name").getAsString().equals(name)) {
          return type.getAsJsonObject().getAsJsonObject("type").getAsJsonArray("fields");
        }
      }
      throw new AssertionError("no type " + name);
    }

    JsonObject ask(String operation, JsonObject request) {
      request.add("idl", idl);
      request.addProperty("client", client);
      return anchor.ask(operation, request).getAsJsonObject();
    }
  }

  private static Map<String, Interface> interfaces() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("../examples", "golden/programs", "anchor")) {
      try (Stream<Path> found = Files.walk(Path.of(folder))) {
        found
            .filter(file -> !file.toString().contains("node_modules"))
            .filter(file -> file.toString().endsWith(".ovsm"))
            .filter(file -> !file.toString().endsWith(".helpers.ovsm"))
            .sorted()
            .forEach(files::add);
      }
    }
    Map<String, Interface> all = new LinkedHashMap<>();
    for (Path file : files) {
      interfaceOf(file)
          .ifPresentOrElse(
              found -> all.put("client" + all.size(), found),
              () -> assertThat(file.getFileName()).hasToString(NO_PROGRAM));
    }
    return all;
  }

  /** The interface of the program that a file is with what it needs, if it is one. */
  private static Optional<Interface> interfaceOf(Path file) {
    for (List<String> companions : COMPANIONS) {
      Diagnostics found = new Diagnostics();
      List<Source> sources = new ArrayList<>();
      sources.add(InputFile.source(file.toString(), found).orElseThrow());
      String helpers = file.toString().replace(".ovsm", ".helpers.ovsm");
      if (Files.exists(Path.of(helpers))) {
        sources.add(InputFile.source(helpers, found).orElseThrow());
      }
      for (String companion : companions) {
        String path = SEEDS.resolve(companion + ".ovsm").toString();
        sources.add(InputFile.source(path, found).orElseThrow());
      }
      Compiled phases = Compilation.phases(sources, found);
      Module module = phases.module();
      if (module != null) {
        return Optional.of(interfaceOf(Idl.of(phases, module, ADDRESS)));
      }
    }
    return Optional.empty();
  }

  private static Interface interfaceOf(Idl made) {
    JsonObject request = new JsonObject();
    JsonObject idl = JsonParser.parseString(made.json()).getAsJsonObject();
    request.add("idl", idl);
    JsonObject camel = anchor.ask("camel", request).getAsJsonObject();
    return new Interface(idl, camel, made.typeScript());
  }

  @Test
  void anchorTakesAll() throws IOException {
    Map<String, Interface> all = interfaces();
    SplittableRandom random = new SplittableRandom(1);
    int[] counts = new int[3];
    JsonObject files = new JsonObject();
    all.forEach(
        (name, program) -> {
          JsonObject types = program.ask("types", new JsonObject());
          assertThat(types.get("same").getAsBoolean())
              .as(types.get("difference").getAsString())
              .isTrue();
          files.addProperty(name + ".ts", program.client);
          for (int i = 0; i < ROUNDS; i++) {
            code(program, random, counts);
          }
        });
    System.out.printf(
        Locale.ROOT,
        "InterfacesTest: of %d programs %d instructions, %d accounts, %d events%n",
        all.size(),
        counts[0],
        counts[1],
        counts[2]);
    assertThat(counts[0]).isGreaterThanOrEqualTo(80 * ROUNDS);
    assertThat(counts[1]).isGreaterThanOrEqualTo(3 * ROUNDS);
    assertThat(counts[2]).isGreaterThanOrEqualTo(8 * ROUNDS);
    JsonObject request = new JsonObject();
    request.add("files", files);
    JsonObject checked = anchor.ask("check", request).getAsJsonObject();
    assertThat(checked.get("output").getAsString()).isEmpty();
    assertThat(checked.get("status").getAsInt()).isZero();
  }

  /** A comparison that cannot fail would find nothing. */
  @Test
  void anotherTypeIsNoticed() {
    Interface counter = interfaceOf(Path.of("../examples/counter.ovsm")).orElseThrow();
    String other = counter.idl.toString().replace("\"u64\"", "\"u32\"");
    Interface wrong =
        new Interface(
            JsonParser.parseString(other).getAsJsonObject(), counter.camel, counter.client);
    assertThat(wrong.ask("types", new JsonObject()).get("same").getAsBoolean()).isFalse();
    assertThatThrownBy(() -> code(wrong, new SplittableRandom(1), new int[LISTS.size()]))
        .isInstanceOfAny(AssertionError.class, AnchorClient.Refused.class);
  }

  /** Values of all that a program's interface has, there and back. */
  private static void code(Interface program, SplittableRandom random, int[] counts) {
    JsonObject request = new JsonObject();
    List<JsonObject> expected = new ArrayList<>();
    for (String list : LISTS) {
      JsonArray asked = new JsonArray();
      for (JsonElement element : program.list(list)) {
        JsonObject one = element.getAsJsonObject();
        Coding coding =
            new Coding(program.list("types"), random, one.getAsJsonArray("discriminator"));
        String name = one.get("name").getAsString();
        boolean called = one.has("args");
        JsonArray fields = called ? one.getAsJsonArray("args") : program.fieldsOf(name);
        JsonObject result = new JsonObject();
        result.addProperty("name", name);
        result.add("data", coding.fields(fields));
        String bytes = Base64.getEncoder().encodeToString(coding.bytes());
        if (list.equals("events")) {
          asked.add(bytes);
        } else {
          JsonObject ask = new JsonObject();
          ask.addProperty("name", name);
          ask.add(called ? "args" : "fields", result.get("data"));
          asked.add(ask);
          result.addProperty("bytes", bytes);
        }
        expected.add(result);
      }
      request.add(list, asked);
    }
    JsonObject coded = program.ask("code", request);
    int at = 0;
    for (int list = 0; list < LISTS.size(); list++) {
      for (JsonElement one : coded.getAsJsonArray(LISTS.get(list))) {
        assertThat(one).isEqualTo(JsonParser.parseString(expected.get(at++).toString()));
        counts[list]++;
      }
    }
    assertThat(at).isEqualTo(expected.size());
  }
}

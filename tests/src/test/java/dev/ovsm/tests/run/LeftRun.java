package dev.ovsm.tests.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import dev.ovsm.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder that {@code ovsm run} left. */
record LeftRun(Path folder, int exitCode) {

  /** Runs a command in this process, with its folder below {@code parent}. */
  static LeftRun of(Path parent, List<String> command) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--run-folder", parent.toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(all, out, err);
    try (Stream<Path> runs = Files.list(parent)) {
      List<Path> made = runs.sorted().toList();
      assertThat(made).as(err.toString(UTF_8)).isNotEmpty();
      return new LeftRun(made.get(made.size() - 1), code);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  JsonObject json(String name) throws IOException {
    Gson strict = new GsonBuilder().setStrictness(Strictness.STRICT).create();
    return strict.fromJson(Files.readString(file(name), UTF_8), JsonObject.class);
  }

  /** The events of a type, in order. */
  List<JsonObject> events(String type) throws IOException {
    Gson gson = new Gson();
    return Files.readAllLines(file("events.jsonl"), UTF_8).stream()
        .map(line -> gson.fromJson(line, JsonObject.class))
        .filter(event -> event.get("type").getAsString().equals(type))
        .toList();
  }
}

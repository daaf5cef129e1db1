package dev.ovsm.tests.machine;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Conformance vectors, which lie beside a checkout of the project and not in it. */
final class ConformanceData {
  private ConformanceData() {}

  /** The vectors of a file; without the file the test is skipped and says so. */
  static List<JsonObject> vectors(String name) {
    Path here = Path.of("").toAbsolutePath();
    List<Path> files =
        Stream.iterate(here, folder -> folder != null, Path::getParent)
            .map(folder -> folder.resolve("shared").resolve("vectors").resolve(name))
            .filter(Files::isRegularFile)
            .toList();
    if (files.isEmpty()) {
      String missing = "skipped: shared/vectors/" + name + " is not beside the checkout";
      System.err.println(missing);
      Assumptions.abort(missing);
    }
    return read(files.get(0));
  }

  private static List<JsonObject> read(Path file) {
    try (Reader reader =
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)) {
      JsonObject root = JsonParser.parseReader(reader).getAsJsonObject();
      return root.getAsJsonArray("vectors").asList().stream()
          .map(JsonElement::getAsJsonObject)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

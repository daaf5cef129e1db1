package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What lint writes as SARIF holds by the schema that OASIS publishes for version 2.1.0. */
class SarifSchemaTest {
  private static final JsonSchema SCHEMA = read();

  @BeforeAll
  static void isTheSchemaOfTheStandard() {
    assertThat(SCHEMA.getSchemaNode().get("title").asText()).contains("SARIF) Version 2.1.0");
    SCHEMA.initializeValidators();
  }

  private static JsonSchema read() {
    try (InputStream in =
        SarifSchemaTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyWarningAndVerdictHolds() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("lint", "--format", "sarif"));
    for (Path folder :
        List.of(Path.of("../tests/golden/lint"), Path.of("../tests/golden/mistakes"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .map(Path::toString)
            .filter(name -> name.endsWith(".ovsm"))
            .sorted()
            .forEach(arguments::add);
      }
    }
    String log = sarif(arguments);
    assertThat(log).contains("\"codeFlows\"").contains("\"fixes\"").contains("W00");
    assertThat(complaints(log)).isEmpty();
  }

  @Test
  void theSchemaSeesWhatIsWrong() {
    String log = sarif(List.of("lint", "--format", "sarif", "../examples/heartbeat.ovsm"));
    assertThat(complaints(log)).isEmpty();
    assertThat(complaints(log.replace("\"2.1.0\"", "\"2.2\""))).isNotEmpty();
    assertThat(complaints(log.replace("\"driver\"", "\"drivers\""))).isNotEmpty();
  }

  private static Set<ValidationMessage> complaints(String log) {
    return SCHEMA.validate(log, InputFormat.JSON);
  }

  private static String sarif(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Main.run(arguments, out, new ByteArrayOutputStream());
    return out.toString(UTF_8);
  }
}

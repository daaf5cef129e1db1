package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** README.md shows what the tool does. */
class ReadmeTest {
  private static final String MORE = "…";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static String readme() throws IOException {
    return Files.readString(Path.of("../README.md"));
  }

  @ParameterizedTest
  @EnumSource
  void namesEveryCommand(Verb verb) throws IOException {
    assertThat(readme()).containsPattern("\\| .*`ovsm " + verb.word() + "[ `]");
  }

  /** A line that ends with … goes on otherwise each time; … alone stands for lines left out. */
  @Test
  void printsWhatTheFirstRunPrints() throws IOException {
    String command = "./ovsm run examples/heartbeat.ovsm --slots 10000 --start-slot 990";
    String[] parts = readme().split(command + "` starts it", 2);
    assertThat(parts).hasSize(2);
    List<String> shown = parts[1].split("```\n", 3)[1].lines().toList();
    String here = command.replace("./ovsm ", "").replace("examples", "../examples");
    List<String> words = List.of((here + " --run-folder none").split(" "));
    assertThat(Main.run(words, out, err)).isZero();
    List<String> printed = out.toString(UTF_8).lines().toList();
    int at = 0;
    for (int i = 0; i < shown.size(); i++) {
      if (shown.get(i).equals(MORE)) {
        at = printed.indexOf(shown.get(i + 1));
      } else {
        String line = printed.get(at++);
        if (shown.get(i).endsWith(MORE)) {
          assertThat(line).startsWith(shown.get(i).replace(MORE, ""));
        } else {
          assertThat(line).isEqualTo(shown.get(i));
        }
      }
    }
    assertThat(at).isEqualTo(printed.size());
  }
}

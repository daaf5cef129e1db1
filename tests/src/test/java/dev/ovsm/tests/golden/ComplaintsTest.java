package dev.ovsm.tests.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions of commands, each named after the code of the diagnostic that it ends with.
 *
 * <p>A case is files, each after a line {@code <<< NAME}, and commands. {@code $ WORDS} is run
 * here, a word that begins with {@code @} being a file of the case; {@code % WORDS} is run by
 * itself, in the folder of the files. The golden file holds what they write to standard error and
 * how they end.
 */
class ComplaintsTest {
  private static final String FILE = "<<< ";
  private static final String HERE = "$ ";
  private static final String APART = "% ";

  @TestFactory
  Stream<DynamicTest> areSaid(@TempDir Path folder) throws IOException {
    return GoldenFiles.in("complaints", ".case")
        .expect("text", file -> said(file, Files.createDirectory(folder.resolve(stem(file)))))
        .tests();
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replace(".case", "");
  }

  private static String said(Path file, Path folder) throws Exception {
    StringBuilder out = new StringBuilder();
    StringBuilder content = new StringBuilder();
    Path open = null;
    for (String line : Files.readAllLines(file)) {
      boolean isCommand = line.startsWith(HERE) || line.startsWith(APART);
      if (open != null && (isCommand || line.startsWith(FILE))) {
        Files.createDirectories(open.getParent());
        Files.writeString(open, content);
        open = null;
      }
      if (line.startsWith(FILE)) {
        open = folder.resolve(line.substring(FILE.length()));
        content.setLength(0);
      } else if (isCommand) {
        String command = line.substring(HERE.length());
        String said = line.startsWith(HERE) ? here(command, folder) : apart(command, folder);
        out.append(line).append('\n').append(said.replace(folder + "/", ""));
      } else {
        content.append(line).append('\n');
      }
    }
    assertThat(out.toString()).as("it ends as it is named").contains("[" + stem(file) + "]");
    return out.toString();
  }

  private static String here(String command, Path folder) {
    List<String> words =
        words(command)
            .map(word -> word.startsWith("@") ? folder + "/" + word.substring(1) : word)
            .toList();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Main.run(words, OutputStream.nullOutputStream(), err);
    return err.toString(UTF_8) + "exit " + exitCode + "\n";
  }

  private static String apart(String command, Path folder) throws Exception {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            absolute(System.getProperty("java.class.path")),
            Main.class.getName());
    Process process =
        new ProcessBuilder(Stream.concat(java.stream(), words(command)).toList())
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return err + "exit " + process.exitValue() + "\n";
  }

  private static String absolute(String classPath) {
    return String.join(
        System.getProperty("path.separator"),
        Arrays.stream(classPath.split(System.getProperty("path.separator"), -1))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }

  private static Stream<String> words(String command) {
    return Arrays.stream(command.split(" ", -1));
  }
}

package dev.ovsm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFilesTest {
  @TempDir Path folder;

  @Test
  void agreesWithWhatWasKept() throws IOException {
    Files.writeString(folder.resolve("x.in"), "a");
    Files.writeString(folder.resolve("x.twice.out"), "aa");
    List<DynamicTest> tests = tests(new Golden(false));
    assertThat(tests)
        .extracting(DynamicTest::getDisplayName)
        .containsExactly("x twice", "no stray golden file");
    assertThat(tests)
        .allSatisfy(test -> assertThatCode(() -> run(test)).doesNotThrowAnyException());
  }

  @Test
  void showsHowTheyDiffer() throws IOException {
    Files.writeString(folder.resolve("x.in"), "a\n");
    Files.writeString(folder.resolve("x.twice.out"), "a\nb\n");
    DynamicTest test = tests(new Golden(false)).get(0);
    assertThatThrownBy(() -> run(test))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("x.twice.out differs\n")
        .hasMessageContaining("\n a\n-b\n+a\n")
        .hasMessageEndingWith("-Dbless accepts what the program says now");
  }

  @Test
  void missesTheGoldenFileOfAnInput() throws IOException {
    Files.writeString(folder.resolve("x.in"), "a");
    DynamicTest test = tests(new Golden(false)).get(0);
    assertThatThrownBy(() -> run(test))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("x.twice.out is missing; it would be\naa");
    assertThat(folder.resolve("x.twice.out")).doesNotExist();
  }

  @Test
  void refusesAGoldenFileWithoutInputOrPhase() throws IOException {
    Files.writeString(folder.resolve("x.in"), "a");
    Files.writeString(folder.resolve("x.thrice.out"), "aaa");
    Files.writeString(folder.resolve("y.twice.out"), "bb");
    List<DynamicTest> tests = tests(new Golden(false));
    assertThatThrownBy(() -> run(tests.get(tests.size() - 1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("x.thrice.out", "y.twice.out");
  }

  @Test
  void refusesAFolderWithoutInput() {
    assertThatThrownBy(() -> tests(new Golden(false))).isInstanceOf(AssertionError.class);
  }

  @Test
  void blessingWritesTheGoldenFile() throws Throwable {
    Files.writeString(folder.resolve("x.in"), "é");
    run(tests(new Golden(true)).get(0));
    assertThat(folder.resolve("x.twice.out")).hasContent("éé");
    run(tests(new Golden(false)).get(0));
  }

  @Test
  void aServerNeverBlesses() {
    assertThatThrownBy(() -> Golden.of("", "true")).isInstanceOf(AssertionError.class);
    assertThatCode(() -> Golden.of("", null)).doesNotThrowAnyException();
    assertThatCode(() -> Golden.of(null, "true")).doesNotThrowAnyException();
  }

  private List<DynamicTest> tests(Golden golden) throws IOException {
    return new GoldenFiles(golden, folder, ".in")
        .expect("twice", input -> Files.readString(input).repeat(2))
        .tests()
        .toList();
  }

  private static void run(DynamicTest test) throws Throwable {
    test.getExecutable().execute();
  }
}

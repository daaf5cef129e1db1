package dev.ovsm.tests.golden;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares a text with the file that holds what it must be.
 *
 * <p>{@code mvn verify -Dbless} writes the file instead, for a human to read in the diff of the
 * change; a continuous integration server ({@code CI=true}) never does.
 */
public final class Golden {
  private static final int CONTEXT = 3;

  private final boolean bless;

  Golden(boolean bless) {
    this.bless = bless;
  }

  /**
   * Fails unless {@code expected} holds exactly {@code actual}.
   *
   * @throws AssertionError with the difference, and how to accept it
   */
  public static void check(Path expected, String actual) throws IOException {
    ofThisBuild().compare(expected, actual);
  }

  /** As the system property {@code bless} and the variable {@code CI} say. */
  static Golden ofThisBuild() {
    return of(System.getProperty("bless"), System.getenv("CI"));
  }

  static Golden of(@Nullable String bless, @Nullable String ci) {
    boolean wanted = bless != null && !bless.equals("false");
    if (wanted && "true".equals(ci)) {
      throw new AssertionError("golden files are blessed by people, not with CI=true");
    }
    return new Golden(wanted);
  }

  void compare(Path expected, String actual) throws IOException {
    String kept = Files.exists(expected) ? Files.readString(expected) : null;
    if (actual.equals(kept)) {
      return;
    }
    if (bless) {
      Files.writeString(expected, actual);
      return;
    }
    String problem =
        kept == null
            ? " is missing; it would be\n" + actual
            : " differs\n" + difference(kept, actual);
    throw new AssertionError(expected + problem + "\n-Dbless accepts what the program says now");
  }

  private static String difference(String kept, String actual) {
    List<String> before = List.of(kept.split("\n", -1));
    List<String> after = List.of(actual.split("\n", -1));
    return String.join(
        "\n",
        UnifiedDiffUtils.generateUnifiedDiff(
            "expected", "actual", before, DiffUtils.diff(before, after), CONTEXT));
  }
}

package dev.ovsm.cli.report;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The forms of a report, by the words of {@code --format}. */
public enum Format {
  HUMAN,
  JSON,
  SARIF,
  GITHUB;

  /**
   * What writes this form.
   *
   * @param version of this tool
   * @param summary the file for a job's summary on GitHub, or null
   */
  public Renderer renderer(String version, @Nullable Path summary) {
    return switch (this) {
      case HUMAN -> new HumanRenderer();
      case JSON -> new JsonRenderer();
      case SARIF -> new SarifRenderer(version);
      case GITHUB -> new GitHubRenderer(summary);
    };
  }
}

package dev.ovsm.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8 as they come; with prompts if there is somebody to see them. */
final class PlainLines implements Lines {
  private final BufferedReader lines;
  private final Optional<PrintWriter> prompts;

  PlainLines(InputStream in, Optional<PrintWriter> prompts) {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.prompts = prompts;
  }

  @Override
  public Optional<String> next(boolean isContinued) throws IOException {
    prompts.ifPresent(
        out -> {
          out.print(isContinued ? EditedLines.MORE : EditedLines.PROMPT);
          out.flush();
        });
    return Optional.ofNullable(lines.readLine());
  }

  @Override
  public boolean isConversation() {
    return prompts.isPresent();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

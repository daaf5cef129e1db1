package dev.ovsm.tests.realvm;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One Node process that answers one line with one line; a silent one is ended. */
public final class OracleProcess implements AutoCloseable {
  private static final int REPLY_SECONDS = 120;

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader replies;

  /**
   * Starts a script in its folder.
   *
   * @param variables of its environment, beside those of this process
   */
  public OracleProcess(Path folder, String script, Map<String, String> variables) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("node", folder.resolve(script).toString())
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(variables);
      process = builder.start();
    } catch (IOException e) {
      throw new UnavailableException("node could not start: " + e.getMessage(), e);
    }
    requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    replies =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Whether it can still answer. */
  public boolean alive() {
    return process.isAlive();
  }

  /** The reply line to a request line; the process does not survive a failure. */
  public String exchange(String request) throws IOException {
    CompletableFuture<Boolean> answered = new CompletableFuture<>();
    CompletableFuture<Void> watch =
        answered
            .completeOnTimeout(false, REPLY_SECONDS, TimeUnit.SECONDS)
            .thenAccept(
                inTime -> {
                  if (!inTime) {
                    process.destroyForcibly();
                  }
                });
    try {
      requests.write(request);
      requests.write('\n');
      requests.flush();
      String reply = replies.readLine();
      if (reply == null) {
        throw new IOException("the process ended or gave no reply in " + REPLY_SECONDS + " s");
      }
      return reply;
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    } finally {
      answered.complete(true);
      watch.join();
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}

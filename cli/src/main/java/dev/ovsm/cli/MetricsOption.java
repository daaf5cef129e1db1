package dev.ovsm.cli;

import dev.ovsm.cli.metrics.Metrics;
import dev.ovsm.cli.metrics.MetricsServer;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that lets a run be watched from outside. */
final class MetricsOption {
  @Option(
      names = "--metrics",
      paramLabel = "[HOST:]PORT",
      description =
          "Answer GET /metrics there for Prometheus while the run goes on; port 0 is any that is"
              + " free, which is told.")
  private @Nullable String address;

  private final Metrics metrics = new Metrics();

  boolean isGiven() {
    return address != null;
  }

  /** What is told of the run. */
  Metrics metrics() {
    return metrics;
  }

  /** What is wrong with the address. */
  Optional<Diagnostic> wrong() {
    return address == null || MetricsServer.Address.parse(address).isPresent()
        ? Optional.empty()
        : Optional.of(
            Diagnostic.in(
                    "--metrics " + address,
                    RunCode.NO_METRICS,
                    address + " is no address to listen at")
                .withHelp("write PORT or HOST:PORT, such as 127.0.0.1:9464"));
  }

  /** Begins to answer, and tells where; else empty, and {@code found} says why. */
  Optional<MetricsServer> open(Terminal terminal, Diagnostics found) {
    Optional<MetricsServer> server =
        Optional.ofNullable(address)
            .flatMap(MetricsServer.Address::parse)
            .flatMap(where -> MetricsServer.open(where, metrics::text, found));
    server.ifPresent(
        one -> {
          terminal.err().println("metrics at " + one.url());
          terminal.err().flush();
        });
    return server;
  }
}

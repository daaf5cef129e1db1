package dev.ovsm.cli.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers GET /metrics as long as it is open. */
public final class MetricsServer implements AutoCloseable {
  private static final String PATH = "/metrics";
  private static final String USUAL_HOST = "127.0.0.1";
  private static final int MOST_PORT = 65_535;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  private final HttpServer server;

  private MetricsServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Where a server is to listen.
   *
   * @param port 0 for any that is free
   */
  public record Address(String host, int port) {
    /** Reads {@code [HOST:]PORT}; empty if that is none. */
    public static Optional<Address> parse(String text) {
      int colon = text.lastIndexOf(':');
      String host = colon < 1 ? USUAL_HOST : text.substring(0, colon);
      String port = text.substring(colon + 1);
      if (!port.matches("[0-9]{1,5}") || !host.matches("[A-Za-z0-9.:\\[\\]-]{1,253}")) {
        return Optional.empty();
      }
      int number = Integer.parseInt(port);
      return number > MOST_PORT ? Optional.empty() : Optional.of(new Address(host, number));
    }
  }

  /** Opens a server for what {@code text} says; empty if it cannot listen, which is said. */
  public static Optional<MetricsServer> open(
      Address address, Supplier<String> text, Diagnostics found) {
    String place = address.host + ":" + address.port;
    try {
      InetSocketAddress socket = new InetSocketAddress(address.host, address.port);
      if (socket.isUnresolved()) {
        throw new IOException("no such host");
      }
      HttpServer server = HttpServer.create(socket, 0);
      server.createContext("/", exchange -> answer(exchange, text));
      server.start();
      return Optional.of(new MetricsServer(server));
    } catch (IOException e) {
      found.add(
          Diagnostic.in("--metrics " + place, RunCode.NO_METRICS, "nothing can listen at " + place)
              .withHelp("name an address of this machine and a free port, or port 0 for any"));
      return Optional.empty();
    }
  }

  /** Where it can be asked. */
  public String url() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address.getPort()
        + PATH;
  }

  private static void answer(HttpExchange exchange, Supplier<String> text) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
      } else {
        byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", Exposition.CONTENT_TYPE);
        exchange.sendResponseHeaders(OK, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

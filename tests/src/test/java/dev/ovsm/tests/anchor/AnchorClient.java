package dev.ovsm.tests.anchor;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ovsm.tests.prerequisite.Prerequisite;
import dev.ovsm.tests.realvm.Installation;
import dev.ovsm.tests.realvm.OracleProcess;
import dev.ovsm.tests.realvm.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Anchor's client in a process of its own; {@code tests/anchor/README.md} has the protocol. */
final class AnchorClient implements AutoCloseable {
  private static final String SCRIPT = "client.js";
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private final OracleProcess process;
  private long lastId;

  private AnchorClient(OracleProcess process) {
    this.process = process;
  }

  /** Starts it, or skips the test where it cannot be had. */
  static AnchorClient start() {
    try {
      AnchorClient client =
          new AnchorClient(
              new OracleProcess(Installation.ready("anchor", SCRIPT), SCRIPT, Map.of()));
      client.ask("hello", new JsonObject());
      return client;
    } catch (UnavailableException e) {
      String missing = "the tests of the IDL need Anchor's client: " + e.getMessage();
      Prerequisite.require(false, missing);
      throw new IllegalStateException(missing, e);
    }
  }

  /** The reply to a request; one that the client refuses is a {@link Refused}. */
  JsonElement ask(String operation, JsonObject request) {
    long id = ++lastId;
    request.addProperty("op", operation);
    request.addProperty("id", id);
    JsonObject reply;
    try {
      reply = JsonParser.parseString(process.exchange(GSON.toJson(request))).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException("no reply to " + operation, e);
    }
    if (reply.has("error")) {
      throw new Refused(reply.get("error").getAsString());
    }
    return reply.get("ok");
  }

  @Override
  public void close() {
    process.close();
  }

  /** The client does not take what it is given. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}

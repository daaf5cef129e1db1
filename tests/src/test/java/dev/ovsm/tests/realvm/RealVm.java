package dev.ovsm.tests.realvm;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The real Solana VM in a process of its own; every request gets a new machine, so that no answer
 * depends on an earlier request. {@code tests/realvm/README.md} describes the protocol.
 */
public final class RealVm implements AutoCloseable {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .registerTypeAdapter(byte[].class, new Base64Text())
          .disableHtmlEscaping()
          .create();

  private static final String SCRIPT = "oracle.js";

  private final Path folder;
  private final Map<String, String> variables;
  private OracleProcess process;
  private long lastId;

  private RealVm(Path folder, Map<String, String> variables) {
    this.folder = folder;
    this.variables = variables;
    this.process = new OracleProcess(folder, SCRIPT, variables);
  }

  /**
   * Starts the process, after installing its packages if they are missing.
   *
   * @throws UnavailableException when Node, npm or the packages cannot be had
   */
  public static RealVm start() {
    return start(Map.of());
  }

  /** Starts a process of its own that writes register traces of all that it runs. */
  public static RealVm startTracing(Path traces) {
    return start(Map.of("SBF_TRACE_DIR", traces.toAbsolutePath().toString()));
  }

  private static RealVm start(Map<String, String> variables) {
    RealVm vm = new RealVm(Installation.ready("realvm", SCRIPT), variables);
    try {
      vm.hello();
      return vm;
    } catch (IllegalStateException e) {
      vm.close();
      throw new UnavailableException("the oracle does not answer: " + e.getMessage(), e);
    }
  }

  /** Versions, names of feature sets and programs, and the blockhash that transactions carry. */
  public record Hello(
      String litesvm,
      String web3,
      String node,
      List<String> features,
      List<String> standard,
      String blockhash) {}

  /** A standard program of the library: id, loader and ELF. */
  public record StandardProgram(String program, Loader loader, byte[] elf) {}

  /** What answers. */
  public Hello hello() {
    return ask("hello", new JsonObject(), Hello.class);
  }

  /** The outcomes of the runs of one program, in their order. */
  public List<Outcome> run(RunRequest request) {
    return ask("run", tree(request), Runs.class).runs();
  }

  /** A program under an address that no other of the request has, and one run of it. */
  public record ProgramCase(String id, byte[] elf, byte[] data, long computeUnits) {}

  /** What became of a program: why it does not load, or the outcome of its run. */
  public record Verdict(@Nullable String refused, @Nullable Outcome outcome) {}

  /** The verdicts of programs that know nothing of each other, in their order. */
  public List<Verdict> runMany(List<ProgramCase> cases, Features features, Clock clock) {
    JsonObject request = tree(new RunManyRequest(cases, features, clock));
    return ask("run_many", request, Verdicts.class).verdicts();
  }

  /** The outcome of a single run. */
  public Outcome run(Program program, RunRequest.Run run) {
    return run(RunRequest.of(program, List.of(run))).get(0);
  }

  /** The outcomes of transactions, in their order. */
  public List<Outcome> send(TransactionRequest request) {
    return ask("transaction", tree(request), Transactions.class).transactions();
  }

  /** Why an ELF does not load for execution, or null when it does; unknown syscalls load. */
  public @Nullable String load(byte[] elf, Features features) {
    return ask("load", tree(new LoadRequest(elf, features, false)), Load.class).err();
  }

  /** Bytes that replace those at an offset. */
  public record Change(int at, byte[] bytes) {}

  /** A base at another length, zeros appended, then changed; changes lie inside the length. */
  public record LoadCase(int base, int length, List<Change> changes) {}

  /**
   * For each case why the ELF does not load, or null when it does: for execution, or with the
   * checks of a deployment by the upgradeable loader.
   */
  public List<@Nullable String> loadMany(
      List<byte[]> bases, List<LoadCase> cases, boolean deployment, Features features) {
    JsonObject request = tree(new LoadManyRequest(bases, cases, features, deployment));
    return ask("load_many", request, LoadMany.class).errs();
  }

  /** The outcome of the upgradeable loader's deployment of an ELF, with all of its checks. */
  public Outcome deploy(byte[] elf, Features features) {
    return ask("load", tree(new LoadRequest(elf, features, true)), Outcome.class);
  }

  /**
   * A transaction to be executed on a new machine: once, then {@code repeat} times in a row, {@code
   * rounds} times over.
   */
  public record TimeRequest(
      List<Program> programs,
      List<String> standard,
      List<Account> accounts,
      @Nullable Long computeUnits,
      byte[] transaction,
      int rounds,
      int repeat) {}

  /** Nanoseconds: to load the programs, of the first execution, of each round. */
  public record Timing(long load, long first, List<Long> nanos, Outcome outcome) {}

  /** How long a transaction takes in the process itself. */
  public Timing time(TimeRequest request) {
    return ask("time", tree(request), Timing.class);
  }

  /** A standard program by its name in {@link Hello#standard}. */
  public StandardProgram standardProgram(String name) {
    JsonObject request = new JsonObject();
    request.addProperty("name", name);
    return ask("read_program", request, StandardProgram.class);
  }

  /** The ids of a set's active features, sorted. */
  public List<String> activeFeatures(Features features) {
    JsonObject request = new JsonObject();
    request.add("features", GSON.toJsonTree(features));
    return ask("features", request, Active.class).active();
  }

  @Override
  public synchronized void close() {
    process.close();
  }

  private record LoadRequest(byte[] elf, Features features, boolean deployment) {}

  private record LoadManyRequest(
      List<byte[]> bases, List<LoadCase> cases, Features features, boolean deployment) {}

  private record RunManyRequest(List<ProgramCase> cases, Features features, Clock clock) {}

  private record Verdicts(List<Verdict> verdicts) {}

  private record Load(@Nullable String err) {}

  private record LoadMany(List<@Nullable String> errs) {}

  private record Runs(List<Outcome> runs) {}

  private record Transactions(List<Outcome> transactions) {}

  private record Active(List<String> active) {}

  private static JsonObject tree(Object request) {
    return GSON.toJsonTree(request).getAsJsonObject();
  }

  private <T> T ask(String operation, JsonObject request, Class<T> type) {
    return GSON.fromJson(ask(operation, request), type);
  }

  /**
   * The reply to any request of the protocol; an error reply is an {@link IllegalStateException}.
   */
  synchronized JsonElement ask(String operation, JsonObject request) {
    long id = ++lastId;
    request.addProperty("op", operation);
    request.addProperty("id", id);
    if (!process.alive()) {
      process = new OracleProcess(folder, SCRIPT, variables);
    }
    JsonObject reply;
    try {
      reply = JsonParser.parseString(process.exchange(GSON.toJson(request))).getAsJsonObject();
    } catch (IOException e) {
      throw new IllegalStateException("no reply to " + operation + ": " + e.getMessage(), e);
    }
    if (reply.has("error")) {
      throw new IllegalStateException(reply.get("error").getAsString());
    }
    if (reply.get("id").getAsLong() != id) {
      throw new IllegalStateException("a reply to another request: " + reply.get("id"));
    }
    return reply.get("ok");
  }
}

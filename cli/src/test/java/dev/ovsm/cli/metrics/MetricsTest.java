package dev.ovsm.cli.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ovsm.cli.Main;
import dev.ovsm.runtime.autonomous.Fate;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Kind;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Origin;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Pattern URL =
      Pattern.compile("metrics at (http://127\\.0\\.0\\.1:[0-9]+/metrics)\n");
  private static final String FIRED = "autonomous_fates_total{kind=\"timer\",fate=\"EXECUTED\"}";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aRunCanBeWatchedWhileItGoesOn() throws IOException, InterruptedException {
    CompletableFuture<Integer> run = new CompletableFuture<>();
    String url = watch("../examples/heartbeat.ovsm", 200_000, run);
    Scrape scrape = scrape(url);
    assertThat(scrape.type("autonomous_events_fired_total")).isEqualTo("counter");
    assertThat(scrape.type("autonomous_watcher_matches_total")).isEqualTo("counter");
    assertThat(scrape.type("autonomous_fates_total")).isEqualTo("counter");
    assertThat(scrape.type("autonomous_compute_used_per_slot")).isEqualTo("gauge");
    assertThat(scrape.type("autonomous_work_queue_depth")).isEqualTo("gauge");
    assertThat(scrape.type("autonomous_tail_call_depth_max")).isEqualTo("gauge");
    assertThat(scrape.type("autonomous_timer_latency_ms")).isEqualTo("histogram");
    assertThat(scrape.type("autonomous_timer_latency_slots")).isEqualTo("histogram");
    while (scrape.value("autonomous_slots_total") < 1_000) {
      scrape = scrape(url);
    }
    long slots = scrape.value("autonomous_slots_total");
    long fired = scrape.value("autonomous_events_fired_total");
    assertThat(fired).isBetween((slots - 1) / 10, (slots - 1) / 10 + 1);
    assertThat(scrape.value(FIRED)).isEqualTo(fired);
    assertThat(scrape.value("autonomous_timer_latency_slots_bucket{le=\"0\"}")).isEqualTo(fired);
    assertThat(scrape.value("autonomous_timer_latency_ms_sum")).isZero();
    assertThat(scrape.value("autonomous_compute_used_total")).isGreaterThan(500 * (fired - 1));
    assertThat(scrape.value("autonomous_compute_used_per_slot")).isLessThan(2_000);
    assertThat(scrape.value("autonomous_fees_lamports_total")).isEqualTo(10_000_000);
    assertThat(scrape.value("autonomous_transactions_total{status=\"ok\"}")).isEqualTo(1);
    assertThat(scrape.value("autonomous_triggers_pending")).isEqualTo(1);
    for (String name : List.of("work_queue_depth", "tail_call_depth_max")) {
      assertThat(scrape.value("autonomous_" + name)).isZero();
    }
    assertThat(scrape.value("autonomous_watcher_matches_total")).isZero();
    assertThat(get(url.replace("/metrics", "/other")).statusCode()).isEqualTo(404);
    assertThat(run.join()).isZero();
    assertThatThrownBy(() -> get(url)).isInstanceOf(IOException.class);
  }

  /** Begins a long run of a program and gives the address of its metrics. */
  private static String watch(String program, long slots, CompletableFuture<Integer> run)
      throws InterruptedException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> command =
        List.of("run", program, "--slots", Long.toString(slots), "--metrics", "127.0.0.1:0", "-q");
    run.completeAsync(
        () ->
            Main.run(
                Stream.concat(command.stream(), Stream.of("--run-folder", "none")).toList(),
                OutputStream.nullOutputStream(),
                err));
    Matcher url = URL.matcher(err.toString(UTF_8));
    while (!url.find()) {
      assertThat(run.isDone()).isFalse();
      Thread.sleep(10);
      url = URL.matcher(err.toString(UTF_8));
    }
    return url.group(1);
  }

  @Test
  void tailCallsAndWorkThatWaitsAreSeen() throws IOException, InterruptedException {
    CompletableFuture<Integer> run = new CompletableFuture<>();
    String url = watch("src/test/resources/dev/ovsm/cli/busy.ovsm", 50_000, run);
    long deepest = 0;
    long waiting = 0;
    while (!run.isDone() && (deepest == 0 || waiting == 0)) {
      Scrape scrape = scrape(url);
      deepest = scrape.value("autonomous_tail_call_depth_max");
      waiting = Math.max(waiting, scrape.value("autonomous_work_queue_depth"));
    }
    assertThat(deepest).isEqualTo(1);
    assertThat(waiting).isEqualTo(1);
    assertThat(run.join()).isZero();
  }

  /** A late timer, a match, a work item and an event that merged. */
  @Test
  void everyMetricMoves() {
    Metrics metrics = new Metrics();
    Simulation simulation = new Simulation(Settings.DEFAULT.withStartSlot(1), metrics);
    metrics.begun(simulation);
    long[][] fates = {
      {0, 2_500, 5, 2}, {1, 1_000, 5, 5}, {2, 700, 5, 5}, {3, 0, 5, 5},
    };
    List<Kind> kinds = List.of(Kind.TIMER, Kind.WATCHER, Kind.WORK, Kind.EVENT);
    for (long[] one : fates) {
      Kind kind = kinds.get((int) one[0]);
      Fate fate = one[1] == 0 ? Fate.COALESCED : Fate.EXECUTED;
      metrics.fate(
          new FateRecord(
              one[2],
              1,
              kind,
              fate,
              1,
              one[3],
              0,
              Origin.TRANSACTION,
              1,
              0,
              1,
              one[1] > 0,
              one[1],
              ""));
    }
    metrics.slotEnded(new Listener.SlotReport(5, 3, 0, 4_200, 2));
    Scrape scrape = Scrape.of(metrics.text());
    assertThat(scrape.value("autonomous_events_fired_total")).isEqualTo(3);
    assertThat(scrape.value("autonomous_compute_used_per_slot")).isEqualTo(4_200);
    assertThat(scrape.value("autonomous_timer_latency_slots_sum")).isEqualTo(3);
    assertThat(scrape.value("autonomous_timer_latency_ms_sum")).isEqualTo(1_200);
    assertThat(scrape.value("autonomous_watcher_matches_total")).isEqualTo(1);
    assertThat(scrape.value("autonomous_triggers_pending")).isEqualTo(2);
    assertThat(scrape.value("autonomous_fates_total{kind=\"work\",fate=\"EXECUTED\"}"))
        .isEqualTo(1);
    assertThat(scrape.value("autonomous_fates_total{kind=\"event\",fate=\"COALESCED\"}"))
        .isEqualTo(1);
    metrics.slotEnded(new Listener.SlotReport(6, 0, 0, 10, 0));
    scrape = Scrape.of(metrics.text());
    assertThat(scrape.value("autonomous_compute_used_per_slot")).isEqualTo(10);
    assertThat(scrape.value("autonomous_compute_used_total")).isEqualTo(4_210);
  }

  @Test
  void theStrictReaderIsStrict() {
    String good = "# HELP a_total A.\n# TYPE a_total counter\na_total{b=\"c\"} 1\n";
    assertThat(Scrape.of(good).value("a_total{b=\"c\"}")).isEqualTo(1);
    for (String bad :
        List.of(
            good.substring(0, good.length() - 1),
            good + good,
            good + "a_total{b=\"c\"} 2\n",
            good + "b_total 1\n",
            good + "a_total{b=c} 1\n",
            good + "a_total 1.5\n",
            "a_total 1\n",
            "# TYPE a_total counter\na_total 1\n",
            "# HELP a A.\n# TYPE a counter\na 1\n",
            "# HELP a A.\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_sum 0\na_count 2\n")) {
      assertThatThrownBy(() -> Scrape.of(bad)).as(bad).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void addressesAreReadAsPeopleWriteThem() {
    assertThat(MetricsServer.Address.parse("9464"))
        .contains(new MetricsServer.Address("127.0.0.1", 9464));
    assertThat(MetricsServer.Address.parse(":9464"))
        .contains(new MetricsServer.Address("127.0.0.1", 9464));
    assertThat(MetricsServer.Address.parse("0.0.0.0:0"))
        .contains(new MetricsServer.Address("0.0.0.0", 0));
    assertThat(MetricsServer.Address.parse("[::1]:80"))
        .contains(new MetricsServer.Address("[::1]", 80));
    for (String bad :
        List.of("", ":", "host", "host:", "host:-1", "host:65536", "a b:1", "x/y:1")) {
      assertThat(MetricsServer.Address.parse(bad)).as(bad).isEmpty();
    }
  }

  private Scrape scrape(String url) throws IOException, InterruptedException {
    HttpResponse<String> response = get(url);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    return Scrape.of(response.body());
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}

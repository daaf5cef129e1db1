package dev.ovsm.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ovsm.cli.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run in a real browser: what its script draws is what the run's events say. */
class PageTest {
  private static final Pattern ROW = Pattern.compile("<tr[^>]*>(.*?)</tr>");
  private static final Pattern CELL = Pattern.compile("<td[^>]*>(.*?)</td>");
  private static final String SCENARIO =
      """
      version: 1
      slots: 1000
      accounts:
        whale: { lamports: 10 SOL }
        "vault<script>alert(1)</script>": { lamports: 1 SOL }
      steps:
        - { at: 15, fail: { callbacks: 2, units: 100 } }
        - { at: 500, transfer: { from: whale, to: payer, lamports: 2.5 SOL } }
      expect:
        - at-end: "whale.lamports == 1"
      """;

  @TempDir Path folder;

  @Test
  void theScriptDrawsTheRun() throws IOException, InterruptedException {
    Browser browser = Browser.find();
    Path scenario = Files.writeString(folder.resolve("scenario.yaml"), SCENARIO);
    LeftRun run = run("../examples/heartbeat.ovsm", "--scenario", scenario.toString());
    Browser.Opened page = browser.open(run.file("report.html"), folder);
    assertThat(page.complaints()).isEmpty();
    List<JsonObject> fates = run.events("fate");
    long failed =
        fates.stream().filter(fate -> !fate.get("fate").getAsString().equals("EXECUTED")).count();
    assertThat(failed).isEqualTo(2);
    assertThat(fact(page, "callbacks"))
        .isEqualTo(fates.size() + " executed, " + failed + " failed");
    assertThat(fact(page, "slots")).isEqualTo("1 to 1000");
    assertThat(page.document()).contains("error[X0023]: whale.lamports == 1 does not hold");
    long units = fates.stream().mapToLong(fate -> fate.get("compute_units").getAsLong()).sum();
    List<List<String>> registrations = rows(page, "registrations");
    assertThat(registrations).hasSize(1);
    assertThat(registrations.get(0).subList(0, 7))
        .containsExactly(
            "1",
            "timer",
            "heartbeat-callback",
            "heartbeat",
            Integer.toString(fates.size()),
            "2",
            String.format(Locale.ROOT, "%,d", units));
    List<String> lane = rows(page, "lanes").get(0);
    assertThat(lane.get(0)).isEqualTo("timer 1 heartbeat-callback");
    assertThat(shapes(lane.get(1), "ran")).isEqualTo(fates.size() - failed);
    assertThat(shapes(lane.get(1), "failed")).isEqualTo(1);
    assertThat(lane.subList(2, 4)).containsExactly(Integer.toString(fates.size()), "2");
    assertThat(rows(page, "steps")).hasSize(fates.size());
    assertThat(rows(page, "steps").get(1)).contains("RETRIED", "Computational budget exceeded");
    assertThat(rows(page, "balances"))
        .extracting(row -> row.get(0) + " " + row.get(2) + " " + row.get(3))
        .containsExactly(
            "whale 10 SOL 7.5 SOL", "vault&lt;script&gt;alert(1)&lt;/script&gt; 1 SOL 1 SOL");
    assertThat(registrations.get(0).subList(9, 11)).containsExactly("0.01 SOL", "0 SOL");
    assertThat(fact(page, "fees")).isEqualTo("0.01 SOL");
    assertThat(rows(page, "economics").get(0)).startsWith("heartbeat").endsWith("0 SOL", "0");
    assertThat(rows(page, "fates"))
        .containsExactly(List.of("timer", fates.size() - 2 + " executed, 2 retried"));
  }

  @Test
  void theLoadIsDrawnToScale() throws IOException, InterruptedException {
    Browser browser = Browser.find();
    LeftRun run = run("../examples/heartbeat.ovsm", "--slots", "100");
    Browser.Opened page = browser.open(run.file("report.html"), folder);
    assertThat(page.complaints()).isEmpty();
    String drawn = page.document().substring(page.document().indexOf("<svg id=\"load\""));
    String chart = drawn.substring(0, drawn.indexOf("</svg></svg>"));
    List<JsonObject> fates = run.events("fate");
    List<Integer> units = fates.stream().map(fate -> fate.get("compute_units").getAsInt()).toList();
    assertThat(texts(chart, "value")).containsExactly("0", "200", "400", "600", "800 CU");
    assertThat(texts(chart, "slot")).containsExactly("0", "20", "40", "60", "80", "100");
    assertThat(chart).contains("viewBox=\"0 0 101 800\"");
    List<Integer> heights =
        Pattern.compile("<rect class=\"load\"[^>]* height=\"(\\d+)\"")
            .matcher(chart)
            .results()
            .map(found -> Integer.valueOf(found.group(1)))
            .toList();
    assertThat(heights).isEqualTo(units).hasSize(10);
    assertThat(page.document()).contains("at most 0.18 % of the slot budget of 400,000 CU");
  }

  private static List<String> texts(String chart, String shape) {
    return Pattern.compile("<text class=\"" + shape + "\"[^>]*>(.*?)</text>")
        .matcher(chart)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void theSizeOfAPageIsBounded() throws IOException, InterruptedException {
    Browser browser = Browser.find();
    LeftRun run = run("../examples/heartbeat.ovsm", "--slots", "30000", "-q");
    assertThat(Files.size(run.file("report.html"))).isLessThan(150_000);
    assertThat(Files.size(run.file("trace.json"))).isLessThan(2_000_000);
    Browser.Opened page = browser.open(run.file("report.html"), folder);
    assertThat(page.complaints()).isEmpty();
    assertThat(fact(page, "callbacks")).isEqualTo("3,000 executed, 0 failed");
    assertThat(page.document()).contains("2,500 earlier steps are in events.jsonl");
    assertThat(rows(page, "steps")).hasSize(500);
    assertThat(rows(page, "steps").get(499).get(0)).isEqualTo("30000");
  }

  @Test
  void nothingIsLeftIfNothingIsWanted() throws IOException {
    Path before = Files.createDirectory(folder.resolve("empty"));
    List<String> arguments =
        List.of("run", "../examples/heartbeat.ovsm", "--slots", "20", "--run-folder", "none");
    OutputStream nowhere = OutputStream.nullOutputStream();
    assertThat(Main.run(arguments, nowhere, nowhere)).isZero();
    assertThat(before).isEmptyDirectory();
    assertThat(Path.of("none")).doesNotExist();
  }

  private LeftRun run(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    return LeftRun.of(folder.resolve("runs"), all);
  }

  private static String fact(Browser.Opened page, String name) {
    Matcher found = Pattern.compile("<dd id=\"" + name + "\">(.*?)</dd>").matcher(page.document());
    assertThat(found.find()).as(name).isTrue();
    return found.group(1);
  }

  private static int shapes(String cell, String shape) {
    return (int) Pattern.compile("<rect class=\"" + shape + "\"").matcher(cell).results().count();
  }

  private static List<List<String>> rows(Browser.Opened page, String table) {
    String document = page.document();
    int start = document.indexOf("<table id=\"" + table + "\"");
    assertThat(start).as(table).isPositive();
    int body = document.indexOf("<tbody>", start);
    String rows = document.substring(body, document.indexOf("</tbody>", body));
    return ROW.matcher(rows)
        .results()
        .map(row -> CELL.matcher(row.group(1)).results().map(cell -> cell.group(1)).toList())
        .toList();
  }
}

package dev.ovsm.cli.chronicle;

import dev.ovsm.cli.run.JsonLine;
import dev.ovsm.runtime.autonomous.FateRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A page with everything in it: the numbers as JSON, and the script that draws them. */
final class Page {
  /** Steps that the page lists one by one. */
  private static final int MOST_STEPS = 500;

  private Page() {}

  /** The page of a run whose summary is known. */
  static String of(Story story, String summary, long slots) {
    List<FateRecord> steps = List.copyOf(story.window().steps());
    int skipped = Math.max(0, steps.size() - MOST_STEPS);
    String run =
        new JsonLine()
            .putRaw("summary", summary)
            .putRaw("along", story.along(slots))
            .put("earlier_steps", story.window().forgotten() + skipped)
            .putRaw("steps", JsonLine.array(steps.stream().skip(skipped).map(Page::step).toList()))
            .toString();
    return resource("report.html")
        .replace("/*STYLE*/", resource("report.css"))
        .replace("/*SCRIPT*/", resource("report.js"))
        // last, so that nothing in it is taken for a mark
        .replace("/*RUN*/", run.replace("<", "\\u003c"));
  }

  private static String step(FateRecord step) {
    return new JsonLine()
        .put("slot", step.slot())
        .put("registration", step.registration())
        .put("kind", step.kind().word())
        .put("fate", step.fate().name())
        .put("units", step.units())
        .put("late", step.slot() - step.nominal())
        .put("trigger", step.seq())
        .put("cause", step.cause())
        .put("reason", step.reason())
        .toString();
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the distribution");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

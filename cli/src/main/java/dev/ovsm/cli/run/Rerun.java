package dev.ovsm.cli.run;

import dev.ovsm.runtime.autonomous.Replay;
import dev.ovsm.runtime.vm.Engine;
import java.util.List;

/** A recorded run that is done once more. */
public final class Rerun {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Rerun() {}

  /** Replays a recording; {@code report} is told what a run tells, failures' places included. */
  public static Replay.Result execute(byte[] recording, Engine engine, Report report) {
    final long started = System.nanoTime();
    Blaming blaming = new Blaming(List.of(report));
    Replay.Result result =
        Replay.run(
            recording,
            engine,
            new Together(List.of(report, blaming)),
            simulation -> {
              blaming.begun(simulation);
              report.begun(simulation);
            });
    long millis = (System.nanoTime() - started) / NANOS_PER_MILLI;
    result.summary().ifPresent(summary -> report.ended(summary, millis));
    return result;
  }
}

package dev.ovsm.cli.run;

import dev.ovsm.cli.failure.Told;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.autonomous.Summary;
import java.nio.file.Path;
import java.util.Optional;

/** Tells what happens in a run, and at its end what came of it. */
public interface Report extends Listener {
  /** The run begins: programs are about to be deployed, or to go on. */
  default void begun(Simulation simulation) {}

  /**
   * The run is over.
   *
   * @param millis how long it took
   */
  void ended(Summary summary, long millis);

  /**
   * The run was asked to stop and does so, before it is over.
   *
   * @param asked how many slots it was to have
   * @param snapshot the file to go on from, if there is one
   */
  default void stopped(long slot, long asked, Optional<Path> snapshot) {}

  /** The run ends where it began: a program cannot be deployed or started. */
  default void abandoned(Summary summary) {}

  /**
   * Where a failure comes from and what it means, the log lines of its transaction told before; of
   * failures like one that was told, nothing more.
   */
  default void failed(long slot, Pubkey program, Told told) {}

  /** How much is told. */
  enum Detail {
    /** The summary. */
    QUIET,
    /** What programs log, and the summary. */
    NORMAL,
    /** All lines of the log, and fates. */
    VERBOSE;

    /** Whether a line of the log is told. */
    boolean shows(String line) {
      return switch (this) {
        case QUIET -> false;
        case NORMAL ->
            line.startsWith("Program log: ")
                || line.startsWith("Program data: ")
                || line.contains(" failed: ");
        case VERBOSE -> true;
      };
    }
  }
}

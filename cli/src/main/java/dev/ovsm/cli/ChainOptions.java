package dev.ovsm.cli;

import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.runtime.autonomous.Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what chain a run happens on; a run that goes on has them already. */
final class ChainOptions {
  /** Later slots than any chain will see, and far from where sums of slots overflow. */
  static final long MOST_SLOT = 1L << 53;

  @Option(
      names = "--start-slot",
      paramLabel = "N",
      description = "The slot in which programs are started (default: 0).")
  private @Nullable Long startSlot;

  @Option(
      names = {"--slot-budget", "--max-autonomous-compute-per-slot"},
      paramLabel = "N",
      description = "Compute units that callbacks may use in a slot (default: 400000).")
  private @Nullable Long slotBudget;

  @Option(
      names = "--fill",
      paramLabel = "strict|skip",
      description =
          "What happens to callbacks behind one that does not fit a slot: wait, or run if they fit"
              + " (default: strict).")
  private @Nullable Fill fill;

  @Option(
      names = "--tailcall",
      paramLabel = "lenient|strict",
      description =
          "What a tail call that cannot be made does: return a code, or end the program"
              + " (default: lenient).")
  private @Nullable TailCall tailCall;

  @Option(
      names = "--slots-per-epoch",
      paramLabel = "N",
      description = "Slots in an epoch (default: 432000).")
  private @Nullable Long slotsPerEpoch;

  @Option(
      names = "--genesis-time",
      paramLabel = "SECONDS",
      description = "Unix time of slot 0 (default: 0).")
  private @Nullable Long genesisTime;

  @Option(
      names = "--economics",
      paramLabel = "dev|strict",
      description =
          "What happens when a program's escrow lacks a fee: it is given what it lacks, or the call"
              + " fails (default: dev).")
  private @Nullable Economics economics;

  /** What happens behind a callback that does not fit. */
  enum Fill {
    STRICT,
    SKIP
  }

  /** What happens at a tail call that cannot be made. */
  enum TailCall {
    LENIENT,
    STRICT
  }

  /** What happens when an escrow lacks a fee. */
  enum Economics {
    DEV,
    STRICT
  }

  /** Whether any of them was given. */
  boolean areGiven() {
    return startSlot != null
        || slotBudget != null
        || fill != null
        || tailCall != null
        || economics != null
        || slotsPerEpoch != null
        || genesisTime != null;
  }

  /** What is wrong with a number. */
  Optional<Diagnostic> wrong() {
    Settings usual = Settings.DEFAULT;
    return atLeast("--start-slot", given(startSlot, 0), 0)
        .or(() -> atLeast("--slot-budget", given(slotBudget, usual.slotBudget()), 1))
        .or(() -> atLeast("--slots-per-epoch", given(slotsPerEpoch, usual.slotsPerEpoch()), 1));
  }

  Settings settings() {
    return Settings.DEFAULT
        .withStartSlot(given(startSlot, 0))
        .withSlotBudget(given(slotBudget, Settings.DEFAULT.slotBudget()))
        .withFillSkip(fill == Fill.SKIP)
        .withStrictTailCalls(tailCall == TailCall.STRICT)
        .withStrictEconomics(economics == Economics.STRICT)
        .withSlotsPerEpoch(given(slotsPerEpoch, Settings.DEFAULT.slotsPerEpoch()))
        .withGenesisTime(given(genesisTime, 0));
  }

  private static long given(@Nullable Long value, long usual) {
    return value == null ? usual : value;
  }

  /** Says so if a number is below the least that makes sense, or absurdly high. */
  static Optional<Diagnostic> atLeast(String flag, long value, long least) {
    if (value >= least && value <= MOST_SLOT) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.in(flag, CommandCode.USAGE, flag + " cannot be " + value)
            .withHelp("give a number from " + least + " to " + MOST_SLOT));
  }
}

package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.autonomous.model.Told;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/**
 * A random life that was recorded, and what the model says of it.
 *
 * @param recording what was put into the engine, for {@link Replay}
 * @param told what became of every trigger, in the order in which it happened
 * @param born the slots in whose course registrations came to be
 * @param over the slots in whose course they ended
 * @param skipped the slots that the chain had no block for
 * @param owners the programs of registrations, by number
 */
public record Lived(
    byte[] recording,
    List<Told> told,
    Map<Long, Long> born,
    Map<Long, Long> over,
    List<Long> skipped,
    Map<Long, Integer> owners,
    List<Upgrade> upgrades) {

  /** A program's file became another one. */
  public record Upgrade(long slot, int program) {}

  /** Lives a life, in which engine and model must agree. */
  public static Lived of(long seed, int slots) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Play play = new Play(seed, Play.coverage()).recording(new Recorder(out));
    String problem = play.live(slots);
    if (problem != null) {
      throw new AssertionError(problem);
    }
    play.end();
    return play.diary().lived(out.toByteArray());
  }
}

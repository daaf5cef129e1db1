package dev.ovsm.tests.verifier;

import dev.ovsm.sbpf.Version;
import java.util.Random;

/**
 * Draws programs that use memory and the runtime at the edges of what can be shown to be right:
 * accesses, then what begins and must end, then registrations, by the remainder of the seed.
 */
final class RandomUses {
  private static final int KINDS = 3;

  private RandomUses() {}

  /** The assembly of a seed's program. */
  static String draw(long seed, Version version) {
    Random random = new Random(seed);
    Sketch sketch = new Sketch(random, version);
    sketch.line("mov64 r6, r1");
    int kind = (int) (seed % KINDS);
    for (int i = 1 + random.nextInt(kind == 0 ? 4 : 3); i > 0; i--) {
      perhaps(sketch, kind);
    }
    sketch.line("mov64 r0, " + (random.nextInt(8) == 0 ? 1 : 0));
    sketch.line("exit");
    return sketch.text();
  }

  /** A use, sometimes only on one way. */
  private static void perhaps(Sketch sketch, int kind) {
    String after = sketch.label();
    boolean skips = sketch.random.nextInt(4) == 0;
    if (skips) {
      sketch.unknown("r7", 1);
      sketch.line("jeq r7, " + sketch.random.nextInt(2) + ", " + after);
    }
    switch (kind) {
      case 0 -> new RandomAccesses(sketch).draw();
      case 1 -> new RandomLives(sketch).draw();
      default -> new RandomRegistrations(sketch).draw();
    }
    if (skips) {
      sketch.mark(after);
    }
  }
}

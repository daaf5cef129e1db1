package dev.ovsm.cli;

import java.util.Random;

/** A scenario for {@code causes.ovsm} and {@code ends.ovsm} in which anything may happen. */
final class RandomScenario {
  static final int SLOTS = 90;

  private RandomScenario() {}

  static String of(Random random) {
    StringBuilder steps = new StringBuilder();
    String price = "7UVimffxr9ow1uXYxsr4LHAcV58mLzhmwaeKvJ1pjLiE";
    for (int slot = 2; slot < SLOTS; slot += 1 + random.nextInt(4)) {
      String what =
          switch (random.nextInt(9)) {
            case 0 -> "skip-slots: " + (1 + random.nextInt(7));
            case 1 -> "fail: { program: causes, callbacks: 14, error: 7 }";
            case 2 -> "fail: { program: ends, callbacks: 2, units: 9 }";
            case 3 -> "replay-dead-letter: all";
            case 4 -> slot > 20 && random.nextInt(3) == 0 ? "fork: 3" : "set: { price.price: 1 }";
            case 5 -> slot == 50 ? "send: { instruction: stop }" : "set: { price.price: 2 }";
            default -> "set: { price.price: " + random.nextInt(90) + " }";
          };
      steps.append("  - { at: ").append(slot).append(", ").append(what).append(" }\n");
    }
    return """
    version: 1
    slots: %d
    accounts:
      price: { address: %s, fields: { price: u64@8 }, size: 16 }
    steps:
    %s  - { at: 66, upgrade: { program: causes, file: other.so } }
      - { at: 75, upgrade: { program: causes, file: causes.so } }
      - { at: 84, close: ends }
    """
        .formatted(SLOTS, price, steps);
  }
}

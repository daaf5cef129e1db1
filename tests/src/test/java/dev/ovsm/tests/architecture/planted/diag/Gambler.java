package dev.ovsm.tests.architecture.planted.diag;

import java.util.Random;
import java.util.function.DoubleSupplier;

/** Draws without a seed, once by a reference to the method. */
public final class Gambler {
  private final Random random = new Random();
  private final DoubleSupplier dice = Math::random;

  /** Draws. */
  public double draw() {
    return random.nextDouble() + dice.getAsDouble();
  }
}

package dev.ovsm.runtime.ml;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a layer does with its sums, with the numbers in a model's bytes. */
enum ActivationFunction {
  IDENTITY(0),
  /** max(x, 0). */
  RELU(1),
  /** x/4 + 1/2, kept in 0..1. */
  HARD_SIGMOID(2),
  /** x, kept in −1..1. */
  HARD_TANH(3);

  private final int number;

  ActivationFunction(int number) {
    this.number = number;
  }

  /** The function of a number, or null if there is none. */
  static @Nullable ActivationFunction of(long number) {
    return Arrays.stream(values()).filter(f -> f.number == number).findFirst().orElse(null);
  }

  long apply(long x) {
    return switch (this) {
      case IDENTITY -> x;
      case RELU -> Math.max(x, 0);
      case HARD_SIGMOID -> Fixed.clamp(Fixed.sum(x >> 2, Fixed.ONE >> 1), 0, Fixed.ONE);
      case HARD_TANH -> Fixed.clamp(x, -Fixed.ONE, Fixed.ONE);
    };
  }
}

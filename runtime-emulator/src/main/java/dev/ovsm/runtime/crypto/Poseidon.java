package dev.ovsm.runtime.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The Poseidon hash over the scalar field of BN254 with x⁵ as S-box, for one to twelve inputs
 * ({@code sol_poseidon}); parameters as in circomlib.
 */
public final class Poseidon {
  /** More inputs than this have no hash. */
  public static final int MAX_INPUTS = 12;

  private static final int FULL_ROUNDS = 8;
  private static final int[] PARTIAL_ROUNDS = {56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65};
  private static final int INPUT_LENGTH = 32;
  private static final PrimeField FIELD = new PrimeField(Bn254.ORDER);
  private static final List<Poseidon> BY_INPUTS =
      IntStream.rangeClosed(1, MAX_INPUTS).mapToObj(Poseidon::new).toList();

  private final int width;
  private final int partialRounds;
  private final List<long[]> roundConstants = new ArrayList<>();
  private final List<List<long[]>> matrix = new ArrayList<>();

  /** Each number of inputs has its own state width, one more than it, and its own parameters. */
  private Poseidon(int inputs) {
    width = inputs + 1;
    partialRounds = PARTIAL_ROUNDS[inputs - 1];
    GrainStream grain = new GrainStream(Bn254.ORDER.bitLength(), width, FULL_ROUNDS, partialRounds);
    for (int i = 0; i < (FULL_ROUNDS + partialRounds) * width; i++) {
      roundConstants.add(FIELD.of(grain.nextBelow(Bn254.ORDER)));
    }
    // A Cauchy matrix: one over the sum of two numbers; here nothing is dropped, only reduced.
    List<long[]> numbers = new ArrayList<>();
    for (int i = 0; i < 2 * width; i++) {
      numbers.add(FIELD.of(grain.next()));
    }
    for (int row = 0; row < width; row++) {
      List<long[]> entries = new ArrayList<>();
      for (int column = 0; column < width; column++) {
        entries.add(FIELD.invert(FIELD.add(numbers.get(row), numbers.get(width + column))));
      }
      matrix.add(entries);
    }
  }

  /**
   * The hash of one to twelve numbers of 32 bytes, each below the modulus, in the order of bytes of
   * the inputs; null for other inputs (SIMD-0359: shorter ones are not padded).
   */
  public static byte @Nullable [] hash(List<byte[]> inputs, Endianness order) {
    if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
      return null;
    }
    List<long[]> state = new ArrayList<>(List.of(FIELD.zero()));
    for (byte[] input : inputs) {
      long[] element = input.length == INPUT_LENGTH ? FIELD.decode(order.little(input)) : null;
      if (element == null) {
        return null;
      }
      state.add(element);
    }
    long[] hash = BY_INPUTS.get(inputs.size() - 1).permute(state);
    return order.little(FIELD.encode(hash));
  }

  /** The first element of the permuted state. */
  private long[] permute(List<long[]> initial) {
    List<long[]> state = initial;
    for (int round = 0; round < FULL_ROUNDS + partialRounds; round++) {
      boolean full = round < FULL_ROUNDS / 2 || round >= FULL_ROUNDS / 2 + partialRounds;
      List<long[]> mixed = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        long[] keyed = FIELD.add(state.get(i), roundConstants.get(round * width + i));
        mixed.add(full || i == 0 ? fifthPower(keyed) : keyed);
      }
      state = matrix.stream().map(row -> dot(row, mixed)).toList();
    }
    return state.get(0);
  }

  private static long[] fifthPower(long[] a) {
    return FIELD.multiply(FIELD.square(FIELD.square(a)), a);
  }

  private static long[] dot(List<long[]> row, List<long[]> column) {
    long[] sum = FIELD.zero();
    for (int i = 0; i < row.size(); i++) {
      sum = FIELD.add(sum, FIELD.multiply(row.get(i), column.get(i)));
    }
    return sum;
  }
}

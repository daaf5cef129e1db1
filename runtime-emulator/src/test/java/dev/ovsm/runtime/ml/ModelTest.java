package dev.ovsm.runtime.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final long ONE = 1L << 32;

  @Test
  void aLayerSumsItsBiasAndItsWeightedInputs() {
    byte[] bytes =
        ModelBytes.network(
            ModelBytes.layer(
                0, new long[] {ONE / 2, -ONE}, new long[][] {{ONE, 2 * ONE}, {0, ONE}}));
    Network network = Network.read(bytes).orElseThrow();
    assertThat(network.inputs()).isEqualTo(2);
    assertThat(network.outputs()).isEqualTo(2);
    assertThat(network.multiplications()).isEqualTo(4);
    assertThat(network.forward(new long[] {3 * ONE, ONE / 4}))
        .containsExactly(4 * ONE, -3 * ONE / 4);
  }

  @Test
  void layersFollowEachOther() {
    byte[] bytes =
        ModelBytes.network(
            ModelBytes.layer(1, new long[2], new long[][] {{ONE}, {-ONE}}),
            ModelBytes.layer(0, new long[1], new long[][] {{ONE, 2 * ONE}}));
    Network network = Network.read(bytes).orElseThrow();
    assertThat(network.forward(new long[] {5 * ONE})).containsExactly(5 * ONE);
    assertThat(network.forward(new long[] {-5 * ONE})).containsExactly(10 * ONE);
  }

  @Test
  void activationsBoundTheirResults() {
    for (long x : new long[] {Long.MIN_VALUE, -3 * ONE, -ONE, 0, ONE, 3 * ONE, Long.MAX_VALUE}) {
      assertThat(ActivationFunction.IDENTITY.apply(x)).isEqualTo(x);
      assertThat(ActivationFunction.RELU.apply(x)).isEqualTo(Math.max(0, x));
      assertThat(ActivationFunction.HARD_TANH.apply(x)).isBetween(-ONE, ONE);
      assertThat(ActivationFunction.HARD_SIGMOID.apply(x)).isBetween(0L, ONE);
    }
    assertThat(ActivationFunction.HARD_SIGMOID.apply(ONE)).isEqualTo(3 * ONE / 4);
    assertThat(ActivationFunction.HARD_SIGMOID.apply(-ONE)).isEqualTo(ONE / 4);
  }

  @Test
  void productsAndSumsAreExactAndSaturate() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long a = random.nextLong() >> random.nextInt(64);
      long b = random.nextLong() >> random.nextInt(64);
      BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).shiftRight(32);
      assertThat(Fixed.product(a, b)).isEqualTo(saturated(product));
      BigInteger sum = BigInteger.valueOf(a).add(BigInteger.valueOf(b));
      assertThat(Fixed.sum(a, b)).isEqualTo(saturated(sum));
    }
  }

  private static long saturated(BigInteger exact) {
    return exact
        .max(BigInteger.valueOf(Long.MIN_VALUE))
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  @Test
  void aTreeLeadsLeftUpToItsThreshold() {
    DecisionTree tree =
        DecisionTree.read(
                ModelBytes.tree(
                    2,
                    new long[][] {
                      {1, 1, 2, 100}, {-1, 0, 0, 7}, {0, 3, 4, -5}, {-1, 0, 0, 8}, {-1, 0, 0, 9}
                    }))
            .orElseThrow();
    assertThat(decide(tree, 0, 100)).isEqualTo(7);
    assertThat(decide(tree, -5, 101)).isEqualTo(8);
    assertThat(decide(tree, -4, 101)).isEqualTo(9);
  }

  private static long decide(DecisionTree tree, long... features) {
    int node = 0;
    while (!tree.isLeaf(node)) {
      node = tree.next(node, features);
    }
    return tree.value(node);
  }

  @Test
  void aTreeNeverLeadsBackOrOut() {
    for (long[] root : new long[][] {{0, 0, 1, 5}, {0, 2, 1, 5}, {9, 1, 1, 5}}) {
      DecisionTree tree =
          DecisionTree.read(ModelBytes.tree(1, new long[][] {root, {-1, 0, 0, 1}})).orElseThrow();
      assertThat(tree.next(0, new long[] {5})).isEqualTo(-1);
    }
  }

  @Test
  void damagedModelsAreNone() {
    byte[] network = ModelBytes.network(3, 2);
    byte[] tree = ModelBytes.tree(1, new long[][] {{-1, 0, 0, 1}});
    for (int length = 0; length < network.length; length++) {
      assertThat(Network.read(Arrays.copyOf(network, length))).isEmpty();
    }
    for (int length = 0; length < tree.length; length++) {
      assertThat(DecisionTree.read(Arrays.copyOf(tree, length))).isEmpty();
    }
    assertThat(Network.read(Arrays.copyOf(network, network.length + 8))).isEmpty();
    Random random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      byte[] damaged = network.clone();
      damaged[random.nextInt(24)] = (byte) random.nextInt();
      Network.read(damaged)
          .ifPresent(found -> assertThat(found.forward(new long[found.inputs()])).isNotEmpty());
    }
  }
}

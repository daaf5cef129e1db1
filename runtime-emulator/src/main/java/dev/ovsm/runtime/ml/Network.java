package dev.ovsm.runtime.ml;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A feed-forward neural network.
 *
 * <p>Its bytes, little-endian: {u32 "OMLN", u16 version 1, u16 layers}, then each layer: {u32
 * inputs, u32 outputs, u8 activation, 7 zeros, i64 bias of each output, for each output i64 weight
 * of each input}. Numbers have 32 fraction bits. A layer's inputs are the outputs of the one
 * before. Sums start with the bias and go over the inputs in order.
 */
public final class Network {
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle INT = view(int[].class);
  private static final int MAGIC = 0x4E4C_4D4F;
  private static final int HEADER_BYTES = 8;
  private static final int LAYER_BYTES = 16;

  private final byte[] bytes;
  private final List<Layer> layers;

  private Network(byte[] bytes, List<Layer> layers) {
    this.bytes = bytes;
    this.layers = layers;
  }

  /** A layer and where its biases begin, with its weights behind them. */
  private record Layer(int inputs, int outputs, ActivationFunction activation, int biases) {
    int weights() {
      return biases + outputs * Long.BYTES;
    }
  }

  /** Reads a model, whose array is not to change; empty if it makes no sense. */
  public static Optional<Network> read(byte[] bytes) {
    if (bytes.length < HEADER_BYTES
        || (int) INT.get(bytes, 0) != MAGIC
        || (bytes[4] | bytes[5] << 8) != 1) {
      return Optional.empty();
    }
    int count = (bytes[6] & 0xFF) | (bytes[7] & 0xFF) << 8;
    List<Layer> layers = new ArrayList<>();
    long at = HEADER_BYTES;
    for (int i = 0; i < count; i++) {
      if (at + LAYER_BYTES > bytes.length) {
        return Optional.empty();
      }
      long inputs = (int) INT.get(bytes, (int) at) & 0xFFFF_FFFFL;
      long outputs = (int) INT.get(bytes, (int) at + 4) & 0xFFFF_FFFFL;
      ActivationFunction activation = ActivationFunction.of((long) LONG.get(bytes, (int) at + 8));
      long end = at + LAYER_BYTES + Long.BYTES * outputs;
      // both counts are bounded by the bytes there are before they are multiplied
      if (inputs < 1
          || outputs < 1
          || inputs > bytes.length
          || end > bytes.length
          || activation == null
          || (i > 0 && layers.get(i - 1).outputs != inputs)) {
        return Optional.empty();
      }
      end += Long.BYTES * inputs * outputs;
      if (end > bytes.length) {
        return Optional.empty();
      }
      layers.add(new Layer((int) inputs, (int) outputs, activation, (int) at + LAYER_BYTES));
      at = end;
    }
    return layers.isEmpty() || at != bytes.length
        ? Optional.empty()
        : Optional.of(new Network(bytes, layers));
  }

  /** How many numbers it takes. */
  public int inputs() {
    return layers.get(0).inputs;
  }

  /** How many numbers it gives. */
  public int outputs() {
    return layers.get(layers.size() - 1).outputs;
  }

  /** How many weights one evaluation multiplies. */
  public long multiplications() {
    return layers.stream().mapToLong(layer -> (long) layer.inputs * layer.outputs).sum();
  }

  /** Evaluates the network on {@link #inputs} numbers. */
  public long[] forward(long[] features) {
    long[] values = features;
    for (Layer layer : layers) {
      long[] next = new long[layer.outputs];
      for (int output = 0; output < layer.outputs; output++) {
        next[output] = layer.activation.apply(sum(layer, output, values));
      }
      values = next;
    }
    return values;
  }

  private long sum(Layer layer, int output, long[] values) {
    long sum = (long) LONG.get(bytes, layer.biases + output * Long.BYTES);
    int weights = layer.weights() + output * layer.inputs * Long.BYTES;
    for (int input = 0; input < layer.inputs; input++) {
      long weight = (long) LONG.get(bytes, weights + input * Long.BYTES);
      sum = Fixed.sum(sum, Fixed.product(weight, values[input]));
    }
    return sum;
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }
}

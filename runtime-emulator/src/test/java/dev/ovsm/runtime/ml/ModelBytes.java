package dev.ovsm.runtime.ml;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Models as bytes. */
public final class ModelBytes {
  private ModelBytes() {}

  /** A network of one layer whose weights and biases are all zero. */
  public static byte[] network(int inputs, int outputs) {
    long[] biases = new long[outputs];
    long[][] weights = new long[outputs][inputs];
    return network(layer(0, biases, weights));
  }

  /** A network of layers. */
  public static byte[] network(byte[]... layers) {
    int size = 8;
    for (byte[] layer : layers) {
      size += layer.length;
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x4E4C_4D4F).putShort((short) 1).putShort((short) layers.length);
    for (byte[] layer : layers) {
      out.put(layer);
    }
    return out.array();
  }

  /** A layer; {@code weights[output][input]}. */
  public static byte[] layer(int activation, long[] biases, long[][] weights) {
    int inputs = weights[0].length;
    ByteBuffer out =
        ByteBuffer.allocate(16 + 8 * biases.length * (1 + inputs)).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(inputs).putInt(biases.length).putLong(activation);
    for (long bias : biases) {
      out.putLong(bias);
    }
    for (long[] row : weights) {
      for (long weight : row) {
        out.putLong(weight);
      }
    }
    return out.array();
  }

  /** A tree; each node is {feature, left, right, value}. */
  public static byte[] tree(int features, long[][] nodes) {
    ByteBuffer out = ByteBuffer.allocate(16 + 24 * nodes.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x544C_4D4F).putInt(1).putInt(nodes.length).putInt(features);
    for (long[] node : nodes) {
      out.putInt((int) node[0]).putInt((int) node[1]).putInt((int) node[2]).putInt(0);
      out.putLong(node[3]);
    }
    return out.array();
  }
}

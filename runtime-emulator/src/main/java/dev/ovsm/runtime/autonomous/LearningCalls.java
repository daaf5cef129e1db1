package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ML_DECISION_TREE;
import static dev.ovsm.sbpf.Syscall.SOL_ML_FORWARD;

import dev.ovsm.runtime.ml.DecisionTree;
import dev.ovsm.runtime.ml.Network;
import dev.ovsm.runtime.vm.Slice;
import org.jspecify.annotations.Nullable;

/** Evaluation of fixed-point models. */
final class LearningCalls {
  private static final long FORWARD_UNITS = 1000;
  private static final long TREE_UNITS = 500;
  private static final long LEVEL_UNITS = 10;

  private LearningCalls() {}

  static void addTo(Calls calls) {
    calls
        .addUncharged(SOL_ML_FORWARD, LearningCalls::forward)
        .addUncharged(SOL_ML_DECISION_TREE, LearningCalls::decide);
  }

  private static long forward(
      Call call, long model, long length, long features, long count, long target) {
    call.vm.consume(FORWARD_UNITS);
    if (target == 0 || model == 0) {
      return call.refuse(AsyncCode.NULL_POINTER);
    }
    Network network = Network.read(Call.copy(call.read(model, length))).orElse(null);
    if (network == null || network.inputs() != count) {
      return call.refuse(AsyncCode.INVALID_ARGUMENT);
    }
    call.vm.consume(network.multiplications());
    long[] inputs = numbers(call, features, count);
    if (inputs == null) {
      return call.refuse(AsyncCode.NULL_POINTER);
    }
    Slice slice = call.write(target, (long) Long.BYTES * network.outputs());
    int at = slice.offset();
    for (long output : network.forward(inputs)) {
      LittleEndian.put64(slice.bytes(), at, output);
      at += Long.BYTES;
    }
    return 0;
  }

  private static long decide(
      Call call, long model, long length, long features, long count, long target) {
    call.vm.consume(TREE_UNITS);
    if (target == 0 || model == 0) {
      return call.refuse(AsyncCode.NULL_POINTER);
    }
    DecisionTree tree = DecisionTree.read(Call.copy(call.read(model, length))).orElse(null);
    if (tree == null || tree.features() != count) {
      return call.refuse(AsyncCode.INVALID_ARGUMENT);
    }
    long[] inputs = numbers(call, features, count);
    if (inputs == null) {
      return call.refuse(AsyncCode.NULL_POINTER);
    }
    int node = 0;
    while (!tree.isLeaf(node)) {
      call.vm.consume(LEVEL_UNITS);
      node = tree.next(node, inputs);
      if (node < 0) {
        return call.refuse(AsyncCode.INVALID_ARGUMENT);
      }
    }
    Slice slice = call.write(target, Long.BYTES);
    LittleEndian.put64(slice.bytes(), slice.offset(), tree.value(node));
    return 0;
  }

  /** An array of i64, or null if a null pointer comes with a count. */
  private static long @Nullable [] numbers(Call call, long address, long count) {
    if (count == 0) {
      return new long[0];
    }
    if (address == 0) {
      return null;
    }
    Slice slice = call.read(address, count * Long.BYTES);
    long[] numbers = new long[(int) count];
    for (int i = 0; i < count; i++) {
      numbers[i] = LittleEndian.u64(slice.bytes(), slice.offset() + i * Long.BYTES);
    }
    return numbers;
  }
}

package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which value stands for which other one from now on, and numbers for new values. */
final class Images {
  private final UnaryOperator<Value> image = this::of;
  private @Nullable Value[] images = new Value[0];
  private int next;
  private boolean replaces;

  /** Of values that have numbers already; there are no fresh ones. */
  Images() {}

  /** Of a function's values. */
  Images(Function function) {
    List<Block> blocks = function.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      List<Value> parameters = blocks.get(i).parameters();
      for (int j = 0; j < parameters.size(); j++) {
        next = Math.max(next, parameters.get(j).id() + 1);
      }
      List<Inst> insts = blocks.get(i).insts();
      for (int j = 0; j < insts.size(); j++) {
        Value result = insts.get(j).result();
        next = Math.max(next, result == null ? 0 : result.id() + 1);
      }
    }
  }

  /** Whether every value stands for itself. */
  boolean isEmpty() {
    return !replaces;
  }

  /** One more than the highest number in use. */
  int size() {
    return next;
  }

  /** A value with a number of its own. */
  Value fresh(Type type) {
    return new Value(next++, type);
  }

  /** Every use of {@code value} becomes one of {@code other}, which has its type. */
  void replace(Value value, Value other) {
    if (value.id() >= images.length) {
      images = Arrays.copyOf(images, Math.max(Math.max(next, value.id() + 1), 2 * images.length));
    }
    images[value.id()] = other;
    replaces = true;
  }

  /** What stands for each value. */
  UnaryOperator<Value> each() {
    return image;
  }

  /** An instruction that uses what stands for the values that it used. */
  Inst of(Inst inst) {
    return replaces ? inst.mapUses(image) : inst;
  }

  /** A terminator that uses and passes on what stands for the values that it did. */
  Terminator of(Terminator end) {
    return replaces ? end.map(image, target -> target.map(image)) : end;
  }

  /** What stands for a value. */
  Value of(Value value) {
    Value root = value;
    Value image = image(root);
    while (image != null) {
      root = image;
      image = image(root);
    }
    Value at = value;
    image = image(at);
    while (image != null && image.id() != root.id()) {
      images[at.id()] = root;
      at = image;
      image = image(at);
    }
    return root;
  }

  private @Nullable Value image(Value value) {
    return value.id() < images.length ? images[value.id()] : null;
  }
}

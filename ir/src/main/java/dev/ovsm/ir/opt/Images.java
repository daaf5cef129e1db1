package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which value stands for which other one from now on, and numbers for new values. */
final class Images {
  private @Nullable Value[] images;
  private int next;

  Images(Function function) {
    for (Block block : function.blocks()) {
      for (Value value : block.parameters()) {
        next = Math.max(next, value.id() + 1);
      }
      for (Inst inst : block.insts()) {
        Value result = inst.result();
        next = Math.max(next, result == null ? 0 : result.id() + 1);
      }
    }
    images = new Value[next];
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
      images = Arrays.copyOf(images, Math.max(next, 2 * images.length));
    }
    images[value.id()] = other;
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

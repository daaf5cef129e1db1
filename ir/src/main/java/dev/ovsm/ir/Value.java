package dev.ovsm.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An SSA value: defined once in its function, by an instruction or as a block parameter. */
public record Value(int id, Type type) {
  /** The images of values; the same list if every value is its own image. */
  public static List<Value> map(List<Value> values, UnaryOperator<Value> image) {
    List<Value> images = null;
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      Value mapped = image.apply(value);
      if (images == null && !mapped.equals(value)) {
        images = new ArrayList<>(values);
      }
      if (images != null) {
        images.set(i, mapped);
      }
    }
    return images == null ? values : images;
  }

  // Written out: what the language makes of a record takes long before it is compiled.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Value value && id == value.id && type == value.type;
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return "%" + id;
  }
}

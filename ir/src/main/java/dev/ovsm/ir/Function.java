package dev.ovsm.ir;

import dev.ovsm.diag.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function in SSA form: every use is dominated by its definition. Block 0 is the entry and its
 * parameters are the function's. A function has at most five parameters.
 */
public record Function(String name, @Nullable Type result, List<Block> blocks, Span span) {
  public Function {
    blocks = List.copyOf(blocks);
  }

  public List<Value> parameters() {
    return blocks.get(0).parameters();
  }
}

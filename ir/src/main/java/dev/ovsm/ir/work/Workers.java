package dev.ovsm.ir.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes something of each of many items, on all processors if it is worth it.
 *
 * <p>What is made of an item must depend on that item alone; then the result is the same however
 * many processors there are.
 */
public final class Workers {
  /** With more blocks than these, functions are worth the start of threads. */
  private static final int MANY_BLOCKS = 500;

  private Workers() {}

  /** What is made of each function, in their order; on all processors if they are large. */
  public static <R> List<R> eachFunction(
      List<dev.ovsm.ir.Function> functions, Function<dev.ovsm.ir.Function, R> make) {
    int blocks = 0;
    for (dev.ovsm.ir.Function function : functions) {
      blocks += function.blocks().size();
    }
    return each(functions, blocks > MANY_BLOCKS, make);
  }

  /**
   * What is made of each item, in the order of the items.
   *
   * @param isMuch whether it takes more than the start of threads does
   */
  public static <T, R> List<R> each(List<T> items, boolean isMuch, Function<T, R> make) {
    if (isMuch && items.size() > 1) {
      return items.parallelStream().map(make).collect(Collectors.toList());
    }
    List<R> made = new ArrayList<>(items.size());
    for (T item : items) {
      made.add(make.apply(item));
    }
    return made;
  }
}

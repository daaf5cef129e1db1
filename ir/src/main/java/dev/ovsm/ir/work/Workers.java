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
  private Workers() {}

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

package dev.ovsm.verifier;

import java.util.List;

/**
 * What an entry takes in the worst case, in compute units.
 *
 * @param units a bound on an execution, calls of other programs not counted; {@link #UNBOUNDED} if
 *     there is none
 * @param budget what an execution may take
 * @param declared whether the program itself states the budget
 * @param invocations a bound on calls of other programs
 * @param functions what calls of its functions take, the most expensive first
 */
public record Cost(
    String entry,
    long units,
    long budget,
    boolean declared,
    long invocations,
    List<FunctionCost> functions) {
  /** The bound where there is none. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  public Cost {
    functions = List.copyOf(functions);
  }

  /**
   * What one call of a function takes in the worst case.
   *
   * @param own the function's instructions and system calls
   * @param total the same with the functions that it calls
   */
  public record FunctionCost(String function, long own, long total) {}
}

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
 * @param functions its functions, the one that takes the largest share first
 * @param instructions what each instruction adds to {@code units}, ascending by slot; they come to
 *     it exactly, and there are none without a bound
 */
public record Cost(
    String entry,
    long units,
    long budget,
    boolean declared,
    long invocations,
    List<FunctionCost> functions,
    List<InstructionCost> instructions) {
  /** The bound where there is none. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  public Cost {
    functions = List.copyOf(functions);
    instructions = List.copyOf(instructions);
  }

  /**
   * What a function takes in the worst case.
   *
   * @param pc the slot of its first instruction
   * @param share what it adds to what the entry takes, its callees not counted
   * @param calls how often it is called then
   * @param own the most that one call takes, callees not counted
   * @param total the same with the functions that it calls
   */
  public record FunctionCost(
      String function, int pc, long share, long calls, long own, long total) {}

  /**
   * What an instruction adds to what the entry takes.
   *
   * @param times how often it runs
   * @param units these times, and what the runtime takes if it calls it
   */
  public record InstructionCost(int pc, long times, long units) {}
}

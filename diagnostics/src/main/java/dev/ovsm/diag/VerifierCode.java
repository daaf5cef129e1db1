package dev.ovsm.diag;

/** Codes of the extended verifier. */
public enum VerifierCode implements Code {
  UNBOUNDED_LOOP(
      "V0001",
      Severity.ERROR,
      "loop without a bound",
      """
      The verifier found no bound on how often this loop runs. A loop counts when a variable moves
      in one direction by a known step and an exit compares it, every time around, with a limit that
      does not change. For example (while (< i n) … (set! i (+ i 1))) counts if n is not set in the
      loop; (while (not (= x target)) …) does not, if x is read from an account.

      Count the rounds beside the condition and leave the loop when there were too many, or use
      dotimes or for, which count by themselves.
      """),
  LONG_LOOP(
      "V0002",
      Severity.ERROR,
      "loop longer than any budget",
      """
      The loop ends, but the limit of its counter may be so large that no transaction has the compute
      units for it: each time around takes at least one, and a transaction has at most 1,400,000.
      The usual reason is a limit that comes from outside, such as a parameter of type u64.

      Bound the limit first, for example with (min n 100), or refuse larger ones with require.
      """),
  RECURSION(
      "V0003",
      Severity.ERROR,
      "recursive function",
      """
      A function that calls itself, directly or through others, has no bound that the verifier can
      prove, and the machine allows at most 64 nested calls.

      Write it as a loop that counts.
      """),
  OVER_BUDGET(
      "V0004",
      Severity.ERROR,
      "more compute units than the budget",
      """
      In the worst case the entry takes more compute units than its budget, so that an execution
      that is in order otherwise would fail half-way.

      Declare a larger :compute-budget, or do less: shorten loops, copy less, or go on in another
      entry by a tail call or in a later slot by a timer.
      """),
  BAD_BUDGET(
      "V0005",
      Severity.ERROR,
      "budget outside the slot's",
      """
      A registration whose budget is 0, or above the compute units that all callbacks of a slot
      share, is refused by the runtime with BUDGET_EXCEEDED (11), and the callback never runs.

      Give a budget between 1 and the slot's budget, which is 400,000 unless the validator says
      otherwise.
      """),
  TOO_MANY_EVENTS(
      "V0006",
      Severity.ERROR,
      "too many events",
      """
      An execution may emit at most 100 times; events, ring buffer records and pushes count
      together, and so do those of entries that are reached by tail calls. Further ones are refused
      at run time with EVENT_LIMIT (16) and are lost.

      Emit outside the loop, gather several values in one event, or bound the loop.
      """),
  LARGE_EVENT(
      "V0007",
      Severity.ERROR,
      "event larger than 1 KiB",
      """
      An event carries at most 1,024 bytes; a larger one is refused at run time.

      Split it, or emit only what subscribers need and let them read the account.
      """),
  NONDETERMINISM(
      "V0008",
      Severity.ERROR,
      "callback depends on what validators may not agree on",
      """
      A callback must do the same on every validator, and when it is replayed. The block's wall-clock
      time is an estimate that drifts, repeats and depends on who voted; the compute units that
      remain depend on the cost model. Such values must not decide what a callback writes, emits or
      schedules, neither directly nor by an if.

      Use the slot or the epoch instead: they are exact.
      """),
  UNKNOWN_SYSCALL(
      "V0009",
      Severity.ERROR,
      "unknown runtime call",
      """
      The program calls the runtime by a name, or the hash of a name, that the syscall table does not
      have. What such a call costs and does is not known, and on chain it fails.

      See the reference of syscalls for what there is.
      """),
  UNPROVED(
      "V0010",
      Severity.WARNING,
      "property neither proved nor refuted",
      """
      The verifier could not decide this property. That is no mistake of the program as such; the
      notes say what is missing. Exit code 5 tells such findings from refused ones.
      """),
  INEXACT(
      "V0011",
      Severity.ERROR,
      "arithmetic claimed to fit does not",
      """
      The compiler dropped a check because the result of an operation always fits its type, but the
      verifier cannot show that it does. Such code is not selected.

      In a program compiled from source this is a mistake of the compiler: please report it.
      """),
  NO_CERTIFICATE(
      "V0012",
      Severity.ERROR,
      "no certificate",
      """
      No certificate was found that the checker accepts. The note says what it objects to. What the
      verifier proves may need more than a certificate can say: the relation of two values, or a
      loop that ends because something is halved. Without --emit cert the program is as good.
      """),
  FALSE_CERTIFICATE(
      "V0013",
      Severity.ERROR,
      "certificate does not hold",
      """
      The certificate is of another file, is damaged, or claims what is not so. Nothing in it can be
      relied on. ovsm compile --emit cert writes a certificate beside the program that it makes.
      """),
  DEEP_CALLS(
      "V0014",
      Severity.ERROR,
      "calls nest deeper than the machine has frames",
      """
      The machine has 64 frames, that of the entrypoint included: the call that would need one more
      ends the execution. The labels show the calls on the way to the deepest one.

      Let helpers return before the next is called, or put the work into a loop.
      """),
  LEFT_OPEN(
      "V0015",
      Severity.ERROR,
      "neither submitted, discarded nor destroyed",
      """
      A record that sol_ringbuf_reserve gave must be submitted or discarded, and an iterator that
      sol_iter_num_new began must be destroyed, once on every path that ends well or goes on in
      another entry. A record that is still open at the end is discarded and fails the execution.
      Paths that end in a failure need not do it, since everything is rolled back there.

      The labels show where it begins and which branches lead to the end without it.
      """),
  WRONG_ORDER(
      "V0016",
      Severity.ERROR,
      "used before its time or after its end",
      """
      A record cannot be used, submitted or discarded once it is submitted or discarded, and it is
      given back by the address that came from sol_ringbuf_reserve, not by one inside it. An
      iterator is used between sol_iter_num_new and sol_iter_num_destroy. A timer or a work queue
      that was just initialised has no callback: set it before the start, which fails without.

      The labels show on which path it happens. Move the use before the end on that path, or return
      right after the end.
      """),
  UNCHECKED_NULL(
      "V0017",
      Severity.ERROR,
      "used where it may be null",
      """
      A call that gives an address gives 0 where there is nothing: no room in the ring, no number
      left, no entry. Using it as an address then ends the execution with an access violation.

      Compare with 0 first, and do without on that path.
      """),
  OUT_OF_BOUNDS(
      "V0018",
      Severity.ERROR,
      "access out of bounds",
      """
      A load, a store or an argument of a runtime call leads outside of what it is meant for: the
      function's frame, a slot of it, the read-only data, a reserved record, the heap; or it writes
      what is read-only. The machine stops what leads nowhere; what leads into another object of the
      same region reads or writes that.

      The message says how many bytes are accessed at which distance from the object's beginning; of
      a frame, whose end is counted from, distances are negative.

      Compare the distance with the length before the access, or make the object large enough.
      """),
  BAD_REGISTRATION(
      "V0019",
      Severity.ERROR,
      "registration that the runtime refuses",
      """
      The arguments of this call never make sense to the runtime, which answers with
      INVALID_ARGUMENT (17) or INVALID_SLOT (6), so that nothing is ever triggered. A watcher's
      criteria name a field from 0 to 2, an operation from 0 to 7, a mask that is not 0, and an
      offset such that the operand lies in the largest account, 10 MiB; what is reserved is 0. A
      threshold has type 4 or 5, any other watcher 0 to 3, an event 0 to 7. A timer starts 1 to
      1,000,000 slots from now, and what is scheduled for a slot lies as far ahead.
      """),
  READ_ONLY_WRITE(
      "V0020",
      Severity.ERROR,
      "write to an account that is not declared writable",
      """
      The entry changes the data, the lamports or the owner of an account that it does not declare
      as :writable, or on a path on which it found that the account is not writable. Clients pass
      such an account read-only, and the machine then refuses the whole transaction.

      Declare the account as :writable, or write to another one. In code without declarations, load
      the byte is_writable of the account's record, the third, and go on only if it is not 0.
      """);

  private final Meaning meaning;

  VerifierCode(String id, Severity severity, String title, String explanation) {
    this.meaning = new Meaning(id, severity, title, explanation);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}

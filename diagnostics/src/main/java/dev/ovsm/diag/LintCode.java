package dev.ovsm.diag;

/** Codes of what is legal and hardly meant. */
public enum LintCode implements Code {
  DYING_HEARTBEAT(
      "W0001",
      Severity.WARNING,
      "heartbeat can stop",
      """
      The callback of a timer starts the timer again on some paths and not on others, and one of the
      others ends well. From then on nothing wakes the program. Start the timer before anything can
      branch, or, where the program is meant to stop, say so with sol-timer-cancel.
      """),
  FEEDBACK_LOOP(
      "W0002",
      Severity.WARNING,
      "feedback loop",
      """
      An execution wakes itself: it writes what a watcher of the same program watches, or emits what it
      handles, directly or by way of other callbacks. The gain says how many executions one leads to in
      a round: at 1 it goes on for ever, above 1 it grows until the runtime stops it. Write to another
      place, watch fewer bytes, or emit an event of another name.
      """),
  HOT_TIMER(
      "W0003",
      Severity.WARNING,
      "runs in every slot",
      """
      A timer that starts itself again after one slot, or a subscription to every slot, spends compute
      units every 400 milliseconds whether or not there is anything to do. Take a longer interval, or
      watch the account whose change matters.
      """),
  UNUSED_RESULT(
      "W0004",
      Severity.WARNING,
      "result not used",
      """
      The expression computes a value, does nothing else, and nobody takes the value. assoc and
      arithmetic do not change what they are given: store the result with set!, or bind it and use it.
      A record that sol-ringbuf-reserve gave must be submitted or discarded.
      """),
  NANOSECONDS(
      "W0005",
      Severity.WARNING,
      "hardly a number of slots",
      """
      The runtime counts time in slots of 400 milliseconds, and this number would be days of them. It
      looks like nanoseconds or milliseconds: divide by the length of a slot.
      """),
  UNCHECKED_LOOKUP(
      "W0006",
      Severity.WARNING,
      "lookup not checked",
      """
      A lookup in a map gives null where there is no entry, and using null as a value ends the execution
      with an error; in a callback that happens again at every trigger. Compare with null first, as in
      (if (= entry null) … …), use if-let, or give a default with or. A map of the kind ARRAY has an
      entry for each key below :max-entries: there it is enough to compare the key with that number.
      """),
  ANY_CHANGE(
      "W0007",
      Severity.WARNING,
      "wakes at any change",
      """
      The watcher wakes at any change of a value, and its callback then looks whether the change matters.
      Each look costs an execution. Let the watcher compare: :comparison ">=" and :threshold for a level,
      CHANGE_ABSOLUTE or CHANGE_PERCENT with a :threshold for a move.
      """),
  NEVER_CANCELLED(
      "W0008",
      Severity.WARNING,
      "never cancelled",
      """
      Whenever this code runs it registers something that stays, and nothing in the program ever ends it.
      Registrations add up until the program has all that it may have. Register in on-startup, which runs
      once, or keep the id and end it with sol-watcher-remove; a timer ends with sol-timer-cancel.
      """),
  NO_MINIMUM_INTERVAL(
      "W0009",
      Severity.WARNING,
      "hot account without minimum interval",
      """
      The account changes in nearly every slot, and the watcher wakes at any change. Give it a threshold,
      or a minimum of slots between triggers: (sol-registration-set id 3 25).
      """),
  WIDE_BUDGET(
      "W0010",
      Severity.WARNING,
      "budget far above the bound",
      """
      The declared compute budget is twenty times the bound that the verifier proves, or more. The
      scheduler sets the whole budget aside in the slot, so other callbacks wait for units that are never
      used. Declare what the message says, or leave :compute-budget out.
      """),
  UNVALIDATED_DATA(
      "W0011",
      Severity.WARNING,
      "data used as it came",
      """
      What an event or a watched account says comes from outside. Here it decides a slot, an index, a
      divisor or a count of rounds without any check, so a bad value ends the execution or makes it do
      something far away. Compare it with what makes sense first: (require (<= delay 1000) :bad-delay).
      """),
  LAMPORTS_OFFSET(
      "W0012",
      Severity.WARNING,
      ":offset 0 is not the balance",
      """
      :offset 0 means the first bytes of the account's data. The callback calls them a balance, which is
      no part of the data: watch it with :field :lamports.
      """),
  STALE_PRICE(
      "W0013",
      Severity.WARNING,
      "price of any age",
      """
      The price is used and nothing looks how old it is. An oracle that stopped days ago still has a
      price. pyth-price-no-older-than takes the account and a number of slots; or compare pyth-get-slot
      with the current slot.
      """),
  PRICE_SIGN(
      "W0014",
      Severity.WARNING,
      "sign of a price",
      """
      Prices and exponents of an oracle are signed: a price may be zero or below where a market is odd,
      and the exponent usually is below zero. Without a check a division fails, and a conversion that
      wraps makes a huge number of a negative one. Compare with zero first; negate an exponent before it
      becomes unsigned.
      """),
  PRICE_EXPONENT(
      "W0015",
      Severity.WARNING,
      "exponent of a price",
      """
      A price is a whole number times ten to the power of its exponent, and feeds differ in it and may
      change it. A comparison with a fixed number, or with the price of another feed, means something
      only if the exponents are known. Read pyth-get-exponent and require the one that the number was
      made for.
      """),
  BAD_SILENCER(
      "W0016",
      Severity.ERROR,
      "silencer without effect",
      """
      A comment silences warnings of the next form with ; ovsm: allow W0003, because REASON, and of the
      whole file with ; ovsm: allow-file W0003, because REASON. Before a keyword it is about the keyword
      and the value that follows. It names warnings, never errors, and always gives a reason, so that
      whoever reads it can tell whether the reason still holds.
      """),
  UNUSED_SILENCER(
      "W0017",
      Severity.WARNING,
      "nothing to silence",
      """
      The comment silences a warning that is not there, or no longer. Remove it, so that it does not hide
      the next one.
      """),
  BAD_BASELINE(
      "W0018",
      Severity.ERROR,
      "baseline cannot be used",
      """
      A baseline is a JSON file that ovsm lint --write-baseline FILE makes: what was known when lint was
      introduced, which is not reported again. Write it anew.
      """),
  STALE_BASELINE(
      "W0019",
      Severity.NOTE,
      "baseline lists what is gone",
      """
      Some of what the baseline lists is no longer found. Write it anew with --write-baseline, so that
      the same mistake is told when it comes back.
      """);

  private final Meaning meaning;

  LintCode(String id, Severity severity, String title, String explanation) {
    this.meaning = new Meaning(id, severity, title, explanation);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}

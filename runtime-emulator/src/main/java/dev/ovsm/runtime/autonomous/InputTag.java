package dev.ovsm.runtime.autonomous;

/** What can be put into a simulation from outside, and what a recording says of its course. */
enum InputTag {
  /** {key, account}. */
  PUT(1),
  /** {key, file}. */
  DEPLOY(2),
  /** An instruction, which the payer sends. */
  SEND(3),
  /** {key, file}. */
  UPGRADE(4),
  /** {key}. */
  CLOSE(5),
  /** {key, u64 callbacks, u8 kind of fault, what it needs}. */
  FAULT(6),
  /** {u64 seq}. */
  REPLAY(7),
  /** {u64 slots}. */
  SKIP(8),
  /** A slot begins. */
  ENTER(9),
  /** Its callbacks ran: {u64 digest of all that was told until then}. */
  FINISH(10),
  /** The end: {state hash, u64 executions, u64 failures, u64 units}. */
  END(11),
  /** {key, u64 lamports}. */
  FUND(12),
  /** {key, u64 lamports}. */
  STAKE(13),
  /** {key, u64 lamports}. */
  UNSTAKE(14),
  /** The state is kept, to go back to. */
  MARK(15),
  /** {u64 slot}: the next slot follows that one. */
  FORK(16);

  private final int number;

  InputTag(int number) {
    this.number = number;
  }

  /** The byte in recordings. */
  int number() {
    return number;
  }

  static InputTag of(int number) {
    for (InputTag tag : values()) {
      if (tag.number == number) {
        return tag;
      }
    }
    throw new StateReader.Damaged("no such input");
  }
}

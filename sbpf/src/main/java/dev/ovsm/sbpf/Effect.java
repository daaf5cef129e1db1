package dev.ovsm.sbpf;

/** What a syscall does besides computing r0 and touching the memory that its arguments name. */
public enum Effect {
  /** Writes to the transaction's log. */
  LOGS,
  /** Counts as one of the emissions that an execution may make. */
  EMITS,
  /** Creates a registration or arms one. */
  REGISTERS,
  /** Ends a registration. */
  CANCELS,
  /** Opens a ring buffer record that must be submitted or discarded. */
  RESERVES,
  /** Closes a ring buffer record: its address is dead afterwards. */
  RELEASES,
  /** Runs another program, at a cost and with logs of its own. */
  INVOKES,
  /** May change anything in the input region: account data, lamports, owners. */
  WRITES_INPUT,
  /** Sets the transaction's return data. */
  SETS_RETURN_DATA,
  /** Reads return data, which another program may have set. */
  READS_RETURN_DATA,
  /** Depends on the slot, the epoch or the time of the block. */
  READS_CLOCK,
  /** Depends on how many compute units remain. */
  READS_METER,
  /** Depends on state outside the transaction's accounts that other programs may change. */
  READS_STATE,
  /** Never returns: the invocation fails. */
  NO_RETURN,
  /** Does not return when it succeeds: another entry goes on in its place. */
  REPLACES
}

package dev.ovsm.verifier.analysis;

/** What can go wrong with a {@link Resource}. */
public enum Misuse {
  /** It is still open when the execution ends well, or goes on in another entry. */
  LEFT_OPEN,
  /** It is begun again while it is open. */
  BEGUN_AGAIN,
  /** It is used where it may be null. */
  NULL_USED,
  /** It is used though it has not begun. */
  NOT_BEGUN,
  /** It is used, or ended again, after its end. */
  USED_AFTER_END,
  /** It is started without a callback. */
  NOT_READY,
  /** Another address than its own is given back. */
  WRONG_ADDRESS
}

package dev.ovsm.runtime.autonomous;

import org.jspecify.annotations.Nullable;

/**
 * What a registration is from its creation to its end.
 *
 * @param handle where its program keeps it; null if the program knows it by its id alone
 * @param watch what it watches, if it watches an account
 * @param filter which events it wants, if it wants any
 */
record Nature(
    Kind kind,
    @Nullable Handle handle,
    Timing timing,
    @Nullable Watch watch,
    @Nullable EventFilter filter) {
  private static final Nature TIMER = new Nature(Kind.TIMER, null, Timing.ONCE, null, null);

  /** The same for all timers that run once and have no handle, of which there are most. */
  static Nature of(
      Kind kind,
      @Nullable Handle handle,
      Timing timing,
      @Nullable Watch watch,
      @Nullable EventFilter filter) {
    boolean isPlain = handle == null && watch == null && filter == null;
    return isPlain && kind == Kind.TIMER && timing.equals(Timing.ONCE)
        ? TIMER
        : new Nature(kind, handle, timing, watch, filter);
  }
}

package dev.ovsm.runtime.autonomous;

/** Kinds of registration, with the numbers that trigger contexts and query entries use. */
public enum Kind {
  TIMER(0, "timer", Wave.TIMERS, Quota.TIMERS),
  SCHEDULE(1, "schedule", Wave.TIMERS, Quota.TIMERS),
  PERIODIC(2, "periodic", Wave.TIMERS, Quota.TIMERS),
  DEADLINE(3, "deadline", Wave.TIMERS, Quota.TIMERS),
  WATCHER(4, "watcher", Wave.WATCHERS, Quota.WATCHERS),
  EVENT(5, "event", Wave.EVENTS, Quota.WATCHERS),
  WORK(6, "work", Wave.WORK, Quota.UNLIMITED);

  private final int number;
  private final String word;
  private final Wave wave;
  private final Quota quota;

  Kind(int number, String word, Wave wave, Quota quota) {
    this.number = number;
    this.word = word;
    this.wave = wave;
    this.quota = quota;
  }

  /** The number, counted from 0 without gaps. */
  public int number() {
    return number;
  }

  /** The word in fate records and reports. */
  public String word() {
    return word;
  }

  /** The wave in which triggers of this kind run when they are not carried over. */
  public Wave wave() {
    return wave;
  }

  /** The limit that live registrations of this kind count towards. */
  Quota quota() {
    return quota;
  }

  boolean isTimed() {
    return quota == Quota.TIMERS;
  }

  /** Limits on the live registrations of one program. */
  enum Quota {
    TIMERS(0, 16, AsyncCode.MAX_TIMERS),
    WATCHERS(1, 32, AsyncCode.MAX_WATCHERS),
    UNLIMITED(2, Integer.MAX_VALUE, AsyncCode.NO_CAPACITY);

    private final int number;
    private final int most;
    private final AsyncCode code;

    Quota(int number, int most, AsyncCode code) {
      this.number = number;
      this.most = most;
      this.code = code;
    }

    /** Counted from 0 without gaps. */
    int number() {
      return number;
    }

    int most() {
      return most;
    }

    /** The code of a registration too many. */
    AsyncCode code() {
      return code;
    }
  }
}

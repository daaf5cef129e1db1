package dev.ovsm.sbpf;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One argument of a syscall: what the register must hold, and of an address how much memory behind
 * it the syscall may touch.
 *
 * @param extent the memory that an address leads to; null where the value is no address of the
 *     program's choice, or where memory itself says how much it is
 */
public record Argument(String name, Kind kind, @Nullable Extent extent) {
  /** What a register holds. */
  public enum Kind {
    /** A number without more structure. */
    SCALAR("number"),
    /** Reserved; must be 0. */
    ZERO("0"),
    /** How many bytes another argument's memory has. */
    LENGTH("length"),
    /** How many items another argument's memory has. */
    COUNT("count"),
    /** A slot, or a number of slots. */
    SLOT("slots"),
    /** Compute units. */
    BUDGET("budget"),
    /** The id of a declared map: the hash of its name. */
    MAP("map id"),
    /** The id of a registration or a ring. */
    ID("id"),
    /** The address of a timer handle in a map value. */
    TIMER("timer*"),
    /** Either of the two before. */
    TIMER_OR_ID("timer* or id"),
    /** The address of a work queue handle in a map value. */
    WORK_QUEUE("queue*"),
    /** The address of a reserved ring buffer record. */
    RECORD("record*"),
    /** An address that is only passed on. */
    CONTEXT("context*"),
    /** The address of memory that is read. */
    READ("in*"),
    /** The address of memory that is read, with addresses in it that are followed. */
    FOLLOW("in**"),
    /** The address of memory that is written. */
    WRITE("out*"),
    /** The address of memory that is read and written. */
    UPDATE("inout*");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word in reference documents. */
    public String word() {
      return word;
    }

    /** Whether the syscall may write to the program's memory behind this argument. */
    public boolean writes() {
      return switch (this) {
        case TIMER, WORK_QUEUE, WRITE, UPDATE -> true;
        case SCALAR, ZERO, LENGTH, COUNT, SLOT, BUDGET, MAP, ID, TIMER_OR_ID, RECORD -> false;
        case CONTEXT, READ, FOLLOW -> false;
      };
    }
  }

  /**
   * A number of bytes: at most {@code unit}, times the value of argument {@code times} (1..5)
   * unless that is 0.
   */
  public record Extent(long unit, int times) {
    /** The bytes for given register values r1..r5; empty if they exceed a signed 64-bit number. */
    public OptionalLong bytes(long... arguments) {
      if (times == 0) {
        return OptionalLong.of(unit);
      }
      long count = arguments[times - 1];
      boolean fits = count >= 0 && count <= Long.MAX_VALUE / unit;
      return fits ? OptionalLong.of(unit * count) : OptionalLong.empty();
    }
  }

  static Argument number(String name) {
    return new Argument(name, Kind.SCALAR, null);
  }

  static Argument zero(String name) {
    return new Argument(name, Kind.ZERO, null);
  }

  static Argument length(String name) {
    return new Argument(name, Kind.LENGTH, null);
  }

  static Argument count(String name) {
    return new Argument(name, Kind.COUNT, null);
  }

  static Argument slot(String name) {
    return new Argument(name, Kind.SLOT, null);
  }

  static Argument budget() {
    return new Argument("budget", Kind.BUDGET, null);
  }

  static Argument map(String name) {
    return new Argument(name, Kind.MAP, null);
  }

  static Argument id(String name) {
    return new Argument(name, Kind.ID, null);
  }

  static Argument timer() {
    return new Argument("timer", Kind.TIMER, new Extent(16, 0));
  }

  static Argument queue() {
    return new Argument("queue", Kind.WORK_QUEUE, new Extent(16, 0));
  }

  static Argument timerOrId() {
    return new Argument("timer", Kind.TIMER_OR_ID, null);
  }

  static Argument ringRecord() {
    return new Argument("record", Kind.RECORD, null);
  }

  static Argument context() {
    return new Argument("context", Kind.CONTEXT, null);
  }

  /** Memory whose size memory itself tells. */
  static Argument sized(String name, Kind kind) {
    return new Argument(name, kind, null);
  }

  static Argument read(String name, long bytes) {
    return new Argument(name, Kind.READ, new Extent(bytes, 0));
  }

  static Argument read(String name, long unit, int times) {
    return new Argument(name, Kind.READ, new Extent(unit, times));
  }

  static Argument follow(String name, long bytes) {
    return new Argument(name, Kind.FOLLOW, new Extent(bytes, 0));
  }

  static Argument follow(String name, long unit, int times) {
    return new Argument(name, Kind.FOLLOW, new Extent(unit, times));
  }

  static Argument write(String name, long bytes) {
    return new Argument(name, Kind.WRITE, new Extent(bytes, 0));
  }

  static Argument write(String name, long unit, int times) {
    return new Argument(name, Kind.WRITE, new Extent(unit, times));
  }

  static Argument update(String name, long bytes) {
    return new Argument(name, Kind.UPDATE, new Extent(bytes, 0));
  }
}

package dev.ovsm.verifier.analysis;

import java.util.Set;
import java.util.TreeSet;

/**
 * What an address may lead to: objects of frames, and whether also memory that is no frame's.
 *
 * @param targets the objects, few
 * @param elsewhere whether it may lead to accounts, heap or read-only data, or be no address at all
 */
record Pointer(Set<Target> targets, boolean elsewhere) {
  static final Pointer NOTHING = new Pointer(Set.of(), false);
  static final Pointer ELSEWHERE = new Pointer(Set.of(), true);

  private static final int MOST = 16;

  Pointer join(Pointer other) {
    if (other.equals(NOTHING) || equals(other)) {
      return this;
    }
    Set<Target> all = new TreeSet<>(targets);
    all.addAll(other.targets);
    boolean many = all.size() > MOST;
    Set<Target> kept = new TreeSet<>();
    for (Target target : all) {
      // What leads anywhere in an object leads to each of its places.
      kept.add(many || all.contains(target.anywhere()) ? target.anywhere() : target);
    }
    return new Pointer(kept, elsewhere || other.elsewhere);
  }

  /** The pointer after adding a constant. */
  Pointer plus(long offset) {
    Set<Target> moved = new TreeSet<>();
    targets.forEach(target -> moved.add(target.plus(offset)));
    return new Pointer(moved, elsewhere);
  }

  /** The pointer after adding who knows what. */
  Pointer anywhere() {
    Set<Target> moved = new TreeSet<>();
    targets.forEach(target -> moved.add(target.anywhere()));
    return new Pointer(moved, elsewhere);
  }

  /**
   * A place in an object of a function's frame.
   *
   * @param offset bytes from its start, or {@link #ANYWHERE}
   */
  record Target(int function, int object, long offset) implements Comparable<Target> {
    static final long ANYWHERE = Long.MIN_VALUE;

    /** Frames are small; what lies farther out is not followed exactly. */
    private static final long FARTHEST = 1L << 20;

    Target plus(long more) {
      boolean near = offset != ANYWHERE && Math.abs(more) < FARTHEST;
      long sum = offset + more;
      return near && Math.abs(sum) < FARTHEST ? new Target(function, object, sum) : anywhere();
    }

    Target anywhere() {
      return new Target(function, object, ANYWHERE);
    }

    @Override
    public int compareTo(Target other) {
      int order = Integer.compare(function, other.function);
      order = order != 0 ? order : Integer.compare(object, other.object);
      return order != 0 ? order : Long.compare(offset, other.offset);
    }
  }
}

package dev.ovsm.verifier.certificate;

/**
 * Where a value lies between instructions: a register, or eight bytes of the function's frame at a
 * distance below its end.
 *
 * @param number 0 to 9 of a register; below 0 of the frame, a multiple of eight to -4096
 */
public record Location(boolean isFrame, int number) implements Comparable<Location> {
  public Location {
    boolean fits =
        isFrame ? number >= -4096 && number <= -8 && number % 8 == 0 : number >= 0 && number <= 9;
    if (!fits) {
      throw new IllegalArgumentException("no location " + number);
    }
  }

  @Override
  public int compareTo(Location other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return (isFrame ? "f" : "r") + number;
  }
}

package dev.ovsm.verifier.certificate;

/**
 * Where a value lies between instructions: a register, or eight bytes of the function's frame at a
 * distance below its end.
 *
 * @param number 0 to 9 of a register; of the frame a multiple of eight from -4096 to -8
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
    return isFrame == other.isFrame
        ? Integer.compare(number, other.number)
        : Boolean.compare(isFrame, other.isFrame);
  }

  @Override
  public String toString() {
    return (isFrame ? "f" : "r") + number;
  }
}

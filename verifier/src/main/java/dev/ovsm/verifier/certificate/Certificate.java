package dev.ovsm.verifier.certificate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is claimed of a program's machine code, so that it can be checked without finding it again.
 *
 * @param sha256 of the whole file, 64 hexadecimal digits
 * @param functions callees before their callers
 */
public record Certificate(String sha256, List<Certificate.Function> functions) {
  public Certificate {
    functions = List.copyOf(functions);
  }

  /**
   * A function, and what holds of each call of it.
   *
   * @param pc its first slot
   * @param units at most so many compute units, its callees' included, calls of other programs not
   * @param events at most so many events and ring records
   * @param isContained whether it writes to no other frame than its own
   * @param arguments what callers promise of r1 to r5
   * @param result where its result lies
   * @param loops its loops by their first slots
   */
  public record Function(
      int pc,
      long units,
      long events,
      boolean isContained,
      Map<Location, Interval> arguments,
      Interval result,
      Map<Integer, Loop> loops) {
    public Function {
      arguments = new TreeMap<>(arguments);
      loops = new TreeMap<>(loops);
    }
  }

  /**
   * A loop, and what holds whenever control is at its first slot.
   *
   * @param rounds at most so often does it repeat once it is entered
   * @param counter what moves by at least {@code step}, always the same way, in every round
   * @param step 0 of a counter that every round at least halves
   * @param ranges where values lie that rounds change
   * @param kept what rounds leave as it is; of everything else nothing is known
   */
  public record Loop(
      long rounds,
      Location counter,
      long step,
      Map<Location, Interval> ranges,
      Set<Location> kept) {
    public Loop {
      ranges = new TreeMap<>(ranges);
      kept = new TreeSet<>(kept);
    }
  }
}

package dev.ovsm.tests.machine;

import dev.ovsm.tests.realvm.RealVm;
import java.util.List;
import java.util.concurrent.Callable;

/** Like {@link Search}, against the real VM in a process of its own. */
public final class RealVmSearch implements Callable<String> {
  private static final long SEED = 1;
  private static final int PROGRAMS = 4000;
  private static final int BATCH = 100;

  @Override
  public String call() {
    try (RealVm vm = RealVm.start()) {
      RealVmPrograms programs = new RealVmPrograms(vm, SEED);
      for (long first = 0; first < PROGRAMS; first += BATCH) {
        List<String> findings = programs.run(first, BATCH);
        if (!findings.isEmpty()) {
          return findings.get(0);
        }
      }
      return "";
    } catch (IndexOutOfBoundsException e) {
      return e.toString();
    }
  }
}

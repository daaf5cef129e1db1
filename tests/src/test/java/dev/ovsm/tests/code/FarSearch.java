package dev.ovsm.tests.code;

import dev.ovsm.ir.Module;
import dev.ovsm.sbpf.Version;
import java.util.concurrent.Callable;

/** Runs a function whose jumps go too far for one; finds nothing as a rule. */
public final class FarSearch implements Callable<String> {
  /** Together more instructions than the offset of a jump can pass. */
  private static final int STEPS = 9_000;

  @Override
  public String call() {
    Module module = Stretches.module(STEPS);
    byte[] input = RandomModule.input(STEPS);
    input[RandomModule.INPUT_START] = 0;
    Meaning meaning = Runs.interpreted(module, input);
    byte[] file = Runs.elf(module, Version.V0);
    Meaning emulated = Runs.emulated(file, input, meaning.kept());
    return emulated.equals(meaning) ? "" : "means\n" + meaning + "\nbut does\n" + emulated;
  }
}

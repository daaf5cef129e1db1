package dev.ovsm.runtime.vm;

/** Sees every instruction of an execution before it takes effect. */
@FunctionalInterface
public interface Observer {
  /**
   * An instruction has been paid for and comes next.
   *
   * @param registers r0..r10 and more, to be read only
   * @param pc its slot; right behind the code if execution runs over its end
   */
  void before(long[] registers, int pc);
}

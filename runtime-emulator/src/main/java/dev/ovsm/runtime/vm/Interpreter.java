package dev.ovsm.runtime.vm;

/**
 * Executes a program step by step: the meaning that every other engine has to agree with.
 *
 * <p>It goes through fast {@link Code} as long as nobody watches and the meter suffices.
 */
public final class Interpreter implements Engine {
  @Override
  public Outcome execute(Vm vm) {
    try {
      return vm.returned(run(vm, vm.program().entryPc(), 0));
    } catch (Fault fault) {
      return vm.faulted(fault);
    }
  }

  /**
   * Executes from a slot until the frame that it begins in returns.
   *
   * <p>Takes registers and meter from the machine and leaves them there, however it ends.
   *
   * @param pc a slot of the program
   * @param depth how many frames are below this one, 0..63
   * @return the value of r0
   */
  public long run(Vm vm, int pc, int depth) {
    return new Loop(vm, pc, depth).run();
  }
}

package dev.ovsm.ir.eval;

import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs a module by the definition of each instruction: the reference that every optimisation and
 * the backend are measured against.
 *
 * <p>Read-only data lies at {@link #DATA}, frames at {@link #STACK}; the caller maps the rest.
 */
public final class IrInterpreter {
  public static final long DATA = 0x1_0000_0000L;
  public static final long STACK = 0x2_0000_0000L;
  public static final long HEAP = 0x3_0000_0000L;
  public static final long INPUT = 0x4_0000_0000L;

  private static final int STACK_BYTES = 64 * 4096;

  private final Map<String, Function> functions = new HashMap<>();
  private final Regions memory;
  private final Host host;
  private final long[] dataAddresses;

  /** Prepares a module; maps its data and a stack in {@code memory}. */
  public IrInterpreter(Module module, Regions memory, Host host) {
    this.memory = memory;
    this.host = host;
    this.dataAddresses = new long[module.data().size()];
    module.functions().forEach(function -> functions.put(function.name(), function));
    mapData(module);
    memory.map(STACK, new byte[STACK_BYTES], true);
  }

  /**
   * Calls a function.
   *
   * @param steps the most instructions and terminators to execute
   */
  public Result run(String function, long[] arguments, long steps) {
    return end(function, arguments, steps).result();
  }

  /** Calls a function, and tells where it ended, too. */
  public Ending end(String function, long[] arguments, long steps) {
    Function callee = functions.get(function);
    if (callee == null) {
      throw new IllegalArgumentException("no function " + function);
    }
    Execution execution =
        new Execution(functions, memory, host, dataAddresses, STACK, STACK + STACK_BYTES, steps);
    Result result = execution.run(callee, arguments);
    return new Ending(result, execution.places());
  }

  private void mapData(Module module) {
    long size = 0;
    for (int i = 0; i < dataAddresses.length; i++) {
      Module.Data data = module.data().get(i);
      size = (size + data.align() - 1) / data.align() * data.align();
      dataAddresses[i] = DATA + size;
      size += data.bytes().length;
    }
    byte[] bytes = new byte[Math.toIntExact(size)];
    for (int i = 0; i < dataAddresses.length; i++) {
      byte[] item = module.data().get(i).bytes();
      System.arraycopy(item, 0, bytes, (int) (dataAddresses[i] - DATA), item.length);
    }
    if (size > 0) {
      memory.map(DATA, bytes, false);
    }
  }
}

package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.sysvar.Sysvars;
import dev.ovsm.runtime.vm.Buffers;
import dev.ovsm.runtime.vm.Engine;
import org.jspecify.annotations.Nullable;

/** What a transaction finds around it; the same for all transactions of a slot. */
public interface Environment {
  Features features();

  Sysvars sysvars();

  /** The blockhash that stands for this slot. */
  Pubkey blockhash();

  Engine engine();

  Hook hook();

  /** Where invocations take arrays from and give them back. */
  Buffers buffers();

  /** The builtin at an address, or null. */
  @Nullable Builtin builtin(Pubkey program);

  /** The program at an address as committed transactions left it, or null if there is none. */
  @Nullable ProgramEntry program(Pubkey program);

  /**
   * Makes a program of an ELF file under the rules of a deployment.
   *
   * @throws InstructionFailure with the loader's complaint in the log
   */
  ProgramEntry deploy(byte[] elf, LogCollector log);
}

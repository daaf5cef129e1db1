package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Builtin;
import dev.ovsm.runtime.invoke.Environment;
import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.runtime.invoke.Hook;
import dev.ovsm.runtime.invoke.LogCollector;
import dev.ovsm.runtime.invoke.ProgramEntry;
import dev.ovsm.runtime.program.Builtins;
import dev.ovsm.runtime.sysvar.Sysvars;
import dev.ovsm.runtime.vm.Buffers;
import dev.ovsm.runtime.vm.Engine;
import org.jspecify.annotations.Nullable;

/** What the transactions of one slot share. */
record SlotEnvironment(
    BankConfig config, Sysvars sysvars, Builtins builtins, ProgramCache programs, Buffers buffers)
    implements Environment {
  /** The same with another way to execute programs. */
  SlotEnvironment withEngine(Engine engine) {
    return new SlotEnvironment(config.withEngine(engine), sysvars, builtins, programs, buffers);
  }

  @Override
  public Features features() {
    return config.features();
  }

  @Override
  public Pubkey blockhash() {
    return sysvars.blockhash();
  }

  @Override
  public Engine engine() {
    return config.engine();
  }

  @Override
  public Hook hook() {
    return config.hook();
  }

  @Override
  public @Nullable Builtin builtin(Pubkey program) {
    return builtins.program(program);
  }

  @Override
  public @Nullable ProgramEntry program(Pubkey program) {
    return programs.find(program);
  }

  @Override
  public ProgramEntry deploy(byte[] elf, LogCollector log) {
    return programs.deploy(elf, sysvars.clock().slot(), log);
  }
}

package dev.ovsm.cli.call;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Task;
import java.util.List;

/** What registrations call, in the words of the programs of a run. */
public record Callbacks(List<RunnableProgram> programs) {
  private static final int SHORT = 8;

  public Callbacks {
    programs = List.copyOf(programs);
  }

  /** The entry that a registration calls, or its program. */
  public String name(Task task) {
    for (RunnableProgram program : programs) {
      Manifest manifest = program.manifest();
      if (program.id().equals(task.program())) {
        return manifest == null
            ? program.name()
            : manifest.entry(task.callback()).map(Manifest.Entry::name).orElse(program.name());
      }
    }
    return program(task.program());
  }

  /** The name of a program; the beginning of its address if it has none. */
  public String program(Pubkey id) {
    return programs.stream()
        .filter(program -> program.id().equals(id))
        .findFirst()
        .map(RunnableProgram::name)
        .orElseGet(() -> id.toString().substring(0, SHORT) + "…");
  }
}

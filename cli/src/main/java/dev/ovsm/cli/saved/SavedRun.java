package dev.ovsm.cli.saved;

import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.scenario.Memory;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.autonomous.SavedState;
import dev.ovsm.runtime.snapshot.Archive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run between two slots: the simulation, and all that was asked of the run.
 *
 * @param slots how many slots it was to run after the start
 * @param sends transactions asked for, as on the command line
 * @param scenario the name of the scenario's file, or null
 * @param files what was read for the scenario, by name
 * @param problems what had gone wrong by then, in words
 */
public record SavedRun(
    SavedState state,
    long slots,
    List<RunnableProgram> programs,
    List<String> sends,
    @Nullable String scenario,
    Map<String, byte[]> files,
    Memory memory,
    List<String> problems) {
  private static final String KIND = "snapshot";
  private static final String RUN = "run.json";

  /** Writes it; whatever happens meanwhile, a file of this name is whole. */
  public void write(Path file) throws IOException {
    TreeMap<String, byte[]> parts = new TreeMap<>();
    parts.put("settings", state.settings());
    parts.put("state", state.state());
    parts.put("tally", state.tally());
    parts.put(RUN, RunJson.write(this).getBytes(StandardCharsets.UTF_8));
    int number = 0;
    for (RunnableProgram program : programs) {
      parts.put("program." + number++, program.elf());
    }
    number = 0;
    for (byte[] bytes : files.values()) {
      parts.put("file." + number++, bytes);
    }
    Archive.write(file, KIND, parts);
  }

  /** Reads one; else empty, and {@code found} says why. */
  public static Optional<SavedRun> read(String name, Diagnostics found) {
    if (!InputFile.isThere(name, found)) {
      return Optional.empty();
    }
    try {
      Archive.Reading reading = Archive.read(Path.of(name), KIND);
      if (!reading.problem().isEmpty()) {
        found.add(refused(name, reading.problem()));
        return Optional.empty();
      }
      return Optional.of(of(reading.parts()));
    } catch (IOException | InvalidPathException e) {
      found.add(InputFile.unreadable(name, e));
    } catch (RunJson.Damaged e) {
      found.add(refused(name, String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  /** Says that a snapshot is none. */
  public static Diagnostic refused(String name, String why) {
    return Diagnostic.in(name, RunCode.NOT_A_SNAPSHOT, name + " is no snapshot to go on from")
        .withNote(why)
        .withHelp("take an older snapshot of the run, or start it anew");
  }

  private static SavedRun of(Map<String, byte[]> parts) throws RunJson.Damaged {
    SavedState state =
        new SavedState(part(parts, "settings"), part(parts, "state"), part(parts, "tally"));
    List<byte[]> programs = numbered(parts, "program.");
    List<byte[]> files = numbered(parts, "file.");
    String json = new String(part(parts, RUN), StandardCharsets.UTF_8);
    return RunJson.read(json, state, programs, files);
  }

  private static List<byte[]> numbered(Map<String, byte[]> parts, String prefix) {
    List<byte[]> all = new ArrayList<>();
    byte[] next = parts.get(prefix + 0);
    while (next != null) {
      all.add(next);
      next = parts.get(prefix + all.size());
    }
    return all;
  }

  private static byte[] part(Map<String, byte[]> parts, String name) throws RunJson.Damaged {
    byte[] part = parts.get(name);
    if (part == null) {
      throw new RunJson.Damaged("part " + name + " is missing");
    }
    return part;
  }
}

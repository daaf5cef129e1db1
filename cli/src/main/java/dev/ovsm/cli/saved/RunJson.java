package dev.ovsm.cli.saved;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.scenario.Memory;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.elf.SectionReader;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.SavedState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was asked of a run, and what surrounds its simulation, as JSON. */
final class RunJson {
  /** A decimal number of a scenario has fewer digits than this, before and after its point. */
  private static final int MOST_DIGITS = 200;

  private RunJson() {}

  /** It is not what {@link #write} makes. */
  static final class Damaged extends Exception {
    private static final long serialVersionUID = 1;

    Damaged(String what) {
      super(what);
    }
  }

  /** The JSON of a program. */
  private record ProgramJson(@Nullable String name, @Nullable String file, @Nullable String id) {}

  /** The JSON of a run; whatever is missing in a file is null here. */
  private record Document(
      long slots,
      @Nullable List<@Nullable ProgramJson> programs,
      @Nullable List<@Nullable String> sends,
      @Nullable String scenario,
      @Nullable List<@Nullable String> files,
      long first,
      long last,
      @Nullable List<@Nullable String> frozen,
      @Nullable List<@Nullable String> said,
      @Nullable List<@Nullable Long> counts,
      @Nullable List<@Nullable String> starts,
      @Nullable List<@Nullable String> problems) {}

  static String write(SavedRun run) {
    List<@Nullable ProgramJson> programs = new ArrayList<>();
    for (RunnableProgram program : run.programs()) {
      programs.add(new ProgramJson(program.name(), program.file(), program.id().toString()));
    }
    Memory memory = run.memory();
    List<@Nullable String> starts = new ArrayList<>();
    for (BigDecimal start : memory.starts()) {
      starts.add(start == null ? "" : start.toPlainString());
    }
    return new Gson()
        .toJson(
            new Document(
                run.slots(),
                programs,
                new ArrayList<>(run.sends()),
                run.scenario(),
                new ArrayList<>(run.files().keySet()),
                memory.first(),
                memory.last(),
                new ArrayList<>(memory.frozen()),
                new ArrayList<>(memory.said()),
                new ArrayList<>(memory.counts()),
                starts,
                new ArrayList<>(run.problems())));
  }

  static SavedRun read(String json, SavedState state, List<byte[]> elfs, List<byte[]> contents)
      throws Damaged {
    Document document;
    try {
      document = new Gson().fromJson(json, Document.class);
    } catch (JsonParseException | NumberFormatException e) {
      throw new Damaged("part run.json is not JSON");
    }
    if (document == null) {
      throw new Damaged("part run.json is empty");
    }
    List<RunnableProgram> programs = programs(all(document.programs, "programs"), elfs);
    List<String> names = all(document.files, "files");
    if (names.size() != contents.size()) {
      throw new Damaged("it has not as many files as it says");
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      files.put(names.get(i), contents.get(i));
    }
    Memory memory =
        new Memory(
            document.first,
            document.last,
            new TreeSet<>(all(document.frozen, "frozen")),
            new TreeSet<>(all(document.said, "said")),
            all(document.counts, "counts"),
            numbers(all(document.starts, "starts")));
    return new SavedRun(
        state,
        document.slots,
        programs,
        all(document.sends, "sends"),
        document.scenario,
        files,
        memory,
        all(document.problems, "problems"));
  }

  private static List<RunnableProgram> programs(List<ProgramJson> all, List<byte[]> elfs)
      throws Damaged {
    if (all.size() != elfs.size()) {
      throw new Damaged("it has not as many programs as it says");
    }
    List<RunnableProgram> programs = new ArrayList<>();
    for (int i = 0; i < elfs.size(); i++) {
      ProgramJson one = all.get(i);
      Pubkey id = one.id == null ? null : Pubkey.parse(one.id).orElse(null);
      if (one.name == null || one.file == null || id == null) {
        throw new Damaged("a program has no name, file or address");
      }
      byte[] elf = elfs.get(i);
      programs.add(
          new RunnableProgram(
              one.name,
              one.file,
              id,
              elf,
              new SectionReader(elf).manifest(new Diagnostics()).orElse(null)));
    }
    return programs;
  }

  private static List<@Nullable BigDecimal> numbers(List<String> texts) throws Damaged {
    List<@Nullable BigDecimal> numbers = new ArrayList<>();
    for (String text : texts) {
      if (text.length() > MOST_DIGITS || !text.matches("(-?[0-9]+(\\.[0-9]+)?)?")) {
        throw new Damaged("a number at the start is none");
      }
      numbers.add(text.isEmpty() ? null : new BigDecimal(text));
    }
    return numbers;
  }

  private static <T> List<T> all(@Nullable List<@Nullable T> list, String name) throws Damaged {
    if (list == null) {
      throw new Damaged("part run.json has no " + name);
    }
    List<T> all = new ArrayList<>();
    for (T one : list) {
      if (one == null) {
        throw new Damaged("one of " + name + " is nothing");
      }
      all.add(one);
    }
    return all;
  }
}

package dev.ovsm.tests.loader;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.RealVm.Change;
import dev.ovsm.tests.realvm.RealVm.LoadCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every file loads in our loader as in the real VM, or is refused with the same words.
 *
 * <p>{@code -Dloader.mutations=N} sets how many damaged files are compared for execution (a
 * twentieth of them for deployment), {@code -Dloader.seed=N} which; the profile {@code soak}
 * compares a million.
 */
@ComparedWithRealVm(minimum = 100_000)
final class LoaderConformanceTest {
  private static final String PREFIX = "Failed to add program: ";
  private static final int BATCH = 2_000;
  private static final int MOST_DIFFERENCES = 20;

  /** Real programs, which take longer to load, and how many small files come on each of them. */
  private static final List<String> LARGE = List.of("memo-v3", "token", "associated-token");

  private static final int SMALL_FOR_ONE_LARGE = 200;

  private final int mutations = Integer.getInteger("loader.mutations", 100_000);
  private final long seed = Long.getLong("loader.seed", 1);

  @Test
  void validFilesLoad(RealVm vm, Comparisons comparisons) {
    List<byte[]> bases = bases(vm);
    for (boolean deployment : new boolean[] {false, true}) {
      List<LoadCase> cases = new ArrayList<>();
      for (int i = 0; i < bases.size(); i++) {
        cases.add(new LoadCase(i, bases.get(i).length, List.of()));
      }
      List<@Nullable String> real = ask(vm, bases, cases, deployment);
      for (int i = 0; i < bases.size(); i++) {
        String ours = OurLoader.verdict(bases.get(i), deployment);
        comparisons.equal("base " + i + ", deployment " + deployment, ours, real.get(i));
      }
      assertThat(real).as("files that load").contains((String) null);
    }
  }

  @Test
  void damagedFilesLoadAlike(RealVm vm, Comparisons comparisons) {
    for (boolean deployment : new boolean[] {false, true}) {
      int count = deployment ? mutations / 20 : mutations;
      Map<String, Integer> histogram = new TreeMap<>();
      assertThat(differences(vm, count, deployment, OurLoader::verdict, histogram)).isEmpty();
      comparisons.count(count);
      System.out.printf("%,d damaged files, deployment %s%n", count, deployment);
      histogram.forEach((error, times) -> System.out.printf("%,9d  %s%n", times, error));
    }
  }

  /** The message names the section in characters, however its bytes fall apart. */
  @Test
  void namesThatAreNoText(RealVm vm, Comparisons comparisons) {
    byte[] base = LinkedElf.file();
    int name = new String(base, ISO_8859_1).lastIndexOf(".data.rel.ro") + ".data".length();
    int[] odd = {0xb0, 0x80, 0xbf, 0x90, 0xc3, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff, 'a'};
    Random random = new Random(seed);
    List<LoadCase> cases = new ArrayList<>();
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[7];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = (byte) odd[random.nextInt(odd.length)];
      }
      byte[] file = base.clone();
      System.arraycopy(bytes, 0, file, name, bytes.length);
      files.add(file);
      cases.add(new LoadCase(0, base.length, List.of(new Change(name, bytes))));
    }
    List<@Nullable String> real = ask(vm, List.of(base), cases, false);
    for (int i = 0; i < files.size(); i++) {
      assertThat(real.get(i)).contains("writable section");
      comparisons.equal("name " + i, OurLoader.verdict(files.get(i), false), real.get(i));
    }
  }

  @Test
  void aPlantedBugIsSeen(RealVm vm) {
    Map<String, Loader> planted = new TreeMap<>();
    planted.put("version 4 is accepted", (elf, deployment) -> OurLoader.withVersion4(elf));
    planted.put("broken files are refused", (elf, deployment) -> OurLoader.verdict(elf, true));
    planted.put("code is not validated", (elf, deployment) -> OurLoader.unvalidated(elf));
    planted.put(
        "the slot is off by one",
        (elf, deployment) -> {
          String error = OurLoader.verdict(elf, deployment);
          return error == null ? null : error.replace("(insn #0)", "(insn #1)");
        });
    planted.forEach(
        (bug, loader) ->
            assertThat(differences(vm, 4 * BATCH, false, loader, new TreeMap<>()))
                .as(bug)
                .isNotEmpty());
  }

  /** A loader under test: why a file does not load, or null. */
  private interface Loader {
    @Nullable String verdict(byte[] elf, boolean deployment);
  }

  private List<String> differences(
      RealVm vm, int count, boolean deployment, Loader loader, Map<String, Integer> histogram) {
    List<byte[]> bases = bases(vm);
    Random random = new Random(seed);
    List<ElfMutator> mutators = new ArrayList<>();
    bases.forEach(base -> mutators.add(new ElfMutator(base, random)));
    List<String> differences = new ArrayList<>();
    for (int done = 0; done < count && differences.size() < MOST_DIFFERENCES; ) {
      List<LoadCase> cases = new ArrayList<>();
      List<byte[]> files = new ArrayList<>();
      for (; cases.size() < BATCH && done < count; done++) {
        boolean isLarge = random.nextInt(SMALL_FOR_ONE_LARGE) == 0;
        int small = bases.size() - LARGE.size();
        int base = isLarge ? small + random.nextInt(LARGE.size()) : random.nextInt(small);
        byte[] file = mutators.get(base).next();
        files.add(file);
        cases.add(new LoadCase(base, file.length, changes(bases.get(base), file)));
      }
      List<@Nullable String> real = ask(vm, bases, cases, deployment);
      for (int i = 0; i < files.size(); i++) {
        String ours = String.valueOf(loader.verdict(files.get(i), deployment));
        String theirs = String.valueOf(real.get(i));
        histogram.merge(kind(theirs), 1, Integer::sum);
        if (!ours.equals(theirs)) {
          differences.add(
              "real: " + theirs + "\nours: " + ours + "\ncase: " + describe(cases.get(i)));
        }
      }
    }
    return differences;
  }

  private static String describe(LoadCase one) {
    StringBuilder words = new StringBuilder("base " + one.base() + ", length " + one.length());
    for (Change change : one.changes()) {
      words.append(", at ").append(change.at()).append(": ");
      words.append(HexFormat.of().formatHex(change.bytes()));
    }
    return words.toString();
  }

  private static List<byte[]> bases(RealVm vm) {
    List<byte[]> bases = new ArrayList<>(Bases.all());
    LARGE.forEach(name -> bases.add(vm.standardProgram(name).elf()));
    return bases;
  }

  private static List<@Nullable String> ask(
      RealVm vm, List<byte[]> bases, List<LoadCase> cases, boolean deployment) {
    List<@Nullable String> errors = new ArrayList<>();
    for (String error : vm.loadMany(bases, cases, deployment, Features.MAINNET)) {
      boolean isPrefixed = error != null && error.startsWith(PREFIX);
      errors.add(isPrefixed ? error.substring(PREFIX.length()) : error);
    }
    return errors;
  }

  /** Where a file differs from its base. */
  private static List<Change> changes(byte[] base, byte[] file) {
    List<Change> changes = new ArrayList<>();
    byte[] expected = Arrays.copyOf(base, file.length);
    for (int at = 0; at < file.length; ) {
      int next = Arrays.mismatch(expected, at, file.length, file, at, file.length);
      if (next < 0) {
        break;
      }
      int end = Math.min(file.length, at + next + 8);
      changes.add(new Change(at + next, Arrays.copyOfRange(file, at + next, end)));
      at = end;
    }
    return changes;
  }

  /** An error without its particulars. */
  private static String kind(String error) {
    return error.replaceAll("(?s)`.*`|\\([^)]*\\)|0x[0-9a-f]+|#?[0-9]+", "…");
  }
}

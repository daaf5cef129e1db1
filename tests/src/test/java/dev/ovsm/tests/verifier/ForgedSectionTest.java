package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Span;
import dev.ovsm.elf.Manifest;
import dev.ovsm.elf.Manifest.ArraySpec;
import dev.ovsm.elf.Manifest.Entry;
import dev.ovsm.elf.Manifest.EntryKind;
import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a file says of its entries hides nothing of its code, whatever it says. */
class ForgedSectionTest {
  private static final Entry KNOWN = entry("known", 7);
  private static final Entry OTHER = entry("other", 8);

  /** Ends at once for the discriminator 7, and never for any other. */
  private static final String TWO_FACED =
      """
        ldxdw r2, [r1+16]
        mov64 r0, 0
        jeq r2, 7, done
      again:
        ja again
      done:
        exit
      """;

  @Test
  void codeForNoEntryIsLookedAt() {
    assertThat(termination(TWO_FACED, KNOWN)).isEqualTo(Verdict.UNSAFE);
    assertThat(termination(TWO_FACED.replace("jeq", "jne"), OTHER)).isEqualTo(Verdict.UNSAFE);
  }

  @Test
  void codeForNoEntryThatEndsIsNotTold() {
    String code = TWO_FACED.replace("ja again", "mov64 r0, 1");
    assertThat(findings(code, KNOWN))
        .isNotEmpty()
        .allMatch(one -> one.entry().equals("known"))
        .noneMatch(one -> one.verdict() == Verdict.UNSAFE || one.verdict() == Verdict.UNKNOWN);
  }

  @Test
  void wordThatChangesSelectsNothing() {
    String code =
        """
          mov64 r0, 0
        again:
          ldxdw r2, [r1+16]
          add64 r1, 8
          jeq r2, 7, again
          exit
        """;
    assertThat(termination(code, KNOWN)).isNotEqualTo(Verdict.SAFE);
  }

  @Test
  void anotherOrderOfWordsSelectsNothing() {
    String code = TWO_FACED.replace("jeq r2, 7", "jgt r2, 6");
    assertThat(termination(code, KNOWN)).isEqualTo(Verdict.UNSAFE);
  }

  /** An execution for the discriminator 7 goes on in one for 8, which is no entry and emits. */
  @Test
  void elementsOfArraysThatAreNoEntriesAreFollowed() {
    String code =
        """
          ldxdw r2, [r1+16]
          jeq r2, 7, known
          mov64 r6, 150
        again:
          mov64 r1, r10
          sub64 r1, 64
          mov64 r2, 8
          mov64 r3, r1
          mov64 r4, 8
          mov64 r5, 0
          syscall sol_emit_event
          sub64 r6, 1
          jne r6, 0, again
          mov64 r0, 0
          exit
        known:
          mov64 r2, HASH
          mov64 r3, 0
          syscall sol_tail_call
          mov64 r0, 0
          exit
        """
            .replace("HASH", String.valueOf(hash("steps")));
    Manifest manifest =
        new Manifest(
            "forged",
            List.of(KNOWN),
            List.of(),
            List.of(new ArraySpec("steps", List.of(8L))),
            List.of());
    assertThat(findings(code, "v0", manifest))
        .filteredOn(one -> one.entry().equals("known") && one.property() == Property.EVENTS)
        .isNotEmpty()
        .allMatch(one -> one.verdict() == Verdict.UNSAFE);
  }

  /** Looking at the whole program once for each would take forever. */
  @Test
  void veryManyEntriesAreLookedAtTogether() {
    int count = 2_500;
    StringBuilder code = new StringBuilder("  ldxdw r2, [r1+16]\n  mov64 r0, 0\n");
    for (int i = 1; i <= count; i++) {
      code.append("  jeq r2, ").append(i).append(", ").append(i == 9 ? "again" : "done\n");
      code.append(i == 9 ? "\n" : "");
    }
    code.append("done:\n  exit\nagain:\n  ja again\n");
    Entry[] entries =
        IntStream.rangeClosed(1, count).mapToObj(i -> entry("e" + i, i)).toArray(Entry[]::new);
    assertThat(findings(code.toString(), entries))
        .allMatch(one -> one.entry().equals("entrypoint"))
        .anyMatch(one -> one.property() == Property.TERMINATION && one.verdict() == Verdict.UNSAFE);
  }

  /** But for accesses that lead nowhere, which are no warning but a mistake in what is claimed. */
  @Test
  void claimsMakeNoVerdictBetter() throws IOException {
    List<Case> cases =
        Case.all(Path.of("golden", "verifier")).stream()
            .filter(one -> one.pre().isEmpty() || one.pre().contains("stranger"))
            .toList();
    assertThat(cases).hasSizeGreaterThan(400);
    for (Case one : cases) {
      Map<Property, Verdict> plain = worst(findings(one.code(), one.version(), Manifest.of("")));
      Map<Property, Verdict> claimed = worst(findings(one.code(), one.version(), claiming(KNOWN)));
      plain.forEach(
          (property, verdict) ->
              assertThat(claimed.getOrDefault(property, Verdict.SAFE).worse(verdict))
                  .as("%s, %s", one, property)
                  .isEqualTo(claimed.get(property)));
    }
  }

  private static Map<Property, Verdict> worst(List<Finding> findings) {
    Map<Property, Verdict> worst = new EnumMap<>(Property.class);
    findings.forEach(one -> worst.merge(one.property(), one.verdict(), Verdict::worse));
    return worst;
  }

  private static int hash(String name) {
    return Murmur3.hash(name.getBytes(StandardCharsets.UTF_8));
  }

  private static Entry entry(String name, long discriminator) {
    return new Entry(name, discriminator, EntryKind.INSTRUCTION, true, 0, List.of(), List.of());
  }

  /** The worst that is found of whether executions end. */
  private static Verdict termination(String code, Entry entry) {
    return findings(code, entry).stream()
        .filter(one -> one.property() == Property.TERMINATION)
        .map(Finding::verdict)
        .reduce(Verdict.SAFE, Verdict::worse);
  }

  private static List<Finding> findings(String code, Entry... entries) {
    return findings(code, "v0", claiming(entries));
  }

  private static Manifest claiming(Entry... entries) {
    return new Manifest("forged", List.of(entries), List.of(), List.of(), List.of());
  }

  private static List<Finding> findings(String code, String version, Manifest manifest) {
    Case one = new Case("forged", "forged", version, List.of(), code, List.of(), List.of());
    return Verifier.verify(one.program(), manifest, pc -> Span.none(), Policy.standard());
  }
}

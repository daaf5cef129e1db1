package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Span;
import dev.ovsm.elf.Manifest;
import dev.ovsm.elf.Manifest.ArraySpec;
import dev.ovsm.elf.Manifest.Entry;
import dev.ovsm.elf.Manifest.EntryKind;
import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entries of which each goes on in the next: how many follow is known, unless they go round. */
class TailCallChainsTest {
  private static final int HASH = Murmur3.hash("steps".getBytes(StandardCharsets.UTF_8));

  @Test
  void chainsThatFitAreSafe() {
    assertThat(verdict(34, false, 1, Policy.standard())).isEqualTo(Verdict.SAFE);
    assertThat(verdict(34, false, 33, Policy.strictest())).isEqualTo(Verdict.SAFE);
  }

  @Test
  void chainsThatAreTooLongAreLeftToTheMachine() {
    assertThat(verdict(35, false, 1, Policy.standard())).isEqualTo(Verdict.GUARDED);
    assertThat(verdict(35, false, 2, Policy.standard())).isEqualTo(Verdict.SAFE);
    assertThat(verdict(35, false, 1, Policy.strictest())).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void chainsThatGoRoundAreLeftToTheMachine() {
    assertThat(verdict(2, true, 1, Policy.standard())).isEqualTo(Verdict.GUARDED);
    assertThat(verdict(1, true, 1, Policy.standard())).isEqualTo(Verdict.GUARDED);
  }

  @Test
  void withoutTailCallsThereIsNothingToTell() {
    assertThat(verdict(3, false, 3, Policy.standard())).isNull();
  }

  /** What is said of one of {@code count} entries, each of which goes on in the next. */
  private static @Nullable Verdict verdict(int count, boolean round, int entry, Policy policy) {
    StringBuilder code = new StringBuilder("  ldxdw r6, [r1+16]\n");
    for (int i = 1; i <= count; i++) {
      code.append("  jeq r6, ").append(i).append(", e").append(i).append('\n');
    }
    code.append("  mov64 r0, 1\n  exit\n");
    for (int i = 1; i <= count; i++) {
      code.append("e").append(i).append(":\n");
      if (i < count || round) {
        code.append("  mov64 r2, ").append(HASH).append('\n');
        code.append("  mov64 r3, ").append(i % count).append("\n  syscall sol_tail_call\n");
      }
      code.append("  mov64 r0, 0\n  exit\n");
    }
    List<Entry> entries =
        IntStream.rangeClosed(1, count)
            .mapToObj(
                i -> new Entry("e" + i, i, EntryKind.INSTRUCTION, true, 0, List.of(), List.of()))
            .toList();
    ArraySpec array = new ArraySpec("steps", LongStream.rangeClosed(1, count).boxed().toList());
    Manifest manifest = new Manifest("chain", entries, List.of(), List.of(array), List.of());
    Case one = new Case("chain", "chain", "v0", List.of(), code.toString(), List.of(), List.of());
    return Verifier.verify(one.program(), manifest, pc -> Span.none(), policy).stream()
        .filter(found -> found.entry().equals("e" + entry))
        .filter(found -> found.property() == Property.TAIL_CALLS)
        .map(found -> found.verdict())
        .findFirst()
        .orElse(null);
  }
}

package dev.ovsm.tests.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.AssemblyFile;
import dev.ovsm.elf.Disassembly;
import dev.ovsm.elf.Disassembly.SourceLines;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any program file comes back byte for byte from its disassembly. */
@ComparedWithRealVm(minimum = 7)
final class DisassemblyRoundTripTest {
  @Test
  void realPrograms(RealVm vm, Comparisons comparisons) {
    for (String name : vm.hello().standard()) {
      byte[] elf = vm.standardProgram(name).elf();
      Disassembly disassembly = Disassembly.of("test.so", elf, new Diagnostics()).orElseThrow();
      comparisons.equal(name, assemble(disassembly.text(SourceLines.NONE)), elf);
      long raw =
          disassembly.assembly().items().stream()
              .filter(Assembly.RawSlot.class::isInstance)
              .count();
      assertThat(raw).as("slots of %s that are no instructions", name).isZero();
    }
  }

  @Test
  void damagedFiles() {
    Random random = new Random(11);
    List<ElfMutator> mutators = new ArrayList<>();
    Bases.all().forEach(base -> mutators.add(new ElfMutator(base, random)));
    int read = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] elf = mutators.get(random.nextInt(mutators.size())).next();
      Optional<Disassembly> disassembly = Disassembly.of("test.so", elf, new Diagnostics());
      if (disassembly.isPresent()) {
        assertThat(assemble(disassembly.get().text(SourceLines.NONE))).isEqualTo(elf);
        read++;
      }
    }
    assertThat(read).isGreaterThan(2_500);
  }

  private static byte[] assemble(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<byte[]> elf = AssemblyFile.assemble(new Source("test.s", text), null, diagnostics);
    assertThat(elf).as("%s", diagnostics.list()).isPresent();
    return elf.orElseThrow();
  }
}

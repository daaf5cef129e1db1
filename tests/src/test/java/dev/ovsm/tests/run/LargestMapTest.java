package dev.ovsm.tests.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.EntryCall;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.jit.Jit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A map grows to the largest account and not beyond. */
class LargestMapTest {
  private static final int HEADER = 64;
  private static final int MOST = (Account.MAX_DATA - HEADER) / Long.BYTES;

  private static Optional<byte[]> compile(int entries, Diagnostics found) {
    String text =
        """
        (define-map cells :type ARRAY :max-entries %d :key u32 :value {:sum u64})
        (define-program start-init
          (lambda ()
            (do
              (define cell (map-lookup cells %d))
              (set! (get cell "sum") 7))))
        """
            .formatted(entries, entries - 1);
    Source source = new Source("largest.ovsm", text);
    return Compilation.of(List.of(source), Compilation.Target.DEFAULT, found).elf();
  }

  @Test
  void theLastElementOfTheLargestOneIsKept() {
    byte[] elf = compile(MOST, new Diagnostics()).orElseThrow();
    Pubkey id = NamedKey.ofProgram("largest");
    Simulation simulation = new Simulation(Settings.DEFAULT, new Jit(), Listener.NONE);
    assertThat(simulation.deploy(id, elf)).isEmpty();
    var startup = EntryCall.startup(simulation.manifest(id).orElseThrow()).orElseThrow();
    assertThat(simulation.send(EntryCall.of(id, startup, new byte[0])).error()).isNull();
    List<byte[]> seeds = List.of("map".getBytes(UTF_8), "cells".getBytes(UTF_8));
    Pubkey map = DerivedAddress.find(seeds, id).orElseThrow().address();
    ByteBuffer data = ByteBuffer.wrap(simulation.account(map).orElseThrow().data());
    assertThat(data.capacity()).isEqualTo(Account.MAX_DATA);
    data.order(ByteOrder.LITTLE_ENDIAN);
    assertThat(data.getLong(Account.MAX_DATA - Long.BYTES)).isEqualTo(7);
    assertThat(data.getLong(Account.MAX_DATA - 2 * Long.BYTES)).isZero();
  }

  @Test
  void oneElementMoreIsRefused() {
    Diagnostics found = new Diagnostics();
    assertThat(compile(MOST + 1, found)).isEmpty();
    assertThat(found.list()).extracting(Diagnostic::message).anyMatch(m -> m.contains("10 MiB"));
  }
}

package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What programs on other machines hook themselves onto is a change of an account here. */
class HookTest {
  private static final int ANY = 0;
  private static final int LAMPORTS = 1;
  private static final int DATA = 2;
  private static final int OWNER = 3;
  private static final long SOL = 1_000_000_000;

  private final Stage stage = new Stage();

  private long watch(Pubkey account, int kind) {
    Script script = new Script();
    Callbacks.watchKind(script, account.bytes(), kind, Callbacks.recording());
    return stage.send(script).get(0);
  }

  private void pay(Pubkey from, Pubkey to, long lamports) {
    Instruction transfer =
        new Instruction(
            ProgramIds.SYSTEM,
            List.of(AccountMeta.writable(from, true), AccountMeta.writable(to, false)),
            new ByteWriter().u32(2).u64(lamports).toBytes());
    assertThat(stage.simulation.send(transfer).error()).isNull();
  }

  @Test
  void anAccountComesToBeAndGoes() {
    Pubkey account = NamedKey.of("somebody");
    final long any = watch(account, ANY);
    final long lamports = watch(account, LAMPORTS);
    final long owner = watch(account, OWNER);
    stage.steps(1);
    pay(Simulation.PAYER, account, SOL);
    stage.steps(2);
    pay(account, Simulation.PAYER, SOL);
    stage.steps(1);
    List<String> both = List.of("102 EXECUTED", "104 EXECUTED");
    assertThat(stage.fatesOf(any)).isEqualTo(both);
    assertThat(stage.fatesOf(lamports)).isEqualTo(both);
    // nobody's account is the system program's
    assertThat(stage.fatesOf(owner)).isEmpty();
  }

  @Test
  void aProgramIsDeployedAgainAndClosed() {
    Pubkey data =
        DerivedAddress.find(List.of(Stage.OTHER.bytes()), ProgramIds.LOADER_V3)
            .orElseThrow()
            .address();
    final long deployed = watch(data, DATA);
    final long emptied = watch(data, LAMPORTS);
    stage.steps(1);
    assertThat(stage.simulation.upgrade(Stage.OTHER, Puppet.elf(null)).error()).isNull();
    stage.steps(1);
    assertThat(stage.fatesOf(deployed)).containsExactly("102 EXECUTED");
    stage.simulation.close(Stage.OTHER);
    stage.steps(1);
    assertThat(stage.fatesOf(deployed)).containsExactly("102 EXECUTED", "103 EXECUTED");
    assertThat(stage.fatesOf(emptied)).last().isEqualTo("103 EXECUTED");
  }

  @Test
  void everySlotIsAnInterval() {
    Script script = new Script();
    byte[] everySlot = new LittleEndian(16).u64(1).u64(0).bytes();
    Callbacks.subscribe(script, 0, everySlot, Callbacks.recording());
    stage.send(script);
    stage.steps(3);
    assertThat(stage.fatesOf(1)).containsExactly("101 EXECUTED", "102 EXECUTED", "103 EXECUTED");
  }
}

package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_SCHEDULE_EXECUTION;
import static dev.ovsm.sbpf.Syscall.SOL_TRY_FIND_PROGRAM_ADDRESS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.MemoryMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A callback may be signed by addresses that its program derived, and by nobody else. */
class SignerTest {
  private static final long FOUND = 0x3_0000_2000L;
  private static final long BUMP = 0x3_0000_3000L;

  /** Behind the number of accounts: marker, signer. */
  private static final long SIGNER_FLAG = MemoryMap.INPUT + 8 + 1;

  private static final int ACCOUNTS = 32 + 8;
  private static final int SIGNER = 32;

  private final Stage stage = new Stage();

  /** The bincode of a callback that keeps whether its only account, which is to sign, does. */
  private static byte[] callback(Pubkey account) {
    Script script = new Script();
    script.add(Puppet.LOAD_BYTE, SIGNER_FLAG);
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + 128, Script.result(0));
    byte[] bytes = Stage.bincode(Stage.PUPPET, script);
    account.write(bytes, ACCOUNTS);
    bytes[ACCOUNTS + SIGNER] = 1;
    return bytes;
  }

  private static void derive(Script script, Pubkey program) {
    byte[] map = "map".getBytes(UTF_8);
    byte[] name = Stage.MAP.getBytes(UTF_8);
    var seeds = script.record(script.bytes(map), map.length, script.bytes(name), name.length);
    script.call(SOL_TRY_FIND_PROGRAM_ADDRESS, seeds, 2, script.bytes(program.bytes()), FOUND, BUMP);
  }

  private static void schedule(Script script, byte[] instruction) {
    script.call(SOL_SCHEDULE_EXECUTION, 105, script.bytes(instruction), instruction.length, 50_000);
    script.call(SOL_ASYNC_LAST_ERROR);
  }

  @Test
  void anAddressThatTheInvocationHasDerivedSigns() {
    Script script = new Script();
    derive(script, Stage.PUPPET);
    schedule(script, callback(Stage.map(Stage.PUPPET)));
    assertThat(stage.send(script)).containsExactly(0L, 1L, 0L);
    stage.steps(5);
    assertThat(stage.fatesOf(1)).containsExactly("105 EXECUTED");
    assertThat(stage.word(Stage.PUPPET, 128)).isEqualTo(1);
  }

  @Test
  void anAddressThatNobodyHasShownToBeDerivedIsRefused() {
    Script script = new Script();
    schedule(script, callback(Stage.map(Stage.PUPPET)));
    assertThat(stage.send(script)).containsExactly(0L, 17L);
  }

  @Test
  void whatWasDerivedInAnEarlierInvocationIsForgotten() {
    Script first = new Script();
    derive(first, Stage.PUPPET);
    stage.send(first);
    anAddressThatNobodyHasShownToBeDerivedIsRefused();
  }

  @Test
  void aForgedAddressIsRefused() {
    Script script = new Script();
    derive(script, Stage.PUPPET);
    derive(script, Stage.OTHER);
    schedule(script, callback(Stage.map(Stage.OTHER)));
    schedule(script, callback(Simulation.PAYER));
    schedule(script, callback(Stage.PUPPET));
    assertThat(stage.send(script)).containsExactly(0L, 0L, 0L, 17L, 0L, 17L, 0L, 17L);
    stage.steps(10);
    assertThat(stage.fates).isEmpty();
  }

  @Test
  void theAccountOfADeclaredMapSigns() {
    Manifest.MapSpec map = new Manifest.MapSpec(Stage.MAP, 2, 4, 960, 1, List.of());
    Stage declared =
        new Stage(
            Settings.DEFAULT.withStartSlot(100),
            new Manifest("puppet", List.of(), List.of(map), List.of(), List.of()));
    Script script = new Script();
    schedule(script, callback(Stage.map(Stage.PUPPET)));
    schedule(script, callback(Stage.map(Stage.OTHER)));
    assertThat(declared.send(script)).containsExactly(1L, 0L, 0L, 17L);
    declared.steps(5);
    assertThat(declared.word(Stage.PUPPET, 128)).isEqualTo(1);
  }

  @Test
  void aFlagIsZeroOrOne() {
    Script script = new Script();
    derive(script, Stage.PUPPET);
    byte[] instruction = callback(Stage.map(Stage.PUPPET));
    instruction[ACCOUNTS + SIGNER] = 2;
    schedule(script, instruction);
    assertThat(stage.send(script)).containsExactly(0L, 0L, 17L);
  }
}

package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Murmur3;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a callee of a tail call finds, in assembly that assumes no convention. */
class TailCallTest {
  private static final Pubkey PROGRAM = NamedKey.ofProgram("assembly");
  private static final long FOUND = Stage.MAP_ADDRESS + 200;
  private static final Manifest STAGES =
      new Manifest(
          "assembly",
          List.of(),
          List.of(),
          List.of(new Manifest.ArraySpec("stages", List.of(1L))),
          List.of());

  /** Entry 0 leaves numbers everywhere; entry 1 writes down what it finds. */
  private static final String TEXT =
      """
      .sbpf v0
      .text
      entrypoint:
          ldxdw r3, [r2+0]
          jeq r3, 1, second
          lddw r6, 0x300000000
          mov64 r0, 77
          stxdw [r6+0], r0
          stxdw [r10-8], r0
          stxdw [r10-2048], r0
          stxdw [r10-4096], r0
          call deeper
          mov64 r1, r2
          lddw r2, STAGES
          mov64 r3, 0
          mov64 r4, 77
          mov64 r5, 77
          mov64 r7, 77
          mov64 r8, 77
          mov64 r9, 77
          syscall sol_tail_call
          exit
      deeper:
          mov64 r3, 77
          stxdw [r10-8], r3
          stxdw [r10-4096], r3
          exit
      second:
          mov64 r3, r0
          or64 r3, r4
          or64 r3, r5
          or64 r3, r6
          or64 r3, r7
          or64 r3, r8
          or64 r3, r9
          lddw r4, FOUND
          stxdw [r4+0], r3
          ldxdw r3, [r10-8]
          ldxdw r5, [r10-2048]
          or64 r3, r5
          ldxdw r5, [r10-4096]
          or64 r3, r5
          lddw r6, 0x200002ff8
          ldxdw r5, [r6+0]
          or64 r3, r5
          stxdw [r4+8], r3
          stxdw [r4+16], r1
          stxdw [r4+24], r2
          lddw r6, 0x300000000
          ldxdw r5, [r6+0]
          stxdw [r4+32], r5
          stxdw [r4+40], r10
          mov64 r0, 0
          exit
      """
          .replace("STAGES", "" + Integer.toUnsignedLong(Murmur3.hash("stages")))
          .replace("FOUND", "" + FOUND);

  @Test
  void aCalleeSeesNothingOfItsCallerButTheHeap() {
    Stage stage = new Stage();
    assertThat(stage.simulation.deploy(PROGRAM, Puppet.elf(TEXT, STAGES))).isEmpty();
    stage.simulation.put(
        Stage.map(PROGRAM), Account.of(10_000_000_000L, Stage.mapBytes(), PROGRAM));
    Instruction call = new Instruction(PROGRAM, Stage.metas(PROGRAM), new byte[8]);
    assertThat(stage.simulation.send(call).error()).as("%s", stage.logs).isNull();
    assertThat(stage.word(PROGRAM, 200)).as("registers").isZero();
    assertThat(stage.word(PROGRAM, 208)).as("stack").isZero();
    assertThat(stage.word(PROGRAM, 216)).as("r1").isEqualTo(0x4_0000_0000L);
    assertThat(stage.word(PROGRAM, 224))
        .as("r2")
        .isEqualTo(Layout.instructionData(Stage.ACCOUNT_BYTES));
    assertThat(stage.word(PROGRAM, 232)).as("heap").isEqualTo(77);
    assertThat(stage.word(PROGRAM, 240)).as("frame").isEqualTo(0x2_0000_1000L);
  }

  /** Counts on the heap how often it was entered, and tells what the call that came back said. */
  private static final String CHAIN =
      """
      .sbpf v0
      .text
      entrypoint:
          lddw r6, 0x300000000
          ldxdw r7, [r6+0]
          add64 r7, 1
          stxdw [r6+0], r7
          mov64 r1, 0
          lddw r2, STAGES
          mov64 r3, INDEX
          syscall sol_tail_call
          lddw r4, FOUND
          stxdw [r4+0], r7
          stxdw [r4+8], r0
          mov64 r0, 0
          exit
      """
          .replace("STAGES", "" + Integer.toUnsignedLong(Murmur3.hash("stages")))
          .replace("FOUND", "" + FOUND);

  private static byte[] chain(int index, Manifest manifest) {
    return Puppet.elf(CHAIN.replace("INDEX", "" + index), manifest);
  }

  private static Stage chaining(int index) {
    return chaining(index, Settings.DEFAULT);
  }

  private static Stage chaining(int index, Settings settings) {
    Stage stage = new Stage(settings.withStartSlot(100), null);
    assertThat(stage.simulation.deploy(PROGRAM, chain(index, STAGES))).isEmpty();
    stage.simulation.put(
        Stage.map(PROGRAM), Account.of(10_000_000_000L, Stage.mapBytes(), PROGRAM));
    return stage;
  }

  private static void requireEntered(Stage stage, long times, AsyncCode code) {
    Instruction call = new Instruction(PROGRAM, Stage.metas(PROGRAM), new byte[8]);
    assertThat(stage.simulation.send(call).error()).as("%s", stage.logs).isNull();
    assertThat(stage.word(PROGRAM, 200)).as("entered").isEqualTo(times);
    assertThat(stage.word(PROGRAM, 208)).as("code").isEqualTo(code.number());
  }

  @Test
  void thirtyThreeTailCallsSucceedAndTheNextComesBack() {
    requireEntered(chaining(0), 34, AsyncCode.TAIL_CALL_LIMIT);
  }

  @Test
  void anIndexOutsideOfTheArrayComesBack() {
    requireEntered(chaining(1), 1, AsyncCode.NO_PROGRAM);
    requireEntered(chaining(-1), 1, AsyncCode.NO_PROGRAM);
  }

  @Test
  void whatWouldComeBackEndsTheProgramIfTailCallsAreStrict() {
    for (int index : new int[] {0, 1}) {
      Stage stage = chaining(index, Settings.DEFAULT.withStrictTailCalls(true));
      Instruction call = new Instruction(PROGRAM, Stage.metas(PROGRAM), new byte[8]);
      assertThat(stage.simulation.send(call).succeeded()).isFalse();
      AsyncCode code = index == 0 ? AsyncCode.TAIL_CALL_LIMIT : AsyncCode.NO_PROGRAM;
      assertThat(stage.logs).anyMatch(line -> line.endsWith("tail call refused: " + code));
    }
  }

  @Test
  void anUpgradeReplacesTheArray() {
    Stage stage = chaining(0);
    byte[] without = chain(0, Manifest.of("assembly"));
    assertThat(stage.simulation.upgrade(PROGRAM, without).succeeded()).isTrue();
    PuppetFile.visibleAtOnce(stage.simulation, PROGRAM);
    requireEntered(stage, 1, AsyncCode.NO_PROGRAM);
  }
}

package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.sbpf.Murmur3;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A simulation with puppets in it. Every instruction has two accounts: the payer, and a map of
 * 1,024 bytes that belongs to the program.
 */
final class Stage {
  static final int MAP_BYTES = 1_024;
  static final String MAP = "things";
  static final long MAP_ID = Integer.toUnsignedLong(Murmur3.hash(MAP));
  static final long[] ACCOUNT_BYTES = {MAP_BYTES};

  /** The address of the map's data in the memory of a puppet. */
  static final long MAP_ADDRESS = Layout.accountData(0, ACCOUNT_BYTES);

  static final Pubkey PUPPET = NamedKey.ofProgram("puppet");
  static final Pubkey OTHER = NamedKey.ofProgram("other");

  final List<FateRecord> fates = new ArrayList<>();
  final List<String> logs = new ArrayList<>();
  final List<Long> results = new ArrayList<>();
  Simulation simulation;
  private final Listener listener;

  Stage() {
    this(Settings.DEFAULT.withStartSlot(100), null);
  }

  Stage(Settings settings, @Nullable Manifest manifest) {
    listener =
        new Listener() {
          @Override
          public void fate(FateRecord fate) {
            fates.add(fate);
          }

          @Override
          public void log(long slot, Pubkey program, String line) {
            logs.add(line);
            if (line.startsWith("Program log: 0x")) {
              results.add(Long.parseUnsignedLong(line.split(", 0x", 3)[1], 16));
            }
          }
        };
    simulation = new Simulation(settings, listener);
    for (Pubkey program : List.of(PUPPET, OTHER)) {
      assertThat(simulation.deploy(program, Puppet.elf(manifest))).isEmpty();
      simulation.put(map(program), Account.of(10_000_000_000L, mapBytes(), program));
    }
  }

  /** Goes on where a simulation stood, maybe this one. */
  void resume(SavedState saved) {
    simulation = Simulation.resume(saved, new Interpreter(), listener).simulation().orElseThrow();
  }

  /** An ARRAY map's account with nothing in it. */
  static byte[] mapBytes() {
    byte[] data = new byte[MAP_BYTES];
    LittleEndian.put32(data, 0, 0x5041_4D4F);
    LittleEndian.put32(data, 4, MAP_ID);
    data[8] = 2;
    data[9] = 1;
    return data;
  }

  static Pubkey map(Pubkey program) {
    return Callback.map(program, MAP);
  }

  static List<AccountMeta> metas(Pubkey program) {
    return List.of(AccountMeta.writable(map(program), false));
  }

  /** A script's instruction. */
  static Instruction instruction(Pubkey program, Script script) {
    return script.instruction(program, metas(program), ACCOUNT_BYTES);
  }

  /** The bincode of a script's instruction. */
  static byte[] bincode(Pubkey program, Script script) {
    Instruction instruction = instruction(program, script);
    LittleEndian out =
        new LittleEndian(
            32 + 8 + 34 * instruction.accounts().size() + 8 + instruction.data().length);
    out.raw(program.bytes()).u64(instruction.accounts().size());
    for (AccountMeta meta : instruction.accounts()) {
      out.raw(meta.key().bytes()).u8(meta.signer() ? 1 : 0).u8(meta.writable() ? 1 : 0);
    }
    return out.u64(instruction.data().length).raw(instruction.data()).bytes();
  }

  /** Executes a script in the current slot and gives the results of its operations. */
  List<Long> send(Script script) {
    return send(PUPPET, script);
  }

  List<Long> send(Pubkey program, Script script) {
    TransactionOutcome outcome = attempt(program, script);
    assertThat(outcome.error()).as("%s", logs).isNull();
    return List.copyOf(results);
  }

  /** Executes a script that may fail. */
  TransactionOutcome attempt(Pubkey program, Script script) {
    results.clear();
    return simulation.send(instruction(program, script));
  }

  /** Processes the slot of the last transactions, if it is the first, and slots after it. */
  void steps(int count) {
    for (int i = 0; i < count; i++) {
      simulation.step();
    }
  }

  /** The fates of a registration in words: slot and fate. */
  List<String> fatesOf(long registration) {
    return fates.stream()
        .filter(fate -> fate.registration() == registration)
        .map(fate -> fate.slot() + " " + fate.fate())
        .toList();
  }

  /** The u64 at an offset of a program's map. */
  long word(Pubkey program, int offset) {
    return LittleEndian.u64(simulation.account(map(program)).orElseThrow().data(), offset);
  }

  void write(Pubkey key, int offset, long value) {
    Account account = simulation.account(key).orElseThrow();
    byte[] data = account.data().clone();
    LittleEndian.put64(data, offset, value);
    simulation.put(key, account.withData(data));
  }
}

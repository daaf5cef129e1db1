package dev.ovsm.tests.verifier;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.State;
import dev.ovsm.verifier.analysis.Loop;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.lift.Snapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An execution of which every step is held to what the verifier says can be. */
final class Watched {
  /** So often values are looked at before an instruction; then each time twice as many pass. */
  private static final int OFTEN = 16;

  private final Map<Integer, State> states;
  private final Map<Integer, Loop> loops = new HashMap<>();
  private final @Nullable Insn[] insns;
  private final Vm vm;
  private final Deque<Activation> activations = new ArrayDeque<>();
  private final int[] visited;
  private long checks;
  private long deepest;
  private long events;
  private String violation = "";
  private boolean leaves;
  private boolean enters = true;

  /**
   * An execution of a program.
   *
   * @param states what may be held before each instruction
   * @param loops the loops of its functions
   */
  Watched(
      Program program, Map<Integer, State> states, List<Loop> loops, byte[] input, long budget) {
    this.states = states;
    this.insns = Decoder.decode(program.version(), program.text());
    this.visited = new int[insns.length];
    loops.forEach(loop -> this.loops.put(loop.place().pc(), loop));
    SortedMap<Integer, SyscallHandler> handlers = new TreeMap<>();
    handlers.put(Syscall.SOL_EMIT_EVENT.hash(), this::emit);
    Executable executable = new Executable(program, new SyscallTable(handlers));
    Memory memory = new Memory(executable, MemoryMap.DEFAULT_HEAP_BYTES, input);
    this.vm = new Vm(executable, memory, budget, input);
    vm.registers()[1] = MemoryMap.INPUT;
    vm.observe(this::before);
  }

  Outcome run() {
    return new Interpreter().execute(vm);
  }

  /** An event of which only the cost and the number matter. */
  private long emit(Vm machine, long r1, long r2, long r3, long r4, long r5) {
    machine.consume(Syscall.SOL_EMIT_EVENT.cost().exactly(r1, r2, r3, r4, r5).orElseThrow());
    events++;
    return 0;
  }

  /** The most calls that were not over at once. */
  long deepest() {
    return deepest;
  }

  /** How many events were emitted. */
  long events() {
    return events;
  }

  /** How many values were looked at. */
  long checks() {
    return checks;
  }

  /** The first value or count that could not be. */
  Optional<String> violation() {
    return violation.isEmpty() ? Optional.empty() : Optional.of(violation);
  }

  private void before(long[] registers, int pc) {
    if (!violation.isEmpty() || pc >= insns.length) {
      return;
    }
    follow(registers[10], pc);
    State state = states.get(pc);
    if (state == null) {
      violation = "instruction " + pc + " is said never to run";
      return;
    }
    int visits = ++visited[pc];
    if (visits > OFTEN && (visits & (visits - 1)) != 0) {
      return;
    }
    for (int r = 0; r < state.registers().size(); r++) {
      check(pc, "r" + r, state.registers().get(r), registers[r]);
    }
    long frame = activations.element().frame;
    for (Map.Entry<Snapshot.Word, Word> word : state.words().entrySet()) {
      Snapshot.Word place = word.getKey();
      String name = "[r10" + place.from() + ", " + place.bytes() + " bytes]";
      check(pc, name, word.getValue(), vm.memory().load(frame + place.from(), place.bytes()));
    }
  }

  private void check(int pc, String what, Word word, long value) {
    checks++;
    if (!word.contains(value)) {
      violation = "before instruction " + pc + " " + what + " is " + value + ", not " + word;
    }
  }

  /**
   * A call that is not over.
   *
   * @param frame what r10 was when it began
   * @param counts how often control came to the header of each loop
   */
  private record Activation(long frame, Map<Integer, Long> counts) {}

  /** Counts how often control comes to the header of each loop, in each activation. */
  private void follow(long frame, int pc) {
    if (leaves) {
      activations.pop();
    }
    if (enters) {
      activations.push(new Activation(frame, new HashMap<>()));
      deepest = Math.max(deepest, activations.size());
    }
    Insn insn = insns[pc];
    leaves = insn != null && insn.op().family() == Family.EXIT;
    enters = insn != null && insn.op().family() == Family.CALL && !emits(insn);
    Map<Integer, Long> counts = activations.element().counts;
    Loop loop = loops.get(pc);
    if (loop == null) {
      return;
    }
    long count = counts.merge(pc, 1L, Long::sum);
    long entered = loop.outer().map(outer -> counts.getOrDefault(outer.pc(), 0L)).orElse(1L);
    if (loop.isBounded() && count > (loop.times() + 1) * entered) {
      violation = "the loop at " + pc + " came round " + count + " times, entered " + entered;
    }
  }

  private static boolean emits(Insn insn) {
    return (int) insn.imm() == Syscall.SOL_EMIT_EVENT.hash();
  }
}

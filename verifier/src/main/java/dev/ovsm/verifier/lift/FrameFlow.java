package dev.ovsm.verifier.lift;

import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.graph.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a function forms that are fixed distances from its frame pointer or its
 * arguments, and what memory each of its instructions may write to.
 *
 * <p>An address of which nothing is known may lead into any frame.
 */
final class FrameFlow {
  /** After so many visits of a block the words of the frame are given up there. */
  private static final int MOST_VISITS = 16;

  /** So many blocks are visited that often; of a function with more of them, each less often. */
  private static final int MOST_BLOCKS = 2_500;

  /** After so many visits of a block what still moves is taken to move on. */
  private static final int WIDEN_AFTER = 3;

  /** Where a write begins: all of it lies in one region. */
  private static final Extent FIRST = new Extent(0, 1);

  private static final int ARGUMENTS = 5;

  private static final List<Locus> UNKNOWN = Collections.nCopies(ARGUMENTS, Locus.ANYTHING);

  private final Body body;
  private final Code code;
  private final Map<Integer, Summary> callees;
  private final Trust trust;
  private final Supposed supposed;
  private final Set<Operand> granted;
  private final Map<Integer, List<Need>> needs = new HashMap<>();
  private final Extent[] relied = new Extent[5];
  private final Map<Integer, Locus> addresses = new HashMap<>();
  private final Map<Integer, Writes> writes = new HashMap<>();
  private final Map<Integer, List<Locus>> passed = new HashMap<>();
  private final Map<Integer, List<AccountInfos.Pointer>> handed = new HashMap<>();
  private final @Nullable State[] entering;

  /**
   * Follows a function.
   *
   * @param callees what is known of functions, by slot; whoever is missing may write anywhere
   * @param trust where the function's arguments lie
   * @param granted which arguments of calls the callees' trust supposes to lie in no frame
   */
  FrameFlow(
      Body body,
      Map<Integer, Summary> callees,
      Trust trust,
      Supposed supposed,
      Set<Operand> granted) {
    this.supposed = supposed;
    this.granted = granted;
    Arrays.fill(relied, Extent.NOTHING);
    this.body = body;
    this.code = body.code();
    this.callees = callees;
    this.trust = trust;
    this.entering = new State[body.cfg().size()];
    solve();
    for (int block : body.cfg().order()) {
      State state = entering[block];
      if (state != null) {
        run(block, state.copy(), true);
      }
    }
  }

  /** The address of a load or store, or the register that an indirect call goes by. */
  Locus address(int pc) {
    return addresses.getOrDefault(pc, Locus.ANYTHING);
  }

  /** What an instruction may write to. */
  Writes writes(int pc) {
    return writes.getOrDefault(pc, Writes.NOTHING);
  }

  /** Where the function lies that an instruction calls, if it calls one that is known. */
  OptionalInt callee(int pc) {
    Insn insn = code.at(pc);
    boolean indirect = insn != null && insn.op().family() == Family.CALLX;
    return indirect && address(pc).isConstant()
        ? code.slotAt(address(pc).value())
        : code.callee(pc);
  }

  /** The slots at which it calls functions that are known. */
  List<Integer> calls() {
    List<Integer> calls = new ArrayList<>();
    for (int block : body.cfg().order()) {
      for (int pc : body.slots(block)) {
        if (callee(pc).isPresent()) {
          calls.add(pc);
        }
      }
    }
    return calls;
  }

  /** What a call at a slot passes. */
  List<Locus> passed(int pc) {
    return passed.getOrDefault(pc, UNKNOWN);
  }

  /**
   * That an address is supposed to lead to no frame.
   *
   * @param input which of the node's inputs it is
   * @param bytes counted from it
   */
  record Need(int input, Extent bytes) {}

  /** What an instruction supposes. */
  List<Need> needs(int pc) {
    return needs.getOrDefault(pc, List.of());
  }

  /** The bytes counted from arguments that callees take to be in no frame but their callers'. */
  List<Extent> relied() {
    return List.of(relied);
  }

  /** What the whole function writes to. */
  Writes all() {
    return writes.values().stream().reduce(Writes.NOTHING, Writes::join);
  }

  /** Visits blocks again, in their order, as long as what holds on entry gets less. */
  private void solve() {
    int[] order = body.cfg().order();
    int[] visits = new int[entering.length];
    int most =
        Math.max(WIDEN_AFTER, MOST_VISITS * MOST_BLOCKS / Math.max(order.length, MOST_BLOCKS));
    entering[0] = State.initial();
    BitSet open = new BitSet();
    open.set(0);
    for (int at = open.nextSetBit(0); at >= 0; at = open.nextSetBit(0)) {
      open.clear(at);
      State state = entering[order[at]];
      if (state == null) {
        continue;
      }
      State leaving = run(order[at], state.copy(), false);
      for (int successor : body.cfg().successors(order[at])) {
        State before = entering[successor];
        State after =
            before == null
                ? leaving.copy()
                : before.joined(leaving, visits[successor] > WIDEN_AFTER);
        if (after != null) {
          if (visits[successor]++ > most) {
            after.forget();
          }
          entering[successor] = after;
          open.set(body.cfg().position(successor));
        }
      }
    }
  }

  private State run(int block, State state, boolean keep) {
    for (int pc : body.slots(block)) {
      Insn insn = code.at(pc);
      if (insn != null) {
        step(pc, insn, state, keep);
      }
    }
    return state;
  }

  private void step(int pc, Insn insn, State state, boolean keep) {
    switch (insn.op().family()) {
      case ALU32, NEG, ENDIAN -> state.set(insn.dst(), Locus.ANYTHING);
      case ALU64 -> state.set(insn.dst(), state.result(insn, code.version()));
      case LDDW -> state.set(insn.dst(), Locus.constant(insn.imm()));
      case LOAD -> {
        Locus address = state.register(insn.src()).plus(insn.off());
        boolean word = address.isFrame() && insn.op().bytes() == Long.BYTES;
        int bits = 8 * insn.op().bytes();
        Locus narrow = bits < 32 ? Locus.number(0, (1L << bits) - 1) : Locus.ANYTHING;
        state.set(insn.dst(), word ? state.word(address.value()) : narrow);
        note(pc, address, Writes.NOTHING, keep);
      }
      case STORE_IMM -> store(pc, insn, Locus.constant(insn.imm()), state, keep);
      case STORE_REG -> store(pc, insn, state.register(insn.src()), state, keep);
      case CALL, CALLX -> call(pc, insn, state, keep);
      case JUMP, JUMP64, JUMP32, EXIT -> {}
    }
  }

  private void store(int pc, Insn insn, Locus value, State state, boolean keep) {
    Locus address = supposed.narrowed(pc, 0, state.register(insn.dst()).plus(insn.off()));
    Extent bytes = new Extent(0, insn.op().bytes());
    Writes made = supposing(pc, 0, Writes.at(address, bytes), address, bytes, keep);
    state.forget(made, trust);
    if (address.isFrame() && insn.op().bytes() == Long.BYTES) {
      state.setWord(address.value(), value);
    }
    note(pc, address, made, keep);
  }

  private void call(int pc, Insn insn, State state, boolean keep) {
    boolean indirect = insn.op().family() == Family.CALLX;
    Locus target = indirect ? state.register(code.callxRegister(insn)) : Locus.ANYTHING;
    OptionalInt callee =
        target.isConstant()
            ? code.slotAt(target.value())
            : indirect ? OptionalInt.empty() : code.callee(pc);
    Optional<Syscall> syscall = indirect ? Optional.empty() : Code.syscall(insn);
    Locus[] passed = new Locus[5];
    for (int i = 0; i < passed.length; i++) {
      passed[i] = supposed.narrowed(pc, i, state.register(i + 1));
    }
    Writes made = Writes.ANYWHERE;
    if (callee.isPresent()) {
      Summary summary = callees.get(callee.getAsInt());
      made = summary == null ? Writes.ANYWHERE : passing(pc, summary, passed, keep);
    } else if (syscall.isPresent() && !code.isAmbiguous(insn)) {
      made = syscall(pc, syscall.get(), passed, state, keep);
    }
    state.forget(made, trust);
    boolean function = indirect || callee.isPresent() || code.isAmbiguous(insn);
    for (int i = 0; i <= (function ? 5 : 0); i++) {
      state.set(i, Locus.ANYTHING);
    }
    note(pc, target, made, keep);
    if (keep) {
      this.passed.put(pc, List.of(passed));
    }
  }

  /** What a call writes to whose callee looks like this from outside. */
  private Writes passing(int pc, Summary callee, Locus[] passed, boolean keep) {
    Writes all = callee.writes().besideArguments();
    for (int i = 0; i < passed.length; i++) {
      Extent bytes = callee.relied().get(i);
      Extent written = callee.writes().arguments().get(i);
      Writes made = written.isEmpty() ? Writes.NOTHING : Writes.counted(passed[i], written);
      if (!bytes.isEmpty() && granted.contains(new Operand(pc, i))) {
        note(pc, i, bytes, keep);
        made = passed[i].kind() == Locus.Kind.FRAME || written.isEmpty() ? made : Writes.ELSEWHERE;
      } else if (!bytes.isEmpty() && passed[i].kind() == Locus.Kind.ARGUMENT) {
        int own = passed[i].index();
        relied[own] = relied[own].join(bytes.plus(passed[i].low(), passed[i].high()));
      }
      all = all.join(made);
    }
    return all;
  }

  /** What is written by way of an address, without frames if that may be supposed. */
  private Writes supposing(
      int pc, int input, Writes made, Locus address, Extent bytes, boolean keep) {
    boolean isOpen = address.kind() != Locus.Kind.FRAME && !made.isOutside();
    if (!isOpen || !supposed.includes(pc, input)) {
      return made;
    }
    note(pc, input, bytes, keep);
    return Writes.ELSEWHERE;
  }

  private void note(int pc, int input, Extent bytes, boolean keep) {
    if (keep) {
      needs.computeIfAbsent(pc, at -> new ArrayList<>()).add(new Need(input, bytes));
    }
  }

  /** What a syscall writes to; calls of other programs may change what lies behind any address. */
  private Writes syscall(int pc, Syscall syscall, Locus[] passed, State state, boolean keep) {
    Writes all =
        syscall.effects().contains(Effect.INVOKES)
            ? invoking(pc, AccountInfos.of(syscall, List.of(passed)), state, keep)
            : Writes.NOTHING;
    for (int i = 0; i < syscall.arguments().size(); i++) {
      Argument argument = syscall.arguments().get(i);
      if (argument.kind().writes()) {
        Writes made = Writes.at(passed[i], Extent.of(argument.extent(), passed));
        all = all.join(supposing(pc, i, made, passed[i], FIRST, keep));
      }
    }
    return all;
  }

  /** What a call of another program writes to, which is told by the infos that it is handed. */
  private Writes invoking(int pc, Optional<AccountInfos> infos, State state, boolean keep) {
    if (infos.isEmpty()) {
      return Writes.ANYWHERE;
    }
    if (keep) {
      handed.put(pc, infos.get().pointers());
    }
    Writes all = infos.get().lengths().join(Writes.ELSEWHERE);
    int input = ARGUMENTS;
    for (AccountInfos.Pointer pointer : infos.get().pointers()) {
      Locus address = supposed.narrowed(pc, input, state.word(pointer.place()));
      Writes made = Writes.at(address, pointer.bytes());
      all = all.join(supposing(pc, input++, made, address, pointer.first(), keep));
    }
    return all;
  }

  /** The addresses in the frame by which a call of another program writes, where all are known. */
  List<AccountInfos.Pointer> handed(int pc) {
    return handed.getOrDefault(pc, List.of());
  }

  private void note(int pc, Locus address, Writes made, boolean keep) {
    if (keep) {
      addresses.put(pc, address);
      writes.put(pc, made);
    }
  }
}

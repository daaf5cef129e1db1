package dev.ovsm.tests.machine;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembler;
import dev.ovsm.sbpf.asm.AssemblyBuilder;
import dev.ovsm.sbpf.asm.Text;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Makes programs at random that look like programs: functions with loops, branches, calls and
 * memory that is mostly there; and now and then something that no compiler would write.
 *
 * <p>By convention r6 points to the input, r7 to the heap, r8 to the frame and r9 counts; nothing
 * keeps the code from breaking that, and loops move their pointers.
 */
final class ProgramGenerator {
  private static final int INPUT_BYTES = 64;
  private static final int MOST_FUNCTIONS = 4;
  private static final int DEEPEST_NESTING = 3;

  private final SplittableRandom random;
  private final Operands operands;
  private final Version version;
  private final List<String> syscalls;
  private final AssemblyBuilder code;
  private final List<Opcode> arithmetic;
  private final List<Opcode> conditions;
  private final List<Opcode> accesses;
  private int functions;
  private int caller = -1;
  private int labels;
  private boolean counting;

  /**
   * Prepares one program.
   *
   * @param syscalls names of the system calls to call; none in a version that cannot import them
   */
  ProgramGenerator(SplittableRandom random, Version version, List<String> syscalls) {
    this.random = random;
    this.operands = new Operands(random);
    this.version = version;
    this.syscalls = syscalls;
    this.code = new AssemblyBuilder(version);
    this.arithmetic =
        opcodes(
            op ->
                switch (op.family()) {
                  case ALU32, ALU64, NEG, ENDIAN -> true;
                  default -> false;
                });
    this.conditions = opcodes(op -> op.family().isConditional());
    this.accesses = opcodes(op -> op.bytes() > 0);
  }

  /** The program; its format is that of version 0 for all versions before 3. */
  Text generate() {
    functions = 1 + random.nextInt(MOST_FUNCTIONS);
    code.label("entrypoint");
    pointers();
    for (int register = 0; register < 6; register++) {
      if (operands.chance(70)) {
        constant(register, operands.value());
      }
    }
    body(4 + random.nextInt(30), 0);
    end();
    for (int i = 0; i < functions; i++) {
      function(i);
    }
    Diagnostics diagnostics = new Diagnostics();
    Text text =
        Assembler.assemble(code.build(), diagnostics)
            .orElseThrow(() -> new IllegalStateException(diagnostics.list().toString()));
    Version format = version.enableStricterElfHeaders() ? version : Version.V0;
    return new Text(
        format, text.code(), text.readOnly(), text.relocations(), List.of(), List.of(), 0);
  }

  private void function(int index) {
    code.label("f" + index);
    caller = index;
    if (operands.chance(60)) {
      pointers();
    }
    if (version.manualStackFrameBump() && operands.chance(50)) {
      add(Opcode.ADD64_IMM, 10, 0, 0, -64L * random.nextInt(5));
    }
    body(1 + random.nextInt(15), 1);
    if (operands.chance(20)) {
      end();
    } else if (operands.chance(97)) {
      add(Opcode.EXIT, 0, 0, 0, 0);
    }
  }

  private void pointers() {
    if (operands.chance(98)) {
      constant(6, MemoryMap.INPUT);
    }
    if (operands.chance(98)) {
      constant(7, MemoryMap.HEAP);
    }
    if (operands.chance(95)) {
      add(Opcode.MOV64_REG, 8, 10, 0, 0);
    }
  }

  /** Folds all registers into the result, so that a wrong one shows. */
  private void end() {
    for (int register = 1; register < 10; register++) {
      add(Opcode.XOR64_REG, 0, register, 0, 0);
      add(Opcode.ADD64_IMM, 0, 0, 0, 0x1234_5678 + register);
    }
    add(Opcode.MOV64_REG, 1, 0, 0, 0);
    add(Opcode.RSH64_IMM, 1, 0, 0, 32);
    add(Opcode.XOR64_REG, 0, 1, 0, 0);
    add(Opcode.LSH64_IMM, 0, 0, 0, 32);
    add(Opcode.RSH64_IMM, 0, 0, 0, 32);
    add(Opcode.EXIT, 0, 0, 0, 0);
  }

  private void body(int statements, int nesting) {
    for (int i = 0; i < statements; i++) {
      statement(nesting);
    }
  }

  private void statement(int nesting) {
    int choice = random.nextInt(1000);
    if (choice < 480) {
      arithmetic();
    } else if (choice < 560) {
      constant(operands.scratch(), operands.value());
    } else if (choice < 800) {
      access();
    } else if (choice < 890) {
      forward(nesting);
    } else if (choice < 920) {
      loop(nesting);
    } else if (choice < 960) {
      call();
    } else if (choice < 975) {
      callAddress();
    } else if (choice < 995) {
      syscall();
    } else {
      wild();
    }
  }

  private void arithmetic() {
    Opcode op = operands.pick(arithmetic);
    int dst = operands.chance(99) ? operands.scratch() : random.nextInt(10);
    if (counting && dst == 9) {
      dst = 0;
    }
    int src = random.nextInt(11);
    if (Operands.divides(op) && op.usesRegister() && operands.chance(98)) {
      src = operands.scratch();
      add(Opcode.OR64_IMM, src, 0, 0, 1);
      if (operands.chance(2)) {
        constant(dst, operands.chance(50) ? Long.MIN_VALUE : Integer.MIN_VALUE);
        constant(src, -1);
      }
    }
    add(op, dst, src, 0, operands.immediate(op));
  }

  private void access() {
    if (counting && operands.chance(10)) {
      move(operands.pick(List.of(6, 7, 8)));
    }
    Opcode op = operands.pick(accesses);
    int base;
    int offset;
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> {
        base = 10;
        offset = operands.near(-MemoryMap.FRAME_BYTES, -op.bytes(), op.bytes());
      }
      case 4, 5, 6 -> {
        base = 6;
        offset = operands.near(0, INPUT_BYTES - op.bytes(), op.bytes());
      }
      case 7, 8 -> {
        base = 7;
        offset = operands.near(0, Short.MAX_VALUE - 32, op.bytes());
      }
      default -> {
        base = operands.chance(90) ? 8 : random.nextInt(11);
        offset = operands.near(-MemoryMap.FRAME_BYTES, -op.bytes(), op.bytes());
      }
    }
    int other = op.family() == Family.LOAD ? operands.scratch() : random.nextInt(11);
    boolean store = op.family().stores();
    add(op, store ? base : other, store ? other : base, offset, Operands.low(operands.value()));
  }

  /** Moves a loop's pointer a little, or to another region. */
  private void move(int pointer) {
    switch (random.nextInt(4)) {
      case 0 -> add(Opcode.MOV64_REG, pointer, operands.pick(List.of(6, 7, 8, 10)), 0, 0);
      case 1 -> constant(pointer, operands.pick(List.of(MemoryMap.INPUT, MemoryMap.HEAP)));
      default -> add(Opcode.ADD64_IMM, pointer, 0, 0, random.nextInt(-8, 17));
    }
  }

  private void forward(int nesting) {
    String over = ".l" + labels++;
    jump(over);
    if (nesting < DEEPEST_NESTING) {
      body(1 + random.nextInt(4), nesting + 1);
    }
    code.label(over);
  }

  private void jump(String label) {
    Opcode op = operands.chance(95) ? operands.pick(conditions) : Opcode.JA;
    Insn insn = new Insn(op, random.nextInt(10), random.nextInt(11), 0, operands.small());
    code.jump(op == Opcode.JA ? new Insn(op, 0, 0, 0, 0) : insn, label, Span.none());
  }

  private void loop(int nesting) {
    if (counting || nesting >= DEEPEST_NESTING) {
      arithmetic();
      return;
    }
    counting = true;
    String begin = ".l" + labels++;
    add(Opcode.MOV64_IMM, 9, 0, 0, 1 + random.nextInt(20));
    code.label(begin);
    body(1 + random.nextInt(6), nesting + 1);
    add(Opcode.ADD64_IMM, 9, 0, 0, -1);
    code.jump(new Insn(Opcode.JNE64_IMM, 9, 0, 0, 0), begin, Span.none());
    counting = false;
  }

  private void call() {
    if (caller + 1 >= functions && operands.chance(95)) {
      arithmetic();
      return;
    }
    add(Opcode.MOV64_IMM, operands.scratch(), 0, 0, operands.small());
    code.call("f" + callee(), Span.none());
  }

  private void callAddress() {
    int register = operands.scratch();
    if (version.disableLddw()) {
      constant(register, MemoryMap.BYTECODE + 64 + 8L * random.nextInt(60));
    } else if (caller + 1 < functions && operands.chance(95)) {
      code.address(register, "f" + callee(), 0, Span.none());
    } else {
      code.address(register, "entrypoint", random.nextInt(100 * 8), Span.none());
    }
    int dst = version.callxUsesDstReg() ? register : 0;
    int src = version.callxUsesSrcReg() ? register : 0;
    add(Opcode.CALLX, dst, src, 0, register);
  }

  /** Mostly a function further back, so that recursion is rare. */
  private int callee() {
    return caller + 1 < functions && operands.chance(97)
        ? random.nextInt(caller + 1, functions)
        : random.nextInt(functions);
  }

  private void syscall() {
    if (syscalls.isEmpty()) {
      arithmetic();
      return;
    }
    String symbol = syscalls.get(random.nextInt(syscalls.size()));
    if (operands.chance(90)) {
      List<Argument> arguments = Syscall.of(symbol).orElseThrow().arguments();
      for (int i = 0; i < arguments.size(); i++) {
        argument(1 + i, arguments.get(i));
      }
    }
    code.syscall(symbol, Span.none());
  }

  /** Puts into a register what a system call can do something with. */
  private void argument(int register, Argument argument) {
    switch (argument.kind()) {
      case READ, WRITE, UPDATE, FOLLOW, CONTEXT, TIMER, TIMER_OR_ID, WORK_QUEUE, RECORD -> {
        int base =
            argument.kind().writes()
                ? operands.pick(List.of(7, 10))
                : operands.pick(List.of(6, 7, 10));
        add(Opcode.MOV64_REG, register, base, 0, 0);
        add(Opcode.ADD64_IMM, register, 0, 0, base == 10 ? -8 * random.nextInt(8, 64) : 8);
      }
      case ZERO -> add(Opcode.MOV64_IMM, register, 0, 0, 0);
      case SCALAR, LENGTH, COUNT, SLOT, BUDGET, MAP, ID ->
          add(
              Opcode.MOV64_IMM,
              register,
              0,
              0,
              operands.chance(50) ? random.nextInt(32) : operands.small());
    }
  }

  /** An instruction as no compiler would place it, or a jump to anywhere. */
  private void wild() {
    if (operands.chance(50) && labels > 0) {
      jump(".l" + random.nextInt(labels));
      return;
    }
    List<Opcode> any = opcodes(op -> op != Opcode.LDDW && !op.family().jumps());
    add(
        operands.pick(any),
        random.nextInt(10),
        random.nextInt(11),
        random.nextInt(64),
        operands.small());
  }

  private void constant(int register, long value) {
    if (!version.disableLddw()) {
      add(Opcode.LDDW, register, 0, 0, value);
    } else {
      add(Opcode.MOV32_IMM, register, 0, 0, Operands.low(value));
      add(Opcode.HOR64, register, 0, 0, Operands.low(value >>> 32));
    }
  }

  private List<Opcode> opcodes(Predicate<Opcode> filter) {
    return Arrays.stream(Opcode.values()).filter(op -> op.in(version)).filter(filter).toList();
  }

  private void add(Opcode op, int dst, int src, int off, long imm) {
    code.code(new Insn(op, dst, src, off, imm), Span.none());
  }
}

package dev.ovsm.sbpf.asm;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.diag.Spelling;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Token.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an instruction: a mnemonic and the operands that its {@link Form} has. */
final class InsnParser {
  /** The word for a call of a function of the machine, which shares its code with {@code call}. */
  static final String SYSCALL = "syscall";

  private static final int REGISTERS = 11;
  private static final Map<String, List<Opcode>> BY_MNEMONIC =
      Arrays.stream(Opcode.values())
          .filter(op -> op.family() != Family.ENDIAN)
          .collect(Collectors.groupingBy(Opcode::mnemonic));

  private final Version version;
  private final LineCursor line;
  private final AssemblyParts parts;

  InsnParser(LineCursor line, AssemblyParts parts) {
    this.version = parts.version();
    this.line = line;
    this.parts = parts;
  }

  /** The instruction; null if a diagnostic was added. */
  Assembly.@Nullable Code parse() {
    Token mnemonic = line.take();
    if (mnemonic.text().equals(SYSCALL)) {
      return finish(mnemonic, null, syscall(mnemonic));
    }
    Opcode op = opcode(mnemonic);
    if (op == null) {
      return null;
    }
    if (!op.in(version)) {
      line.fail(
          mnemonic,
          ObjectCode.NOT_IN_VERSION,
          "sBPF " + version.word() + " has no " + mnemonic.text(),
          "assemble for another version with .sbpf, or use other instructions");
    }
    return finish(mnemonic, op, operands(op, mnemonic));
  }

  private Assembly.@Nullable Code finish(Token mnemonic, @Nullable Opcode op, Assembly.Code code) {
    if (!line.atEnd()) {
      wrongOperands(mnemonic.text(), op);
    }
    return line.failed() ? null : code;
  }

  private @Nullable Opcode opcode(Token mnemonic) {
    for (int width : new int[] {16, 32, 64}) {
      if (mnemonic.text().equals("le" + width)) {
        return Opcode.LE;
      }
      if (mnemonic.text().equals("be" + width)) {
        return Opcode.BE;
      }
    }
    List<Opcode> forms = BY_MNEMONIC.getOrDefault(mnemonic.text(), List.of());
    if (forms.isEmpty()) {
      Diagnostic diagnostic =
          Diagnostic.at(
              line.span(mnemonic),
              ObjectCode.UNKNOWN_MNEMONIC,
              "there is no instruction " + mnemonic.text());
      Optional<String> near = Spelling.nearest(mnemonic.text(), mnemonics());
      line.fail(
          diagnostic.withHelp(
              near.map(word -> "did you mean " + word + "?")
                  .orElse("docs/opcodes.md lists the instructions")));
      return null;
    }
    if (forms.size() == 1) {
      return forms.get(0);
    }
    boolean usesRegister = secondOperandIsRegister();
    return forms.stream()
        .filter(form -> form.usesRegister() == usesRegister)
        .findFirst()
        .orElse(forms.get(0));
  }

  private boolean secondOperandIsRegister() {
    for (int ahead = 0; line.peek(ahead).kind() != Kind.END; ahead++) {
      if (line.peek(ahead).is(",")) {
        return isRegister(line.peek(ahead + 1));
      }
    }
    return false;
  }

  private static Set<String> mnemonics() {
    Set<String> words = new LinkedHashSet<>();
    Collections.addAll(words, "le16", "le32", "le64", "be16", "be32", "be64", SYSCALL);
    Stream.of(Opcode.values()).map(Opcode::mnemonic).forEach(words::add);
    return words;
  }

  private Assembly.Code operands(Opcode op, Token mnemonic) {
    int dst = 0;
    int src = 0;
    int off = 0;
    long imm = 0;
    Reference reference = null;
    switch (op.family()) {
      case ALU32, ALU64, JUMP64, JUMP32 -> {
        dst = register();
        comma(op);
        if (op.usesRegister()) {
          src = register();
        } else {
          imm = number("an immediate", Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (op.family().isConditional()) {
          comma(op);
          reference = target();
          off = reference == null ? distance(Short.MIN_VALUE, Short.MAX_VALUE) : 0;
        }
      }
      case NEG -> dst = register();
      case ENDIAN -> {
        dst = register();
        imm = Long.parseLong(mnemonic.text().substring(2));
      }
      case LDDW -> {
        dst = register();
        comma(op);
        reference = address();
        imm = reference == null ? constant() : 0;
      }
      case LOAD -> {
        dst = register();
        comma(op);
        bracket(op);
        src = register();
        off = offset(op);
      }
      case STORE_IMM, STORE_REG -> {
        bracket(op);
        dst = register();
        off = offset(op);
        comma(op);
        if (op.family() == Family.STORE_REG) {
          src = register();
        } else {
          imm = number("an immediate", Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
      }
      case JUMP -> {
        reference = target();
        off = reference == null ? distance(Short.MIN_VALUE, Short.MAX_VALUE) : 0;
      }
      case CALL -> {
        src = 1;
        reference = target();
        imm = reference == null ? distance(Integer.MIN_VALUE, Integer.MAX_VALUE) : 0;
      }
      case CALLX -> {
        return new Assembly.Code(Form.callx(version, register()), null, line.from(mnemonic));
      }
      case EXIT -> {}
    }
    return new Assembly.Code(new Insn(op, dst, src, off, imm), reference, line.from(mnemonic));
  }

  /** The operand of {@code syscall}: a name, or the hash of one. */
  private Assembly.Code syscall(Token mnemonic) {
    boolean isStatic = version.staticSyscalls();
    Token token = line.take();
    Insn call = new Insn(Opcode.CALL, 0, isStatic ? 0 : 1, 0, 0);
    if (token.isName()) {
      if (Syscall.of(token.text()).isEmpty() && parts.isNews(token.text())) {
        unknownSyscall(token);
      }
      return new Assembly.Code(call, Reference.syscall(token.text()), line.from(mnemonic));
    }
    if (token.kind() != Kind.NUMBER || !isStatic) {
      line.fail(
          token,
          ObjectCode.BAD_OPERAND,
          isStatic ? "syscall takes a name or a hash" : "syscall takes a name",
          "write a name, such as: syscall sol_log_");
    } else if (token.value() >>> 32 != 0) {
      line.fail(
          token, ObjectCode.OUT_OF_RANGE, "a hash has 32 bits", "write at most 8 digits after 0x");
    }
    int hash = (int) token.value();
    return new Assembly.Code(call.withImm(hash), null, line.from(mnemonic));
  }

  private void unknownSyscall(Token name) {
    Diagnostic warning =
        Diagnostic.at(
            line.span(name),
            ObjectCode.UNKNOWN_SYSCALL,
            "no machine offers a function " + name.text());
    List<String> symbols = Arrays.stream(Syscall.values()).map(Syscall::symbol).toList();
    line.warn(
        warning.withHelp(
            Spelling.nearest(name.text(), symbols)
                .map(word -> "did you mean " + word + "?")
                .orElse("docs/syscalls.md lists those that there are")));
  }

  private int register() {
    Token token = line.take();
    if (isRegister(token)) {
      return Integer.parseInt(token.text().substring(1));
    }
    line.fail(
        token,
        ObjectCode.BAD_OPERAND,
        "expected a register r0 to r10, not " + token.text(),
        "name a register here");
    return 0;
  }

  private static boolean isRegister(Token token) {
    if (token.kind() != Kind.WORD || !token.text().matches("r(0|[1-9][0-9]?)")) {
      return false;
    }
    return Integer.parseInt(token.text().substring(1)) < REGISTERS;
  }

  /** The rest of a memory operand after its register: an offset, if there is one, and a bracket. */
  private int offset(Opcode op) {
    long offset = 0;
    if (line.peek().kind() == Kind.NUMBER) {
      offset = number("an offset", Short.MIN_VALUE, Short.MAX_VALUE);
    }
    if (!line.accept("]")) {
      wrongOperands(op.mnemonic(), op);
    }
    return (int) offset;
  }

  private int distance(long least, long most) {
    return (int) number("a label or a distance", least, most);
  }

  /** A name that is no number; null if a number is next. */
  private @Nullable Reference target() {
    return line.peek().isName() ? Reference.to(line.take().text()) : null;
  }

  /** A name and an offset from it; null if a number is next. */
  private @Nullable Reference address() {
    if (!line.peek().isName()) {
      return null;
    }
    String name = line.take().text();
    return Reference.to(name, line.peek().kind() == Kind.NUMBER ? line.take().value() : 0);
  }

  /** Any number of 64 bits. */
  private long constant() {
    Token token = line.take();
    if (token.kind() != Kind.NUMBER) {
      line.fail(
          token,
          ObjectCode.BAD_OPERAND,
          "expected a constant or a label, not " + token.text(),
          "write a number of at most 64 bits, or the label of data or code");
    }
    return token.value();
  }

  private long number(String what, long least, long most) {
    Token token = line.take();
    if (token.kind() != Kind.NUMBER) {
      line.fail(
          token,
          ObjectCode.BAD_OPERAND,
          "expected " + what + ", not " + token.text(),
          "write a number between " + least + " and " + most);
      return 0;
    }
    long value = token.value();
    boolean isLarge = value < 0 && !token.isNegative();
    if (isLarge || value < least || value > most) {
      line.fail(
          Diagnostic.at(
                  line.span(token), ObjectCode.OUT_OF_RANGE, token.text() + " does not fit " + what)
              .withNote("it must lie between " + least + " and " + most)
              .withHelp("load larger numbers into a register with lddw"));
      return 0;
    }
    return value;
  }

  private void bracket(Opcode op) {
    if (!line.accept("[")) {
      wrongOperands(op.mnemonic(), op);
    }
  }

  private void comma(Opcode op) {
    if (!line.accept(",")) {
      wrongOperands(op.mnemonic(), op);
    }
  }

  private void wrongOperands(String mnemonic, @Nullable Opcode op) {
    String form = op == null ? "name" : Form.operands(op);
    String what = form.isEmpty() ? "no operands" : form;
    line.fail(
        line.peek(),
        ObjectCode.BAD_OPERAND,
        mnemonic + " takes " + what,
        "such as: " + (mnemonic + " " + Form.example(form)).strip());
  }
}

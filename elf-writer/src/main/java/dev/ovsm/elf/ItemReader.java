package dev.ovsm.elf;

import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.FunctionSymbol;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.sbpf.asm.Form;
import dev.ovsm.sbpf.asm.LineEntry;
import dev.ovsm.sbpf.asm.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns code into lines of assembly that the assembler turns back into the same bytes: instructions
 * where assembly can say all of their fields, raw slots elsewhere; names in place of distances.
 */
final class ItemReader {
  private final Version version;
  private final byte[] code;
  private final Map<Integer, String> imports;
  private final Addresses addresses;
  private final @Nullable Insn[] insns;
  private final boolean[] isStart;
  private final Map<Integer, List<String>> labels = new TreeMap<>();
  private final Set<String> names = new HashSet<>();

  /** Says what lies at the addresses that code loads. */
  interface Addresses {
    /** The reference that stands for an address, or null if it is a plain number. */
    @Nullable Reference find(long address, ItemReader reader);
  }

  /**
   * @param functions names that labels get
   * @param imports the syscalls that calls in these slots name by relocation
   */
  ItemReader(
      Version version,
      byte[] code,
      List<FunctionSymbol> functions,
      Map<Integer, String> imports,
      Addresses addresses) {
    this.version = version;
    this.code = code;
    this.imports = imports;
    this.addresses = addresses;
    this.insns = new Insn[code.length / Slot.BYTES];
    this.isStart = new boolean[insns.length];
    decode();
    for (FunctionSymbol function : functions) {
      if (isStart(function.pc()) && names.add(function.name())) {
        labels.computeIfAbsent(function.pc(), pc -> new ArrayList<>()).add(function.name());
      }
    }
  }

  /** The lines of code, with the places of a line table. */
  List<Assembly.Item> items(List<LineEntry> lines) {
    List<Assembly.Code> codes = new ArrayList<>();
    for (int pc = 0; pc < insns.length; pc++) {
      Insn insn = insns[pc];
      if (insn != null) {
        codes.add(named(insn, pc));
      }
    }
    List<Assembly.Item> items = new ArrayList<>();
    int nextLine = 0;
    int nextCode = 0;
    for (int pc = 0; pc < insns.length; pc++) {
      if (!isStart[pc]) {
        continue;
      }
      for (String label : labels.getOrDefault(pc, List.of())) {
        items.add(new Assembly.Label(label, Span.none()));
      }
      for (; nextLine < lines.size() && lines.get(nextLine).pc() <= pc; nextLine++) {
        LineEntry line = lines.get(nextLine);
        items.add(new Assembly.Place(line.file(), line.line(), line.column()));
      }
      items.add(
          insns[pc] != null
              ? codes.get(nextCode++)
              : new Assembly.RawSlot(Slot.read(code, pc), Span.none()));
    }
    return items;
  }

  /** The label of a slot where a line begins; a new one if it has none. */
  String label(int pc, String prefix) {
    List<String> here = labels.computeIfAbsent(pc, slot -> new ArrayList<>());
    if (here.isEmpty()) {
      here.add(unique(prefix + pc));
    }
    return here.get(0);
  }

  /** A name that no label has: the wish, or with dots in front of it. */
  String unique(String wish) {
    String name = wish;
    while (!names.add(name)) {
      name = "." + name;
    }
    return name;
  }

  /** Whether a slot exists and a line of assembly begins there. */
  boolean isStart(long pc) {
    return pc >= 0 && pc < isStart.length && isStart[(int) pc];
  }

  private void decode() {
    for (int pc = 0; pc < insns.length; pc++) {
      isStart[pc] = true;
      Insn insn = Decoder.decodeAt(version, code, pc);
      if (insn != null && Form.isWritable(version, insn) && encodesBack(insn, pc)) {
        insns[pc] = insn;
        pc += insn.op().slots() - 1;
      }
    }
  }

  private boolean encodesBack(Insn insn, int pc) {
    if (insn.op() != Opcode.LDDW) {
      return true;
    }
    byte[] encoded = Encoder.encode(version, insn);
    int start = pc * Slot.BYTES;
    return Arrays.equals(encoded, 0, encoded.length, code, start, start + encoded.length);
  }

  private Assembly.Code named(Insn insn, int pc) {
    Reference reference = reference(insn, pc);
    if (reference == null) {
      return new Assembly.Code(insn, null, Span.none());
    }
    Insn bare = insn.op().family().jumps() ? insn.withOff(0) : insn.withImm(0);
    return new Assembly.Code(bare, reference, Span.none());
  }

  private @Nullable Reference reference(Insn insn, int pc) {
    return switch (insn.op().family()) {
      case JUMP, JUMP64, JUMP32 ->
          isStart(insn.target(pc)) ? Reference.to(label(insn.target(pc), ".L")) : null;
      case CALL -> callee(insn, pc);
      case LDDW -> addresses.find(insn.imm(), this);
      case ALU32, ALU64, NEG, ENDIAN, LOAD, STORE_IMM, STORE_REG, CALLX, EXIT -> null;
    };
  }

  private @Nullable Reference callee(Insn call, int pc) {
    String imported = imports.get(pc);
    if (imported != null && call.imm() == -1) {
      return Reference.syscall(imported);
    }
    long target = pc + 1L + call.imm();
    boolean isRelative = version.staticSyscalls() ? call.src() == 1 : call.imm() != -1;
    return isRelative && isStart(target) ? Reference.to(label((int) target, ".function_")) : null;
  }
}

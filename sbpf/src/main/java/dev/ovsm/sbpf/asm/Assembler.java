package dev.ovsm.sbpf.asm;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.diag.Span;
import dev.ovsm.diag.Spelling;
import dev.ovsm.sbpf.Encoder;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.FunctionSymbol;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Syscall;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns an {@link Assembly} into code bytes: gives labels their slots, jumps and calls their
 * distances, data its place.
 */
public final class Assembler {
  /** Looking for a similar name takes time, and many wrong names hardly are slips. */
  private static final int MOST_SUGGESTIONS = 20;

  private final Assembly assembly;
  private final Diagnostics diagnostics;
  private final Map<String, Symbol> symbols = new LinkedHashMap<>();
  private final List<Relocation> relocations = new ArrayList<>();
  private final List<LineEntry> lines = new ArrayList<>();
  private int wrongNames;
  private boolean failed;

  private Assembler(Assembly assembly, Diagnostics diagnostics) {
    this.assembly = assembly;
    this.diagnostics = diagnostics;
  }

  /** The code, or nothing if a diagnostic was added. */
  public static Optional<Text> assemble(Assembly assembly, Diagnostics diagnostics) {
    return new Assembler(assembly, diagnostics).assemble();
  }

  private Optional<Text> assemble() {
    byte[] readOnly = layOutData();
    int slots = layOutCode();
    byte[] code = new byte[slots * Slot.BYTES];
    int pc = 0;
    for (Assembly.Item item : assembly.items()) {
      if (item instanceof Assembly.Code one) {
        encode(one, code, pc);
      } else if (item instanceof Assembly.RawSlot raw) {
        Slot.write(code, pc, raw.bits());
      } else if (item instanceof Assembly.Place place) {
        addLine(new LineEntry(pc, place.file(), place.line(), place.column()));
      }
      pc += slots(item);
    }
    Symbol entry = symbols.get(assembly.entry());
    if (assembly.image().isEmpty() && (entry == null || !entry.isCode)) {
      report(
          Diagnostic.in(
                  "label " + assembly.entry(),
                  ObjectCode.NO_ENTRYPOINT,
                  "nothing is labelled " + assembly.entry())
              .withHelp("put the label before the instruction where execution begins"));
    }
    if (failed) {
      return Optional.empty();
    }
    int entryPc = entry == null ? 0 : (int) entry.at;
    lines.removeIf(line -> line.pc() >= slots);
    return Optional.of(
        new Text(
            assembly.version(), code, readOnly, relocations, functions(slots), lines, entryPc));
  }

  private byte[] layOutData() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Assembly.Data one : assembly.data()) {
      while (bytes.size() % one.align() != 0) {
        bytes.write(0);
      }
      define(one.name(), new Symbol(false, bytes.size(), one.span()));
      bytes.writeBytes(one.bytes());
    }
    return bytes.toByteArray();
  }

  private int layOutCode() {
    int pc = 0;
    for (Assembly.Item item : assembly.items()) {
      if (item instanceof Assembly.Label label) {
        define(label.name(), new Symbol(true, pc, label.span()));
      }
      pc += slots(item);
    }
    return pc;
  }

  private static int slots(Assembly.Item item) {
    if (item instanceof Assembly.Code code) {
      return code.insn().op().slots();
    }
    return item instanceof Assembly.RawSlot ? 1 : 0;
  }

  private void define(String name, Symbol symbol) {
    Symbol earlier = symbols.putIfAbsent(name, symbol);
    if (earlier != null) {
      report(
          Diagnostic.at(symbol.span, ObjectCode.DUPLICATE_LABEL, "the label " + name + " is taken")
              .withLabel(earlier.span, "first here")
              .withHelp("give one of them another name"));
    }
  }

  private void encode(Assembly.Code code, byte[] text, int pc) {
    Insn insn = code.insn();
    if (!insn.op().in(assembly.version())) {
      report(
          Diagnostic.at(
                  code.span(),
                  ObjectCode.NOT_IN_VERSION,
                  version() + " has no " + insn.op().mnemonic())
              .withHelp("assemble for another version, or use other instructions"));
      return;
    }
    Reference reference = code.reference();
    byte[] bytes =
        Encoder.encode(
            assembly.version(),
            reference == null ? insn : resolve(insn, reference, pc, code.span()));
    System.arraycopy(bytes, 0, text, pc * Slot.BYTES, bytes.length);
  }

  private Insn resolve(Insn insn, Reference reference, int pc, Span span) {
    if (reference.kind() == Reference.Kind.SYSCALL) {
      relocations.add(new Relocation(pc, Relocation.Kind.SYSCALL, reference.name(), 0));
      return insn;
    }
    Symbol symbol = symbols.get(reference.name());
    if (symbol == null || (!symbol.isCode && insn.op() != Opcode.LDDW)) {
      report(
          Diagnostic.at(
                  span,
                  ObjectCode.UNKNOWN_LABEL,
                  symbol == null
                      ? "no label is named " + reference.name()
                      : reference.name() + " is data and cannot be gone to")
              .withHelp(otherThan(reference.name())));
      return insn;
    }
    if (insn.op() == Opcode.LDDW) {
      var kind = symbol.isCode ? Relocation.Kind.CODE_ADDRESS : Relocation.Kind.DATA_ADDRESS;
      long at = symbol.isCode ? symbol.at * Slot.BYTES : symbol.at;
      relocations.add(new Relocation(pc, kind, reference.name(), at + reference.addend()));
      return insn;
    }
    long distance = symbol.at - pc - 1;
    if (insn.op().family() == Family.CALL) {
      if (distance == -1 && !assembly.version().staticSyscalls()) {
        report(
            Diagnostic.at(
                    span,
                    ObjectCode.OUT_OF_RANGE,
                    "a call cannot call its own slot in " + version())
                .withNote("the distance -1 marks calls that the loader resolves by name")
                .withHelp("jump there with ja, or call a label one instruction earlier"));
      }
      return insn.withImm(distance);
    }
    if ((short) distance != distance) {
      report(
          Diagnostic.at(
                  span,
                  ObjectCode.OUT_OF_RANGE,
                  "the jump to "
                      + reference.name()
                      + " is "
                      + distance
                      + " slots, further than 32,767")
              .withHelp("jump to a place between that jumps on"));
      return insn;
    }
    return insn.withOff((int) distance);
  }

  /** What to write in place of a name that is no label of the code. */
  private String otherThan(String name) {
    if (Syscall.of(name).isPresent()) {
      return "write syscall " + name;
    }
    return Optional.of(name)
        .filter(wrong -> ++wrongNames <= MOST_SUGGESTIONS)
        .flatMap(wrong -> Spelling.nearest(wrong, symbols.keySet()))
        .map(near -> "did you mean " + near + "?")
        .orElse("name a label that stands in the code");
  }

  private void addLine(LineEntry line) {
    if (!lines.isEmpty() && lines.get(lines.size() - 1).pc() == line.pc()) {
      lines.remove(lines.size() - 1);
    }
    boolean isNews =
        lines.isEmpty() ? line.line() != 0 : !lines.get(lines.size() - 1).samePlace(line);
    if (isNews) {
      lines.add(line);
    }
  }

  private List<FunctionSymbol> functions(int slots) {
    List<FunctionSymbol> functions = new ArrayList<>();
    String name = null;
    int start = 0;
    for (Map.Entry<String, Symbol> one : symbols.entrySet()) {
      if (one.getValue().isCode && !Assembly.isLocal(one.getKey())) {
        int pc = (int) one.getValue().at;
        if (name != null) {
          functions.add(new FunctionSymbol(name, start, pc - start));
        }
        name = one.getKey();
        start = pc;
      }
    }
    if (name != null && start < slots) {
      functions.add(new FunctionSymbol(name, start, slots - start));
    }
    return functions;
  }

  private String version() {
    return "sBPF " + assembly.version().word();
  }

  private void report(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
    failed = true;
  }

  /** Where a name is: a slot of the code, or a byte of the read-only data. */
  private record Symbol(boolean isCode, long at, Span span) {}
}

package dev.ovsm.sbpf.asm;

import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link Assembly} from front to back; the spans given with instructions become its line
 * table.
 */
public final class AssemblyBuilder {
  private final Version version;
  private final List<Assembly.Item> items = new ArrayList<>();
  private final List<Assembly.Data> data = new ArrayList<>();
  private LineEntry place = new LineEntry(0, "", 0, 0);

  /** What {@link #place} is of: the line and the column of a span take long to find. */
  private Span placed = Span.none();

  public AssemblyBuilder(Version version) {
    this.version = version;
  }

  /** Begins a function, or with a name that starts with a dot a place inside one. */
  public AssemblyBuilder label(String name) {
    items.add(new Assembly.Label(name, Span.none()));
    return this;
  }

  public AssemblyBuilder code(Insn insn, Span span) {
    return add(insn, null, span);
  }

  /** A jump to a label, of any jump instruction. */
  public AssemblyBuilder jump(Insn jump, String label, Span span) {
    return add(jump, Reference.to(label), span);
  }

  public AssemblyBuilder call(String function, Span span) {
    return add(new Insn(Opcode.CALL, 0, 1, 0, 0), Reference.to(function), span);
  }

  public AssemblyBuilder syscall(String name, Span span) {
    int src = version.staticSyscalls() ? 0 : 1;
    return add(new Insn(Opcode.CALL, 0, src, 0, 0), Reference.syscall(name), span);
  }

  /** Loads the address of a function or of read-only data. */
  public AssemblyBuilder address(int dst, String symbol, long addend, Span span) {
    return add(new Insn(Opcode.LDDW, dst, 0, 0, 0), Reference.to(symbol, addend), span);
  }

  /** Adds read-only bytes under a name. */
  public AssemblyBuilder data(String name, byte[] bytes, int align) {
    data.add(new Assembly.Data(name, bytes, align, Span.none()));
    return this;
  }

  public Assembly build() {
    return Assembly.of(version, items, data);
  }

  private AssemblyBuilder add(Insn insn, @Nullable Reference reference, Span span) {
    if (!span.equals(placed)) {
      LineEntry next = LineEntry.at(0, span);
      if (!next.samePlace(place)) {
        items.add(new Assembly.Place(next.file(), next.line(), next.column()));
        place = next;
      }
      placed = span;
    }
    items.add(new Assembly.Code(insn, reference, span));
    return this;
  }
}

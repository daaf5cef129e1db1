package dev.ovsm.ir.text;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.MapDecl;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints a module as text that {@link IrParser} reads back to the same module but for its spans.
 */
public final class IrPrinter {
  private final StringBuilder out = new StringBuilder();

  private IrPrinter() {}

  /** The whole module, each item ended by a newline. */
  public static String print(Module module) {
    IrPrinter printer = new IrPrinter();
    printer.module(module);
    return printer.out.toString();
  }

  /** One function, for messages and tests. */
  public static String print(Function function) {
    IrPrinter printer = new IrPrinter();
    printer.function(function);
    return printer.out.toString();
  }

  private void module(Module module) {
    out.append("module ").append(Names.name(module.name())).append('\n');
    for (Module.Data data : module.data()) {
      out.append("data align ").append(data.align()).append(' ');
      out.append(Names.quote(data.bytes())).append('\n');
    }
    module.maps().forEach(this::map);
    module.arrays().forEach(this::array);
    module.entries().forEach(this::entry);
    module.errors().forEach(this::failing);
    for (Function function : module.functions()) {
      out.append('\n');
      function(function);
    }
  }

  private void map(MapDecl map) {
    out.append("map ").append(Names.name(map.name()));
    out.append(' ').append(map.kind().name().toLowerCase(Locale.ROOT));
    out.append(" key ").append(map.keyBytes()).append(" value ").append(map.valueBytes());
    out.append(" max ").append(map.maxEntries());
    for (MapDecl.Handle handle : map.handles()) {
      out.append(' ').append(handle.kind().name().toLowerCase(Locale.ROOT));
      out.append(' ').append(handle.offset());
    }
    out.append('\n');
  }

  private void failing(Module.Failing error) {
    out.append("error ").append(Names.name(error.name())).append(' ').append(error.code());
    out.append(' ').append(Names.name(error.text())).append('\n');
  }

  private void array(Module.ProgramArray array) {
    out.append("array ").append(Names.name(array.name()));
    for (long element : array.elements()) {
      out.append(' ').append(hex(element));
    }
    out.append('\n');
  }

  private void entry(Entry entry) {
    out.append("entry ").append(Names.name(entry.name()));
    out.append(' ').append(entry.kind().name().toLowerCase(Locale.ROOT));
    out.append(' ').append(hex(entry.discriminator()));
    out.append(" fn ").append(Names.name(entry.function()));
    if (entry.budget() != 0) {
      out.append(" budget ").append(entry.budget());
    }
    if (entry.isPublic()) {
      out.append(" public");
    }
    out.append('\n');
    for (Entry.Parameter parameter : entry.parameters()) {
      out.append("  parameter ").append(Names.name(parameter.name())).append(' ');
      out.append(Names.name(parameter.type())).append('\n');
    }
    entry.accounts().forEach(this::account);
  }

  private void account(Entry.Account account) {
    out.append("  account ").append(Names.name(account.name()));
    if (account.signer()) {
      out.append(" signer");
    }
    if (account.writable()) {
      out.append(" writable");
    }
    String map = account.map();
    if (map != null) {
      out.append(" map ").append(Names.name(map));
    }
    byte[] address = account.address();
    if (address != null) {
      out.append(" address 0x").append(HexFormat.of().formatHex(address));
    }
    out.append('\n');
  }

  private void function(Function function) {
    out.append("fn ").append(Names.name(function.name()));
    out.append('(').append(typed(function.parameters())).append(')');
    Type result = function.result();
    if (result != null) {
      out.append(" -> ").append(result.word());
    }
    out.append(" {\n");
    InstPrinter insts = new InstPrinter(out);
    for (Block block : function.blocks()) {
      out.append('b').append(block.id());
      if (block.id() != 0 && !block.parameters().isEmpty()) {
        out.append('(').append(typed(block.parameters())).append(')');
      }
      out.append(":\n");
      block.insts().forEach(inst -> inst.accept(insts));
      block.terminator().accept(insts);
    }
    out.append("}\n");
  }

  private static String typed(List<Value> values) {
    return values.stream().map(v -> v + ": " + v.type().word()).collect(Collectors.joining(", "));
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}

package dev.ovsm.frontend.hir;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints a typed program as text: every function with the types of its variables, its body below.
 */
public final class HirPrinter {
  private static final int WIDTH = 80;
  private final StringBuilder out = new StringBuilder();

  private HirPrinter() {}

  public static String print(Typed program) {
    HirPrinter printer = new HirPrinter();
    for (MapInfo map : program.maps()) {
      printer.map(map);
    }
    for (EntryInfo entry : program.entries()) {
      String kind = entry.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
      printer.function(kind, entry.function());
    }
    for (Instance function : program.functions()) {
      if (!function.span().source().isInternal()) {
        printer.function("function", function);
      }
    }
    return printer.out.toString();
  }

  private void map(MapInfo map) {
    out.append("map ").append(map.name());
    if (map.value() instanceof Type.Struct struct) {
      for (Layout.Slot slot : struct.layout().slots()) {
        out.append("\n  ").append(slot.offset()).append(' ').append(slot.name());
        out.append(' ').append(word(slot.type()));
      }
    }
    out.append("\n\n");
  }

  private void function(String kind, Instance function) {
    String parameters =
        function.parameters().stream()
            .map(local -> "(" + local.name() + " " + word(local.type()) + ")")
            .collect(Collectors.joining(" "));
    out.append(kind).append(' ').append(function.name());
    out.append(" (").append(parameters).append(") -> ").append(word(function.result()));
    out.append('\n');
    node(function.body(), 1);
    out.append('\n');
  }

  private static String word(Type type) {
    return Type.resolved(type).word();
  }

  /** One line if it fits, else the head with each part on a line below. */
  private void node(Hir hir, int depth) {
    String indent = "  ".repeat(depth);
    String line = line(hir, WIDTH);
    if (line.length() + indent.length() <= WIDTH) {
      out.append(indent).append(line).append('\n');
      return;
    }
    out.append(indent).append('(').append(head(hir)).append('\n');
    parts(hir).forEach(part -> node(part, depth + 1));
    out.append(indent).append(")\n");
  }

  private static List<Hir> parts(Hir hir) {
    return HirParts.of(hir);
  }

  /** The node on one line; cut off where it is longer than {@code room} anyway. */
  private static String line(Hir hir, int room) {
    List<Hir> parts = parts(hir);
    String head = head(hir);
    if (parts.isEmpty()) {
      return isAtom(hir) ? head : "(" + head + ")";
    }
    StringBuilder line = new StringBuilder("(").append(head);
    for (Hir part : parts) {
      if (line.length() > room) {
        break;
      }
      line.append(' ').append(line(part, room - line.length()));
    }
    return line.append(')').toString();
  }

  private static boolean isAtom(Hir hir) {
    return hir instanceof Hir.Constant
        || hir instanceof Hir.FractionConstant
        || hir instanceof Hir.TextConstant
        || hir instanceof Hir.Read
        || hir instanceof Hir.Nothing;
  }

  private static String head(Hir hir) {
    if (hir instanceof Hir.Constant constant) {
      return constant.value() + ":" + word(constant.type());
    } else if (hir instanceof Hir.FractionConstant fraction) {
      return fraction.value() + ":" + word(fraction.type());
    } else if (hir instanceof Hir.TextConstant text) {
      return '"' + text.value().replace("\n", "\\n") + '"';
    } else if (hir instanceof Hir.BytesConstant bytes) {
      return "bytes " + bytes.bytes().size() + " " + word(bytes.type());
    } else if (hir instanceof Hir.Nothing) {
      return "nothing";
    } else if (hir instanceof Hir.Read read) {
      return read.local().name();
    } else if (hir instanceof Hir.Write write) {
      return "set " + write.local().name() + ":" + word(write.local().type());
    } else if (hir instanceof Hir.Arithmetic arithmetic) {
      return arithmetic.op().word() + arithmetic.mode().suffix();
    } else if (hir instanceof Hir.Compare compare) {
      return compare.op().word();
    } else if (hir instanceof Hir.Convert convert) {
      return "convert" + convert.mode().suffix() + " " + word(convert.type());
    } else if (hir instanceof Hir.Rename rename) {
      return "as " + word(rename.type());
    } else if (hir instanceof Hir.Load load) {
      return "load " + word(load.type()) + " +" + load.offset();
    } else if (hir instanceof Hir.Store store) {
      return "store +" + store.offset();
    } else if (hir instanceof Hir.Copy copy) {
      return "copy " + copy.bytes();
    } else if (hir instanceof Hir.Zero zero) {
      return "zero " + zero.bytes();
    } else if (hir instanceof Hir.StackBytes bytes) {
      return "stack " + bytes.bytes();
    } else if (hir instanceof Hir.Call call) {
      return "call " + call.function().name();
    } else if (hir instanceof Hir.Syscall syscall) {
      return "syscall " + syscall.name();
    } else if (hir instanceof Hir.Part part) {
      return "part " + part.index() + " " + word(part.type());
    } else if (hir instanceof Hir.Switch select) {
      return "switch "
          + select.arms().stream()
              .map(arm -> arm.keys().stream().map(BigInteger::toString).toList().toString())
              .collect(Collectors.joining(" "));
    } else if (hir instanceof Hir.Jump jump) {
      return jump.leaves() ? "break" : "continue";
    } else if (hir instanceof Hir.Budget budget) {
      return "budget " + budget.entry();
    } else if (hir instanceof Hir.MapData map) {
      return "map " + map.map().name();
    } else if (hir instanceof Hir.Callback callback) {
      return "callback " + callback.entry();
    } else if (hir instanceof Hir.TailCall call) {
      return "tail-call " + String.join(" ", call.callees());
    }
    return plain(hir);
  }

  /** Nodes that are their name, and the type of what has one. */
  private static String plain(Hir hir) {
    String name = hir.getClass().getSimpleName();
    String dashed = name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    return word(hir.type()).equals("nothing") ? dashed : dashed + " " + word(hir.type());
  }
}

package dev.ovsm.ir.text;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.MapDecl;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.text.Lexer.Kind;
import dev.ovsm.ir.text.Lexer.Token;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads text IR, the inverse of {@link IrPrinter}; every instruction's span is its place in the
 * text.
 *
 * <p>The parser checks the form alone; what the text means is for the checker.
 */
public final class IrParser {
  private final Reader in;
  private final List<Function> functions = new ArrayList<>();
  private final List<Module.Data> data = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<MapDecl> maps = new ArrayList<>();
  private final List<Module.ProgramArray> arrays = new ArrayList<>();
  private final List<Module.Failing> errors = new ArrayList<>();

  private IrParser(Source source) {
    this.in = new Reader(source);
  }

  /** The module, or nothing and a diagnostic at the first place that does not fit. */
  public static Optional<Module> parse(Source source, Diagnostics diagnostics) {
    try {
      return Optional.of(new IrParser(source).module());
    } catch (Reader.Unreadable e) {
      diagnostics.add(Diagnostic.at(e.span, ObjectCode.BAD_IR, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private Module module() {
    String name = in.accept("module") ? in.name() : "";
    while (in.peek().kind() != Kind.END) {
      Token first = in.take();
      switch (first.text()) {
        case "fn" -> functions.add(new FunctionParser(in, first).function());
        case "data" -> data.add(data());
        case "map" -> maps.add(map(first));
        case "array" -> arrays.add(array());
        case "entry" -> entries.add(entry(first));
        case "error" -> errors.add(new Module.Failing(in.name(), in.number(), in.name()));
        default -> throw in.unreadable(first, "expected fn, data, map, array, entry or error");
      }
    }
    return new Module(name, functions, data, entries, maps, arrays, errors);
  }

  private Module.Data data() {
    in.expect("align");
    int align = in.small();
    return new Module.Data(in.bytes(), align);
  }

  private MapDecl map(Token first) {
    String name = in.name();
    MapDecl.Kind kind = constant(MapDecl.Kind.values());
    in.expect("key");
    int keyBytes = in.small();
    in.expect("value");
    int valueBytes = in.small();
    in.expect("max");
    int maxEntries = in.small();
    List<MapDecl.Handle> handles = new ArrayList<>();
    while (in.peek().is("timer") || in.peek().is("work_queue")) {
      MapDecl.HandleKind handle = constant(MapDecl.HandleKind.values());
      handles.add(new MapDecl.Handle(in.small(), handle));
    }
    return new MapDecl(name, kind, keyBytes, valueBytes, maxEntries, handles, in.since(first));
  }

  private Module.ProgramArray array() {
    String name = in.name();
    List<Long> elements = new ArrayList<>();
    while (in.peek().kind() == Kind.NUMBER) {
      elements.add(in.number());
    }
    return new Module.ProgramArray(name, elements);
  }

  private Entry entry(Token first) {
    String name = in.name();
    Entry.Kind kind = constant(Entry.Kind.values());
    long discriminator = in.number();
    in.expect("fn");
    String function = in.name();
    long budget = in.accept("budget") ? in.number() : 0;
    boolean isPublic = in.accept("public");
    List<Entry.Parameter> parameters = new ArrayList<>();
    while (in.accept("parameter")) {
      parameters.add(new Entry.Parameter(in.name(), in.name()));
    }
    List<Entry.Account> accounts = new ArrayList<>();
    while (in.accept("account")) {
      accounts.add(account());
    }
    return new Entry(
        name,
        discriminator,
        kind,
        function,
        isPublic,
        budget,
        parameters,
        accounts,
        in.since(first));
  }

  private Entry.Account account() {
    String name = in.name();
    boolean signer = in.accept("signer");
    boolean writable = in.accept("writable");
    String map = in.accept("map") ? in.name() : null;
    return new Entry.Account(name, signer, writable, map, address());
  }

  private byte @Nullable [] address() {
    if (!in.accept("address")) {
      return null;
    }
    Token token = in.expect(Kind.NUMBER, "an address");
    try {
      return HexFormat.of().parseHex(token.text().substring(Math.min(2, token.text().length())));
    } catch (IllegalArgumentException e) {
      throw in.unreadable(token, "expected pairs of hexadecimal digits");
    }
  }

  private <E extends Enum<E>> E constant(E[] values) {
    Token token = in.take();
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(token.text())) {
        return value;
      }
    }
    throw in.unreadable(token, "unknown word");
  }
}

package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types {@code sol-subscribe-event}: the trigger data depends on the type of event. */
final class Subscriptions {
  private static final long BUDGET = 100_000;
  private static final int LONGEST_NAME = 64;
  private static final List<String> COMMON =
      List.of("event-type", "callback", "compute-budget", "trigger-data");

  private final Session session;
  private final FunctionTyper typer;
  private final List<Hir> body = new ArrayList<>();

  Subscriptions(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
  }

  /** The types of events in the order of their numbers, with the keywords of their trigger data. */
  private enum EventType {
    SLOT_INTERVAL(0, "interval", "start"),
    EPOCH_BOUNDARY(1, "epoch-offset"),
    WALLCLOCK_TIME(2, "time"),
    ACCOUNT_DATA_CHANGE(3, "account", "criteria"),
    ACCOUNT_BALANCE_CHANGE(4, "account", "threshold", "direction"),
    ACCOUNT_OWNER_CHANGE(5, "account", "owner"),
    PROGRAM_EVENT(6, "event", "source", "filter"),
    CPI_RETURN(7, "program", "filter");

    private final int number;
    private final List<String> keywords;

    EventType(int number, String... keywords) {
      this.number = number;
      this.keywords = List.of(keywords);
    }

    static Optional<EventType> of(String word) {
      return Arrays.stream(values()).filter(type -> type.name().equals(word)).findFirst();
    }

    Given given(Map<String, Ast> keywords) {
      return switch (this) {
        case SLOT_INTERVAL, EPOCH_BOUNDARY, WALLCLOCK_TIME, CPI_RETURN -> Given.NOTHING;
        case ACCOUNT_DATA_CHANGE, ACCOUNT_BALANCE_CHANGE, ACCOUNT_OWNER_CHANGE -> Given.CHANGE;
        case PROGRAM_EVENT ->
            keywords.get("event") instanceof Ast.Text name
                ? Given.event(name.value())
                : Given.NOTHING;
      };
    }
  }

  Hir subscribe(Ast.Apply apply) {
    RegistrationOptions options = new RegistrationOptions(typer, apply);
    return options.set(made(options.call()));
  }

  private Hir made(Ast.Apply apply) {
    Span span = apply.span();
    Map<String, Ast> given = new LinkedHashMap<>();
    Map<String, Span> places = new LinkedHashMap<>();
    List<Ast> arguments = apply.arguments();
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      if (arguments.get(i) instanceof Ast.Key key) {
        given.put(key.name(), arguments.get(i + 1));
        places.put(key.name(), key.span());
      }
    }
    if (given.get("trigger-data") instanceof Ast.Fields fields) {
      fields.fields().forEach(field -> given.put(field.name(), field.value()));
      given.remove("trigger-data");
    }
    Optional<EventType> type =
        Optional.ofNullable(given.get("event-type")).flatMap(Places::name).flatMap(EventType::of);
    Ast callback = given.get("callback");
    Ast word = given.get("event-type");
    if (type.isEmpty() && word != null && Places.name(word).isPresent()) {
      return unknownType(word);
    }
    if (type.isEmpty() || callback == null) {
      return wrong(
          span,
          type.isEmpty()
              ? "the type of the event is missing or unknown"
              : "the callback is missing");
    }
    for (Map.Entry<String, Span> place : places.entrySet()) {
      boolean known =
          COMMON.contains(place.getKey()) || type.get().keywords.contains(place.getKey());
      if (!known) {
        return unknown(type.get(), place.getKey(), place.getValue());
      }
    }
    List<Hir> words = new ArrayList<>();
    words.add(constant(type.get().number, span));
    Hir data = triggerData(type.get(), given, span);
    long budget = Literals.budget(given.get("compute-budget"));
    Hir instruction = session.entries().callback(typer, callback, type.get().given(given), budget);
    if (isBroken(data) || isBroken(instruction)) {
      return typer.agreement().broken(span);
    }
    words.addAll(pair(data));
    Local holder = typer.context().local("callback", Type.U64, span);
    Hir address = new Hir.Read(holder, span);
    List<Hir> parts = pair(instruction);
    body.add(new Hir.Write(holder, new Hir.StackBytes(16, 8, Type.U64, span), span));
    body.add(new Hir.Store(address, 0, parts.get(0), span));
    body.add(new Hir.Store(address, 8, parts.get(1), span));
    words.add(address);
    words.add(
        given.get("compute-budget") == null && instruction instanceof Hir.Callback made
            ? new Hir.Budget(made.entry(), BUDGET, span)
            : number(given.get("compute-budget"), BUDGET, span));
    body.add(new Hir.Syscall("sol_subscribe_event", words, Basic.ID, span));
    return new Hir.Sequence(body, span);
  }

  private static boolean isBroken(Hir hir) {
    return Type.resolved(hir.type()) == Basic.BROKEN;
  }

  private Hir unknownType(Ast word) {
    String name = Places.name(word).orElse("");
    List<String> types = Arrays.stream(EventType.values()).map(Enum::name).toList();
    Diagnostic report =
        Diagnostic.at(word.span(), LanguageCode.UNKNOWN_KEYWORD, "no type of event is " + name)
            .withHelp("it is one of " + String.join(", ", types));
    typer.context().reportUnknown(report, word.span(), name, types);
    return typer.agreement().broken(word.span());
  }

  private Hir wrong(Span span, String message) {
    String types =
        Arrays.stream(EventType.values()).map(Enum::name).collect(Collectors.joining(", "));
    typer
        .context()
        .report(
            Diagnostic.at(span, LanguageCode.WRONG_ARGUMENTS, message)
                .withHelp(
                    "write (sol-subscribe-event :event-type \"SLOT_INTERVAL\" :interval 10"
                        + " :callback (lambda () …)); the types are "
                        + types));
    return typer.agreement().broken(span);
  }

  private Hir unknown(EventType type, String keyword, Span span) {
    Diagnostic report =
        Diagnostic.at(
                span, LanguageCode.UNKNOWN_KEYWORD, type.name() + " has no argument :" + keyword)
            .withHelp(
                type.keywords.stream()
                    .map(word -> ":" + word)
                    .collect(
                        Collectors.joining(
                            ", ", "it takes ", " beside :callback and :compute-budget")));
    List<String> words = new ArrayList<>(type.keywords);
    words.addAll(COMMON);
    words.addAll(RegistrationOptions.words());
    typer.context().reportUnknown(report, span, keyword, words);
    return typer.agreement().broken(span);
  }

  private static Hir constant(long value, Span span) {
    return new Hir.Constant(BigInteger.valueOf(value), Type.U64, span);
  }

  private Hir number(@Nullable Ast ast, long fallback, Span span) {
    return ast == null
        ? constant(fallback, span)
        : typer.word(ast).orElseGet(() -> constant(fallback, span));
  }

  private Hir key(@Nullable Ast ast, Span span) {
    if (ast == null) {
      return new Hir.BytesConstant(
          java.util.Collections.nCopies(32, (byte) 0), 8, Basic.PUBKEY, span);
    }
    return typer.agreement().coerce(typer.value(ast), Basic.PUBKEY, "the argument is", ast.span());
  }

  private List<Hir> pair(Hir value) {
    Span span = value.span();
    Local local = typer.context().local("bytes", Basic.STRING, span);
    body.add(new Hir.Write(local, value, span));
    Hir read = new Hir.Read(local, span);
    return List.of(new Hir.Part(read, 0, Type.U64, span), new Hir.Part(read, 1, Type.U64, span));
  }

  /** The trigger data is the Borsh encoding of a record: all its parts are of fixed size. */
  private Hir triggerData(EventType type, Map<String, Ast> given, Span span) {
    List<Hir> parts = new ArrayList<>();
    switch (type) {
      case SLOT_INTERVAL -> {
        parts.add(number(given.get("interval"), 1, span));
        parts.add(number(given.get("start"), 0, span));
      }
      case EPOCH_BOUNDARY -> parts.add(number(given.get("epoch-offset"), 0, span));
      case WALLCLOCK_TIME -> parts.add(number(given.get("time"), 0, span));
      case ACCOUNT_DATA_CHANGE -> {
        Ast criteria = given.get("criteria");
        parts.add(key(given.get("account"), span));
        if (criteria == null) {
          return wrong(span, "the criteria are missing");
        }
        Type bytes = new Type.Array(Type.U8, 32);
        parts.add(new Hir.Rename(new Watches(typer).criteria(criteria), bytes, span));
      }
      case ACCOUNT_BALANCE_CHANGE -> {
        parts.add(key(given.get("account"), span));
        parts.add(number(given.get("threshold"), 0, span));
        boolean below =
            Optional.ofNullable(given.get("direction"))
                .flatMap(Places::name)
                .filter("below"::equalsIgnoreCase)
                .isPresent();
        parts.add(constant(below ? 1 : 0, span));
      }
      case ACCOUNT_OWNER_CHANGE -> {
        parts.add(key(given.get("account"), span));
        parts.add(constant(given.containsKey("owner") ? 0 : 1, span));
        parts.add(key(given.get("owner"), span));
      }
      case PROGRAM_EVENT -> {
        return programEvent(given, span);
      }
      case CPI_RETURN -> {
        parts.add(key(given.get("program"), span));
        parts.add(new Hir.Constant(BigInteger.ZERO, new Type.Int(16, false), span));
      }
    }
    return parts.stream().anyMatch(Subscriptions::isBroken)
        ? typer.agreement().broken(span)
        : record(parts, span);
  }

  private Hir programEvent(Map<String, Ast> given, Span span) {
    byte[] name =
        given.get("event") instanceof Ast.Text text
            ? text.value().getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    if (name.length == 0 || name.length > LONGEST_NAME) {
      return wrong(span, "the event's name is missing or longer than " + LONGEST_NAME + " bytes");
    }
    List<Byte> bytes = new ArrayList<>();
    bytes.add((byte) name.length);
    for (byte b : name) {
      bytes.add(b);
    }
    bytes.add((byte) 0);
    bytes.add((byte) 0);
    Type type = new Type.Array(Type.U8, bytes.size());
    return record(
        List.of(key(given.get("source"), span), new Hir.BytesConstant(bytes, 1, type, span)), span);
  }

  private static Hir record(List<Hir> parts, Span span) {
    List<Type.Field> fields = new ArrayList<>();
    for (Hir part : parts) {
      fields.add(new Type.Field(String.valueOf(fields.size()), part.type()));
    }
    return new Hir.Borsh(new Hir.Compose(parts, new Type.Fields(fields), span), span);
  }
}

package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The handlers of events, whose bodies are typed once the fields of their events are known. */
final class Handlers {
  private final Events events;
  private final List<Handler> handlers = new ArrayList<>();

  Handlers(Events events) {
    this.events = events;
  }

  /** A handler of an event whose fields may become known only later. */
  private record Handler(String event, Type parameter, Span span, Runnable body) {}

  /**
   * Notes a handler.
   *
   * @param parameter the type of what it is called with
   * @param body types it
   */
  void add(String event, Type parameter, Span span, Runnable body) {
    handlers.add(new Handler(event, parameter, span, body));
  }

  /** Types the handlers of events whose fields are known by now. */
  void typeKnown() {
    boolean progress = true;
    while (progress && !handlers.isEmpty()) {
      progress = false;
      for (Handler handler : List.copyOf(handlers)) {
        Optional<Type.Fields> fields = events.known(handler.event());
        if (fields.isPresent()) {
          handlers.remove(handler);
          Unifier.unify(handler.parameter(), fields.get(), handler.span());
          handler.body().run();
          progress = true;
        }
      }
    }
  }

  /** Types the handlers of all events; every event must be known by now. */
  void typeAll() {
    typeKnown();
    for (Handler handler : handlers) {
      events.unknown(handler.event(), handler.span());
      Unifier.unify(handler.parameter(), Basic.BROKEN, handler.span());
      handler.body().run();
    }
  }
}

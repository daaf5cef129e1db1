package dev.ovsm.cli.scenario;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML from strangers: one document without anchors, aliases and tags, of bounded depth, so
 * that time and memory are in proportion to its size.
 */
final class YamlReader {
  private static final int DEEPEST = 16;

  private final Source source;
  private final boolean hasSurrogates;
  private final Iterator<Event> events;

  private YamlReader(Source source) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source.name())
            .setCodePointLimit(source.text().length() + 1)
            .build();
    this.source = source;
    this.hasSurrogates = source.text().chars().anyMatch(c -> Character.isSurrogate((char) c));
    this.events = new Parse(settings).parseString(source.text()).iterator();
  }

  /** Why a document is not read further. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Diagnostic diagnostic;

    Refused(Diagnostic diagnostic) {
      super(null, null, false, false);
      this.diagnostic = diagnostic;
    }
  }

  /** The document in a source; else empty, and {@code found} says why. */
  static Optional<Node> read(Source source, Diagnostics found) {
    try {
      return Optional.of(new YamlReader(source).document());
    } catch (Refused refused) {
      found.add(refused.diagnostic);
    } catch (MarkedYamlEngineException wrong) {
      int at = wrong.getProblemMark().map(Mark::getIndex).orElse(0);
      found.add(complaint(point(source, at), String.valueOf(wrong.getProblem())));
    } catch (YamlEngineException wrong) {
      found.add(complaint(point(source, 0), "it cannot be read as YAML"));
    }
    return Optional.empty();
  }

  private static Diagnostic complaint(Span span, String what) {
    return Diagnostic.at(span, RunCode.NOT_A_SCENARIO, "this is not a scenario: " + what)
        .withHelp("a scenario is YAML: names, colons and values, lists in brackets or with dashes");
  }

  private static Span point(Source source, int at) {
    int start = Math.min(at, source.text().length());
    return new Span(source, start, Math.min(start + 1, source.text().length()));
  }

  private Node document() {
    Event first = next(Event.ID.StreamStart);
    if (events.hasNext()) {
      first = events.next();
    }
    if (first.getEventId() != Event.ID.DocumentStart) {
      throw new Refused(complaint(point(source, 0), "the file is empty"));
    }
    Node node = node(events.next(), 0);
    next(Event.ID.DocumentEnd);
    Event last = events.next();
    if (last.getEventId() != Event.ID.StreamEnd) {
      throw new Refused(complaint(span(last), "a second document begins here"));
    }
    return node;
  }

  private Event next(Event.ID expected) {
    Event event = events.next();
    if (event.getEventId() != expected) {
      throw new Refused(complaint(span(event), "something stands where nothing is expected"));
    }
    return event;
  }

  private Node node(Event event, int depth) {
    if (depth > DEEPEST) {
      throw new Refused(complaint(span(event), "it is nested too deeply"));
    }
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent n && n.getAnchor().isPresent())) {
      throw new Refused(
          complaint(span(event), "anchors and aliases are not allowed")
              .withHelp("write the value again where it is needed"));
    }
    return switch (event.getEventId()) {
      case Scalar -> text((ScalarEvent) event);
      case SequenceStart -> items(event, depth);
      case MappingStart -> members(event, depth);
      default -> throw new Refused(complaint(span(event), "a value is missing"));
    };
  }

  private Node.Text text(ScalarEvent event) {
    Span span = span(event);
    String value = event.getValue();
    int offset = span.text().startsWith(value) ? 0 : 1;
    return new Node.Text(span, value, offset);
  }

  private Node items(Event start, int depth) {
    List<Node> items = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(event, depth + 1));
      event = events.next();
    }
    return new Node.Items(span(start).to(span(event)), items);
  }

  private Node members(Event start, int depth) {
    List<Node.Member> members = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      if (!(node(event, depth + 1) instanceof Node.Text name)) {
        throw new Refused(complaint(span(event), "a name is expected here"));
      }
      members.add(new Node.Member(name, node(events.next(), depth + 1)));
      event = events.next();
    }
    return new Node.Members(span(start).to(span(event)), members);
  }

  private Span span(Event event) {
    int start = event.getStartMark().map(this::index).orElse(0);
    int end = event.getEndMark().map(this::index).orElse(start);
    return new Span(source, start, Math.max(start, end));
  }

  /** The parser counts code points. */
  private int index(Mark mark) {
    int index = mark.getIndex();
    return hasSurrogates ? source.text().offsetByCodePoints(0, index) : index;
  }
}

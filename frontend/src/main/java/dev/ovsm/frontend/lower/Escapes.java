package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.Arm;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.HirParts;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what functions return of their own frames, which end with them: it is copied to room that
 * the caller has for it.
 */
final class Escapes {
  private static final int ALIGN = 8;
  private final Map<Instance, Escape> known = new HashMap<>();
  private final Set<Instance> active = new HashSet<>();

  /**
   * A function's body with what it returns of its frame copied.
   *
   * @param bytes how much room the caller has to give, 0 if nothing is copied
   */
  record Escape(Hir body, int bytes) {}

  Escape of(Instance function) {
    Escape found = known.get(function);
    if (found == null && active.add(function)) {
      found = new Search(function).escape();
      active.remove(function);
      known.put(function, found);
    }
    // A function that is being looked at calls itself: its result counts as one of a frame.
    return found != null ? found : new Escape(function.body(), ALIGN);
  }

  /** The bytes of everything in a value that is an address. */
  static int bytes(Type type) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Fields fields) {
      return fields.fields().stream().mapToInt(field -> bytes(field.type())).sum();
    } else if (known instanceof Type.Closure closure) {
      return closure.captures().stream().mapToInt(Escapes::bytes).sum();
    } else if (known instanceof Type.Choice choice) {
      return choice.parts().stream().mapToInt(Escapes::bytes).sum();
    } else if (known instanceof Type.Option option) {
      return bytes(option.of());
    }
    boolean isPlace = Words.isAddress(known) && !(known instanceof Type.Account);
    return isPlace ? (Sizes.of(known) + ALIGN - 1) / ALIGN * ALIGN : 0;
  }

  /** The search through one function. */
  private final class Search {
    private final Instance function;
    private final Map<Local, List<Hir>> writes = new LinkedHashMap<>();
    private final Set<Local> visited = new HashSet<>();
    private int bytes;

    Search(Instance function) {
      this.function = function;
    }

    Escape escape() {
      if (bytes(function.result()) == 0) {
        return new Escape(function.body(), 0);
      }
      HirParts.walk(
          function.body(),
          node -> {
            if (node instanceof Hir.Write write) {
              writes.computeIfAbsent(write.local(), l -> new ArrayList<>()).add(write.value());
            }
          });
      Hir body = kept(HirParts.rewrite(function.body(), this::returned));
      return new Escape(body, bytes);
    }

    private Hir returned(Hir node) {
      return node instanceof Hir.Return leave
          ? new Hir.Return(kept(leave.value()), leave.span())
          : node;
    }

    /** A value that the function returns, copied where it is of the frame. */
    private Hir kept(Hir value) {
      if (bytes(value.type()) == 0) {
        return value;
      } else if (value instanceof Hir.Sequence sequence && !sequence.body().isEmpty()) {
        List<Hir> all = new ArrayList<>(sequence.body());
        all.set(all.size() - 1, kept(all.get(all.size() - 1)));
        return new Hir.Sequence(all, value.span());
      } else if (value instanceof Hir.If choice) {
        return new Hir.If(
            choice.condition(),
            kept(choice.then()),
            kept(choice.otherwise()),
            choice.type(),
            choice.span());
      } else if (value instanceof Hir.Switch select) {
        List<Arm> arms =
            select.arms().stream().map(arm -> new Arm(arm.keys(), kept(arm.body()))).toList();
        return new Hir.Switch(
            select.value(), arms, kept(select.otherwise()), select.type(), select.span());
      } else if (value instanceof Hir.Try attempt) {
        return new Hir.Try(
            kept(attempt.body()),
            attempt.error(),
            kept(attempt.handler()),
            attempt.type(),
            attempt.span());
      } else if (value instanceof Hir.Present present) {
        return new Hir.Present(kept(present.value()), present.type(), present.span());
      } else if (value instanceof Hir.Compose compose) {
        List<Hir> parts = compose.parts().stream().map(this::kept).toList();
        return new Hir.Compose(parts, compose.type(), compose.span());
      }
      visited.clear();
      if (!isOfFrame(value)) {
        return value;
      }
      Hir copied = new Hir.Returned(value, bytes, value.span());
      bytes += bytes(value.type());
      return copied;
    }

    /** Whether a value may be an address in the function's frame. */
    private boolean isOfFrame(Hir value) {
      if (value instanceof Hir.VectorOf
          || value instanceof Hir.Fresh
          || value instanceof Hir.StackBytes
          || value instanceof Hir.Format
          || value instanceof Hir.Borsh) {
        return true;
      } else if (value instanceof Hir.Read read) {
        return visited.add(read.local())
            && writes.getOrDefault(read.local(), List.of()).stream().anyMatch(this::isOfFrame);
      } else if (value instanceof Hir.Call call) {
        return of(call.function()).bytes() > 0
            || call.arguments().stream().anyMatch(this::isOfFrame);
      } else if (value instanceof Hir.Sequence sequence) {
        List<Hir> body = sequence.body();
        return !body.isEmpty() && isOfFrame(body.get(body.size() - 1));
      } else if (value instanceof Hir.Load load) {
        return bytes(load.type()) > 0 && isOfFrame(load.address());
      } else if (value instanceof Hir.Element element) {
        return bytes(element.type()) > 0 && isOfFrame(element.array());
      } else if (value instanceof Hir.Rest rest) {
        return isOfFrame(rest.array());
      } else if (value instanceof Hir.Shift shift) {
        return isOfFrame(shift.address());
      }
      boolean passes =
          value instanceof Hir.If
              || value instanceof Hir.Switch
              || value instanceof Hir.Try
              || value instanceof Hir.Compose
              || value instanceof Hir.Part
              || value instanceof Hir.Present
              || value instanceof Hir.Unwrap
              || (value instanceof Hir.Rename rename && rename.type() != Basic.UNIT);
      return passes && HirParts.of(value).stream().anyMatch(this::isOfFrame);
    }
  }
}

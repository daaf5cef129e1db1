package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws maps of a program, and what is done with them. */
final class Maps {
  private static final int INTRINSIC = 5009;
  private static final int OUT_OF_BOUNDS = 5003;
  private static final int NULL_USED = 5004;
  private static final String PREFIX = "(define-struct Prefix (bits u32) (a u8) (b u8))";

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;
  private final List<DeclaredMap> declared = new ArrayList<>();

  Maps(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  void declare() {
    int count = draws.below(4);
    for (int i = 0; i < count; i++) {
      int id = draft.number();
      DeclaredMap.Type type = draws.of(DeclaredMap.Type.values());
      int most = 1 + draws.below(4);
      DeclaredMap map = new DeclaredMap("map" + id, id, type, most, keyKind(), valueKind());
      declared.add(map);
      draft.declarations().add(map.text());
      if (map.isPrefixes() && !draft.declarations().contains(PREFIX)) {
        draft.declarations().add(PREFIX);
      }
    }
    draft.setSurroundings(draft.surroundings().withMaps(count));
  }

  /** A number, a key, or a struct: none with a key that has another place on another machine. */
  private Kind keyKind() {
    List<Kind.Struct> structs =
        draft.structs().stream().filter(each -> each.isShown() && !hasKey(each)).toList();
    int choice = draws.below(6);
    if (choice == 5 && !structs.isEmpty()) {
      return draws.from(structs);
    }
    return choice == 4 ? Kind.Key.PUBKEY : expressions.integerKind();
  }

  private static boolean hasKey(Kind kind) {
    return kind == Kind.Key.PUBKEY
        || (kind instanceof Kind.Array array && hasKey(array.of()))
        || (kind instanceof Kind.Struct struct && struct.kinds().stream().anyMatch(Maps::hasKey));
  }

  private Kind valueKind() {
    List<Kind.Struct> structs = draft.structs().stream().filter(Kind::isShown).toList();
    int choice = draws.below(6);
    if (choice > 3 && !structs.isEmpty()) {
      return draws.from(structs);
    }
    return choice == 3 ? Kind.Key.PUBKEY : expressions.integerKind();
  }

  /** Uses one of the maps some times and logs what it says. */
  Term use(int depth) {
    if (declared.isEmpty()) {
      return expressions.statements().log(depth);
    }
    DeclaredMap map = draws.from(declared);
    List<Term> all = new ArrayList<>();
    StringBuilder text = new StringBuilder("(do");
    for (int i = 1 + draws.below(5); i > 0; i--) {
      Term one =
          map.type().isArray()
              ? array(map, depth)
              : map.type().isKeyed() ? keyed(map, depth) : sequence(map, depth);
      all.add(one);
      text.append(' ').append(one.text());
    }
    return new Term(
        Kind.Plain.BOOL,
        text.append(')').toString(),
        false,
        machine -> {
          all.forEach(term -> term.in(machine));
          return false;
        });
  }

  private Term keyed(DeclaredMap map, int depth) {
    if (map.value() instanceof Kind.Struct struct && draws.below(3) == 2) {
      return field(map, struct, key(map, depth));
    }
    return switch (draws.below(10)) {
      case 0, 1, 2 -> update(map, depth);
      case 3 -> put(map, depth);
      case 4, 5, 6 ->
          lookup(
              map, map.isPrefixes() ? Construct.MAP_PREFIX : Construct.MAP_LOOKUP, key(map, depth));
      case 7 -> delete(map, depth);
      case 8 -> length(map);
      default -> each(map);
    };
  }

  private Term array(DeclaredMap map, int depth) {
    if (map.value() instanceof Kind.Struct struct && draws.below(3) == 2) {
      return field(map, struct, index());
    }
    switch (draws.below(6)) {
      case 0 -> {
        return length(map);
      }
      case 1 -> {
        return each(map);
      }
      case 2, 3 -> {
        return lookup(map, Construct.MAP_ARRAY, index());
      }
      default -> {
        Term index = index();
        Term value = value(map, depth);
        return draft.effect(
            map.construct(Construct.MAP_ARRAY),
            "(set! (map-lookup %s %s) %s)".formatted(map.name(), index.text(), value.text()),
            machine -> {
              BigInteger at = index.integer(machine);
              if (at.intValue() >= map.most()) {
                throw new Signal.Failure(OUT_OF_BOUNDS);
              }
              map.update(machine, at, value.in(machine), 0);
            });
      }
    }
  }

  /** Up to 3, and nothing that is known when the program is compiled. */
  private Term index() {
    Term word = expressions.statements().accounts().read();
    return new Term(
        Kind.Int.U32,
        "(u32 (bit-and 3 " + word.text() + "))",
        false,
        machine -> word.integer(machine).and(BigInteger.valueOf(3)));
  }

  /** So many bits of a prefix, and two bytes of few values; as a number. */
  private Term prefix(int depth) {
    int bits = draws.chance(10) ? draws.below(70) : draws.below(17);
    Term a = expressions.of(Kind.Int.U8, depth);
    Term b = expressions.of(Kind.Int.U8, depth);
    return new Term(
        Kind.Int.U64,
        "{:bits %d :a (bit-and 0x81 %s) :b (bit-and 3 %s)}".formatted(bits, a.text(), b.text()),
        false,
        machine -> {
          int first = a.integer(machine).intValue() & 0x81;
          int second = b.integer(machine).intValue() & 3;
          return Contents.prefix(bits, first, second);
        });
  }

  /** Small as a rule, so that keys meet. */
  private Term key(DeclaredMap map, int depth) {
    if (map.isPrefixes()) {
      return prefix(depth);
    }
    if (map.key() == Kind.Key.PUBKEY) {
      return expressions.literal(Kind.Key.PUBKEY);
    }
    if (map.key() instanceof Kind.Struct struct) {
      return struct(struct);
    }
    if (draws.below(4) == 3) {
      return expressions.of(map.key(), depth);
    }
    Term leaf = expressions.leaf(map.key());
    return new Term(
        map.key(),
        "(bit-and 3 " + leaf.text() + ")",
        false,
        machine -> leaf.integer(machine).and(BigInteger.valueOf(3)));
  }

  private Term value(DeclaredMap map, int depth) {
    return map.value() instanceof Kind.Struct struct
        ? struct(struct)
        : expressions.of(map.value(), depth);
  }

  /** A variable, or a new one, also written without its name. */
  private Term struct(Kind.Struct struct) {
    Term leaf = expressions.leaf(struct);
    String start = "(" + struct.name();
    boolean bare = leaf.text().startsWith(start) && draws.below(2) == 1;
    return bare
        ? leaf.withText("{" + leaf.text().substring(start.length(), leaf.text().length() - 1) + "}")
        : leaf;
  }

  private Term update(DeclaredMap map, int depth) {
    Term key = key(map, depth);
    Term value = value(map, depth);
    int flag = draws.below(4);
    String flags = flag < 2 ? "" : flag == 2 ? " :noexist" : " :exist";
    boolean logged = draws.below(2) == 0;
    String call = "(map-update %s %s %s%s)".formatted(map.name(), key.text(), value.text(), flags);
    return draft.effect(
        map.construct(Construct.MAP_UPDATE),
        logged ? "(log " + call + ")" : call,
        machine -> {
          Object at = key.in(machine);
          Object what = value.in(machine);
          int code = map.update(machine, at, what, flag);
          if (logged) {
            machine.logs().add(Integer.toString(code));
          } else if (code != 0) {
            throw new Signal.Failure(INTRINSIC);
          }
        });
  }

  private Term put(DeclaredMap map, int depth) {
    Term key = key(map, depth);
    Term value = value(map, depth);
    return draft.effect(
        map.construct(Construct.MAP_UPDATE),
        "(set! (map-lookup %s %s) %s)".formatted(map.name(), key.text(), value.text()),
        machine -> {
          Object at = key.in(machine);
          Object what = value.in(machine);
          if (map.update(machine, at, what, 0) != 0) {
            throw new Signal.Failure(INTRINSIC);
          }
        });
  }

  private Term lookup(DeclaredMap map, Construct construct, Term key) {
    return draft.effect(
        map.construct(construct),
        "(log (map-lookup %s %s))".formatted(map.name(), key.text()),
        machine -> {
          Object found = map.found(machine, key.in(machine));
          machine.logs().add(map.shown(found));
        });
  }

  /** A field of the value of a key, which may not be there: logged, or set to what is at hand. */
  private Term field(DeclaredMap map, Kind.Struct struct, Term key) {
    int index = draws.below(struct.fields().size());
    Kind kind = struct.kinds().get(index);
    String place =
        "(get (map-lookup %s %s) :%s)"
            .formatted(map.name(), key.text(), struct.fields().get(index));
    if (!kind.isComputed() || draws.below(2) == 0) {
      return draft.effect(
          Construct.MAP_STRUCT,
          "(log " + place + ")",
          machine -> {
            Place found = there(map.found(machine, key.in(machine)));
            machine.logs().add(Shown.of(kind, found.cells().get(index)));
          });
    }
    Term value = expressions.leaf(kind);
    return draft.effect(
        Construct.MAP_STRUCT,
        "(set! " + place + " " + value.text() + ")",
        machine -> {
          Place found = there(map.found(machine, key.in(machine)));
          found.put(index, value.in(machine));
        });
  }

  private static Place there(@Nullable Object found) {
    if (found == null) {
      throw new Signal.Failure(NULL_USED);
    }
    return (Place) found;
  }

  private Term delete(DeclaredMap map, int depth) {
    Term key = key(map, depth);
    return draft.effect(
        map.construct(Construct.MAP_DELETE),
        "(log (map-delete %s %s))".formatted(map.name(), key.text()),
        machine -> {
          boolean there = map.in(machine).delete(map.identity(key.in(machine)));
          machine.logs().add(Boolean.toString(there));
        });
  }

  private Term length(DeclaredMap map) {
    return draft.effect(
        Construct.MAP_LENGTH,
        "(log (map-length " + map.name() + "))",
        machine -> machine.logs().add(Integer.toString(map.in(machine).length())));
  }

  private Term each(DeclaredMap map) {
    String key = map.isPrefixes() ? "(get k :bits) (get k :a) (get k :b)" : "k";
    return draft.effect(
        map.construct(Construct.MAP_EACH),
        "(map-for-each " + map.name() + " (lambda (k v) (log " + key + " v)))",
        machine ->
            map.in(machine)
                .each(
                    (at, value) -> machine.logs().add(map.shownKey(at) + " " + map.shown(value))));
  }

  private Term sequence(DeclaredMap map, int depth) {
    boolean newest = map.type() == DeclaredMap.Type.STACK;
    switch (draws.below(6)) {
      case 0, 1, 2 -> {
        Term value = value(map, depth);
        return draft.effect(
            Construct.QUEUE,
            "(log (map-push %s %s))".formatted(map.name(), value.text()),
            machine -> {
              Object what = value.in(machine);
              machine.logs().add(Integer.toString(map.in(machine).push(what)));
            });
      }
      case 3, 4 -> {
        boolean pops = draws.below(2) == 0;
        return draft.effect(
            Construct.QUEUE,
            "(log (map-%s %s))".formatted(pops ? "pop" : "peek", map.name()),
            machine -> {
              Object found = map.in(machine).end(newest, pops);
              machine.logs().add(map.shown(found));
            });
      }
      default -> {
        return length(map);
      }
    }
  }
}

package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Draws maps of a program, and what is done with them. */
final class Maps {
  private static final int INTRINSIC = 5009;
  private static final int OUT_OF_BOUNDS = 5003;
  private static final String PREFIX = "(define-struct Prefix (bits u32) (a u8) (b u8))";

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;
  private final List<Declared> declared = new ArrayList<>();

  Maps(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** A map of numbers by numbers, or a sequence of numbers. */
  private record Declared(String name, int id, Type type, int most, Kind.Int key, Kind.Int value) {
    Contents in(Machine machine) {
      return machine.contents(id, type.evicts, most, type.isArray());
    }

    String keyText() {
      return type == Type.LPM_TRIE ? "Prefix" : type.isArray() ? "u32" : key.text();
    }
  }

  private enum Type {
    HASH(true, false),
    LRU_HASH(true, true),
    PERCPU_HASH(true, false),
    QUEUE(false, false),
    STACK(false, false),
    ARRAY(true, false),
    PERCPU_ARRAY(true, false),
    LPM_TRIE(true, false);

    private final boolean keyed;
    private final boolean evicts;

    Type(boolean keyed, boolean evicts) {
      this.keyed = keyed;
      this.evicts = evicts;
    }

    boolean isArray() {
      return this == ARRAY || this == PERCPU_ARRAY;
    }
  }

  void declare() {
    int count = draws.below(4);
    for (int i = 0; i < count; i++) {
      int id = draft.number();
      Type type = draws.of(Type.values());
      int most = 1 + draws.below(4);
      Declared map =
          new Declared(
              "map" + id, id, type, most, expressions.integerKind(), expressions.integerKind());
      declared.add(map);
      draft
          .declarations()
          .add(
              "(define-map %s :type %s :max-entries %d%s :value %s)"
                  .formatted(
                      map.name,
                      type,
                      most,
                      type.keyed ? " :key " + map.keyText() : "",
                      map.value.text()));
      if (type == Type.LPM_TRIE && !draft.declarations().contains(PREFIX)) {
        draft.declarations().add(PREFIX);
      }
    }
    draft.setSurroundings(draft.surroundings().withMaps(count));
  }

  /** Uses one of the maps some times and logs what it says. */
  Term use(int depth) {
    if (declared.isEmpty()) {
      return expressions.statements().log(depth);
    }
    Declared map = draws.from(declared);
    List<Term> all = new ArrayList<>();
    StringBuilder text = new StringBuilder("(do");
    for (int i = 1 + draws.below(5); i > 0; i--) {
      Term one =
          map.type.isArray()
              ? array(map, depth)
              : map.type.keyed ? keyed(map, depth) : sequence(map, depth);
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

  private Term keyed(Declared map, int depth) {
    return switch (draws.below(10)) {
      case 0, 1, 2 -> update(map, depth);
      case 3 -> put(map, depth);
      case 4, 5, 6 -> lookup(map, depth);
      case 7 -> delete(map, depth);
      case 8 -> length(map);
      default -> each(map);
    };
  }

  private Term array(Declared map, int depth) {
    switch (draws.below(6)) {
      case 0 -> {
        return length(map);
      }
      case 1 -> {
        return each(map);
      }
      case 2, 3 -> {
        Term index = index();
        return draft.effect(
            Construct.MAP_ARRAY,
            "(log (map-lookup %s %s))".formatted(map.name, index.text()),
            machine -> {
              BigInteger found = map.in(machine).lookup(index.integer(machine));
              machine.logs().add(found == null ? "null" : found.toString());
            });
      }
      default -> {
        Term index = index();
        Term value = expressions.of(map.value, depth);
        return draft.effect(
            Construct.MAP_ARRAY,
            "(set! (map-lookup %s %s) %s)".formatted(map.name, index.text(), value.text()),
            machine -> {
              BigInteger at = index.integer(machine);
              if (at.intValue() >= map.most) {
                throw new Signal.Failure(OUT_OF_BOUNDS);
              }
              map.in(machine).update(at, value.integer(machine), 0);
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
  private Term key(Declared map, int depth) {
    if (map.type == Type.LPM_TRIE) {
      return prefix(depth);
    }
    if (draws.below(4) == 3) {
      return expressions.of(map.key, depth);
    }
    Term leaf = expressions.leaf(map.key);
    return new Term(
        map.key,
        "(bit-and 3 " + leaf.text() + ")",
        false,
        machine -> leaf.integer(machine).and(BigInteger.valueOf(3)));
  }

  private Term update(Declared map, int depth) {
    Term key = key(map, depth);
    Term value = expressions.of(map.value, depth);
    int flag = draws.below(4);
    String flags = flag < 2 ? "" : flag == 2 ? " :noexist" : " :exist";
    boolean logged = draws.below(2) == 0;
    String call = "(map-update %s %s %s%s)".formatted(map.name, key.text(), value.text(), flags);
    return draft.effect(
        Construct.MAP_UPDATE,
        logged ? "(log " + call + ")" : call,
        machine -> {
          BigInteger at = key.integer(machine);
          BigInteger what = value.integer(machine);
          int code = map.in(machine).update(at, what, flag);
          if (logged) {
            machine.logs().add(Integer.toString(code));
          } else if (code != 0) {
            throw new Signal.Failure(INTRINSIC);
          }
        });
  }

  private Term put(Declared map, int depth) {
    Term key = key(map, depth);
    Term value = expressions.of(map.value, depth);
    return draft.effect(
        Construct.MAP_UPDATE,
        "(set! (map-lookup %s %s) %s)".formatted(map.name, key.text(), value.text()),
        machine -> {
          BigInteger at = key.integer(machine);
          BigInteger what = value.integer(machine);
          if (map.in(machine).update(at, what, 0) != 0) {
            throw new Signal.Failure(INTRINSIC);
          }
        });
  }

  private Term lookup(Declared map, int depth) {
    Term key = key(map, depth);
    boolean longest = map.type == Type.LPM_TRIE;
    return draft.effect(
        longest ? Construct.MAP_PREFIX : Construct.MAP_LOOKUP,
        "(log (map-lookup %s %s))".formatted(map.name, key.text()),
        machine -> {
          Contents contents = map.in(machine);
          BigInteger at = key.integer(machine);
          BigInteger found = longest ? contents.longest(at) : contents.lookup(at);
          machine.logs().add(found == null ? "null" : found.toString());
        });
  }

  private Term delete(Declared map, int depth) {
    Term key = key(map, depth);
    return draft.effect(
        Construct.MAP_DELETE,
        "(log (map-delete %s %s))".formatted(map.name, key.text()),
        machine -> {
          boolean there = map.in(machine).delete(key.integer(machine));
          machine.logs().add(Boolean.toString(there));
        });
  }

  private Term length(Declared map) {
    return draft.effect(
        Construct.MAP_LENGTH,
        "(log (map-length " + map.name + "))",
        machine -> machine.logs().add(Integer.toString(map.in(machine).length())));
  }

  private Term each(Declared map) {
    boolean prefixes = map.type == Type.LPM_TRIE;
    String logged = prefixes ? "(get k :bits) (get k :a) (get k :b) v" : "k v";
    return draft.effect(
        Construct.MAP_EACH,
        "(map-for-each " + map.name + " (lambda (k v) (log " + logged + ")))",
        machine ->
            map.in(machine)
                .each(
                    (key, value) ->
                        machine.logs().add((prefixes ? Contents.shown(key) : key) + " " + value)));
  }

  private Term sequence(Declared map, int depth) {
    boolean newest = map.type == Type.STACK;
    switch (draws.below(6)) {
      case 0, 1, 2 -> {
        Term value = expressions.of(map.value, depth);
        return draft.effect(
            Construct.QUEUE,
            "(log (map-push %s %s))".formatted(map.name, value.text()),
            machine -> {
              BigInteger what = value.integer(machine);
              machine.logs().add(Integer.toString(map.in(machine).push(what)));
            });
      }
      case 3, 4 -> {
        boolean pops = draws.below(2) == 0;
        return draft.effect(
            Construct.QUEUE,
            "(log (map-%s %s))".formatted(pops ? "pop" : "peek", map.name),
            machine -> {
              BigInteger found = map.in(machine).end(newest, pops);
              machine.logs().add(found == null ? "null" : found.toString());
            });
      }
      default -> {
        return length(map);
      }
    }
  }
}

package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.analysis.Conduct.Taken;
import dev.ovsm.verifier.analysis.WaySearch.Found;
import dev.ovsm.verifier.analysis.WaySearch.Target;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Follows resources through the instances that a root leads to, callees before callers. */
final class Conducts {
  private static final int ALL = (1 << Phase.COUNT) - 1;

  private static final Optional<Misuse> LEFT = Optional.of(Misuse.LEFT_OPEN);

  private final Instance root;
  private final Fuel fuel;
  private final Map<Instance, Conduct> known = new HashMap<>();
  private final List<Misstep> missteps = new ArrayList<>();
  private final Map<Resource, Integer> counts = new EnumMap<>(Resource.class);
  private final Strays strays = new Strays();

  /** Follows them in so many steps at most, over all resources and functions. */
  Conducts(Instance root, long steps) {
    this.root = root;
    this.fuel = new Fuel(steps);
    for (Instance instance : root.calleesFirst()) {
      known.put(instance, isConcerned(instance) ? follow(instance) : Conduct.NOTHING);
    }
    strays
        .doubtful(known.keySet())
        .ifPresent(stray -> doubtIterators(stray.getValue(), stray.getKey()));
  }

  /** Which iterator is which is not known. */
  private void doubtIterators(Instance instance, Handle stray) {
    missteps.replaceAll(one -> one.resource() == Resource.ITERATOR ? one.uncertain() : one);
    doubt(instance, Resource.ITERATOR, instance.graph().node(stray.anchor()).place());
  }

  /** Whether there were not enough steps: then nothing that was found is certain. */
  boolean isCut() {
    return fuel.isSpent();
  }

  /** What is wrong, each thing once; what cannot be followed may be ended somewhere. */
  List<Misstep> missteps() {
    Set<Resource> doubtful = new HashSet<>();
    missteps.stream()
        .filter(one -> one.misuse().isEmpty())
        .forEach(one -> doubtful.add(one.resource()));
    return missteps.stream()
        .map(
            one ->
                doubtful.contains(one.resource()) && one.misuse().equals(LEFT)
                    ? one.uncertain()
                    : one)
        .distinct()
        .toList();
  }

  /**
   * How many resources of each kind there are, by the places in the code that begin or use them.
   */
  Map<Resource, Integer> counts() {
    return counts;
  }

  private boolean isConcerned(Instance instance) {
    for (Instance callee : instance.calls().values()) {
      if (!Conduct.NOTHING.equals(known.get(callee))) {
        return true;
      }
    }
    return instance.running().stream()
        .anyMatch(
            node ->
                Costs.has(node, Effect.REPLACES)
                    || (node.op() instanceof Op.Syscall call
                        && Syscall.of(call.hash()).flatMap(Resource::act).isPresent()));
  }

  private Conduct follow(Instance instance) {
    Handles handles = new Handles(instance, known, fuel);
    Map<Taken, Long> taken = new LinkedHashMap<>();
    List<Conduct.Wrong> wrongs = new ArrayList<>();
    List<Conduct.Left> left = new ArrayList<>();
    int result = 0;
    handles.doubts().forEach((resource, place) -> doubt(instance, resource, place));
    for (Handle handle : handles.all()) {
      Node anchor = instance.graph().node(handle.anchor());
      if (!fuel.take(instance.ranges().live().length + 4L * instance.returns().size())) {
        doubt(instance, handle.resource(), anchor.place());
        break;
      }
      boolean passed = anchor.op() instanceof Op.Parameter && instance != root;
      boolean iterator = handle.resource() == Resource.ITERATOR;
      if (!passed && handles.left(handle) == null) {
        if (iterator) {
          strays.add(instance, handle);
        }
        if (iterator || !(anchor.op() instanceof Op.Call)) {
          counts.merge(handle.resource(), 1, Integer::sum);
        }
      }
      int before = passed ? before(handle.resource()) : Phase.UNBEGUN.only();
      Course course = new Course(instance, handle, handles.changes(handle), before);
      if (passed) {
        Taken key =
            new Taken(handle.resource(), ((Op.Parameter) anchor.op()).index(), handle.distance());
        taken.put(key, atEnd(instance, course));
        wrongs.addAll(wrongs(instance, handle, handles, course, key));
      } else {
        judge(instance, handle, handles, course);
        result |= returned(instance, handle, course);
        if (handle.resource().mustEnd()) {
          leave(instance, handle, handles, course, left);
        }
      }
    }
    if (result != 0) {
      result |= otherwise(instance, handles);
    }
    return new Conduct(taken, wrongs, result, left, handles.goesOn());
  }

  private static int before(Resource resource) {
    return resource == Resource.RECORD ? ALL & ~Phase.UNBEGUN.only() : ALL & ~Phase.NULL.only();
  }

  /** The pairs when the function returns. */
  private static long atEnd(Instance instance, Course course) {
    return instance.returns().stream()
        .mapToLong(block -> course.leaving(block.id()))
        .reduce(0, (a, b) -> a | b);
  }

  /** Whether a block returns the address of a record. */
  private static boolean returns(Instance instance, Block block, Handle handle) {
    return block.operand() >= 0 && OpenEnds.isAddress(instance, block.operand(), handle);
  }

  /** The phases of a record where the function returns it. */
  private static int returned(Instance instance, Handle handle, Course course) {
    int phases = 0;
    for (Block block : instance.returns()) {
      boolean own = returns(instance, block, handle);
      phases |= own ? Conduct.after(course.leaving(block.id()), Phase.UNBEGUN) : 0;
    }
    return phases & ~Phase.UNBEGUN.only();
  }

  /** What a function that returns records returns elsewhere: null, or what is not followed. */
  private int otherwise(Instance instance, Handles handles) {
    int phases = 0;
    if (!fuel.take((long) handles.all().size() * instance.returns().size())) {
      doubt(instance, Resource.RECORD, instance.graph().place());
      return phases;
    }
    for (Block block : instance.returns()) {
      boolean none = handles.all().stream().noneMatch(one -> returns(instance, block, one));
      if (none) {
        boolean isNull =
            block.operand() >= 0
                && instance.ranges().in(block.operand(), block.id()).equals(Word.constant(0));
        phases |= Phase.NULL.only();
        if (!isNull) {
          doubt(instance, Resource.RECORD, block.place());
        }
      }
    }
    return phases;
  }

  private void doubt(Instance instance, Resource resource, Place place) {
    String function = instance.graph().name();
    missteps.add(new Misstep(Optional.empty(), resource, place, function, List.of(), false));
  }

  /** What goes wrong with an argument's resource, by the phase that it comes in. */
  private List<Conduct.Wrong> wrongs(
      Instance instance, Handle handle, Handles handles, Course course, Taken taken) {
    List<Conduct.Wrong> wrongs = new ArrayList<>();
    Map<Integer, Change> changes = handles.changes(handle);
    changes.forEach(
        (id, change) -> {
          long pairs = before(instance, course, changes, id);
          for (Phase before : Phase.values()) {
            for (Phase phase : Phase.values()) {
              Misuse misuse = change.wrong()[phase.index()];
              if (misuse != null && phase.isIn(Conduct.after(pairs, before))) {
                WaySearch search = new WaySearch(instance, handle, changes, fuel);
                Found found = search.find(before, new Target(misuse, id));
                if (found.way() == null && !found.isComplete()) {
                  doubt(instance, handle.resource(), change.node().place());
                }
                if (found.way() != null) {
                  Place place = change.places()[phase.index()];
                  wrongs.add(new Conduct.Wrong(taken, before, misuse, place));
                }
              }
            }
          }
        });
    return wrongs;
  }

  /** The pairs before a node. */
  private static long before(
      Instance instance, Course course, Map<Integer, Change> changes, int node) {
    int block = instance.graph().node(node).block();
    long pairs = course.entering(block);
    for (int id : instance.graph().block(block).nodes()) {
      if (id == node) {
        break;
      }
      Change change = changes.get(id);
      pairs = change == null ? pairs : Course.applied(pairs, change);
    }
    return pairs;
  }

  /** Judges each change of a resource of the function's own. */
  private void judge(Instance instance, Handle handle, Handles handles, Course course) {
    Map<Integer, Change> changes = handles.changes(handle);
    boolean older = isPerhapsOlder(instance, course, changes);
    changes.forEach(
        (id, change) -> {
          int phases = Conduct.after(before(instance, course, changes, id), Phase.UNBEGUN);
          for (Phase phase : Phase.values()) {
            Misuse misuse = change.wrong()[phase.index()];
            if (misuse != null && phase.isIn(phases)) {
              Place place = change.places()[phase.index()];
              add(instance, handle, handles, new Target(misuse, id), place, older);
            }
          }
        });
  }

  /** Whether a handle gets a callback that only counts if an earlier execution began it. */
  private static boolean isPerhapsOlder(
      Instance instance, Course course, Map<Integer, Change> changes) {
    int either = Phase.UNBEGUN.only() | Phase.READY.only();
    return changes.entrySet().stream()
        .filter(entry -> entry.getValue().after()[Phase.UNBEGUN.index()] == either)
        .mapToLong(entry -> before(instance, course, changes, entry.getKey()))
        .anyMatch(pairs -> Phase.UNBEGUN.isIn(Conduct.after(pairs, Phase.UNBEGUN)));
  }

  /** Notes what is open when a function returns: the root's end is the execution's. */
  private void leave(
      Instance instance, Handle handle, Handles handles, Course course, List<Conduct.Left> left) {
    Conduct.Left inside = handles.left(handle);
    OpenEnds ends = new OpenEnds(instance, handle, course, inside);
    if (!ends.areAny()) {
      return;
    }
    Place place =
        inside != null
            ? inside.begun()
            : handle.resource() == Resource.ITERATOR
                ? first(handles.changes(handle))
                : instance.graph().node(handle.anchor()).place();
    if (instance != root) {
      left.add(new Conduct.Left(handle.resource(), place, ends.results(), ends.seconds()));
    } else if (ends.areGood()) {
      add(instance, handle, handles, new Target(Misuse.LEFT_OPEN, Target.END), place, false);
    }
  }

  private static Place first(Map<Integer, Change> changes) {
    return changes.entrySet().stream()
        .min(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue().node().place())
        .orElseThrow();
  }

  private void add(
      Instance instance,
      Handle handle,
      Handles handles,
      Target target,
      Place place,
      boolean older) {
    Found found =
        new WaySearch(instance, handle, handles.changes(handle), fuel).find(Phase.UNBEGUN, target);
    if (found.way() == null && found.isComplete()) {
      return;
    }
    missteps.add(
        new Misstep(
            Optional.of(target.misuse()),
            handle.resource(),
            place,
            instance.graph().name(),
            Objects.requireNonNullElse(found.way(), List.of()),
            found.way() != null && handles.left(handle) == null && !older));
  }
}

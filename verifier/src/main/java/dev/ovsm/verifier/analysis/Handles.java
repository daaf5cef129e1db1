package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.analysis.Conduct.Taken;
import dev.ovsm.verifier.analysis.Resource.Act;
import dev.ovsm.verifier.analysis.Resource.Event;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resources that an instance handles, and what each of its nodes does to each of them.
 *
 * <p>What cannot be followed is a doubt about all resources of its kind.
 */
final class Handles {
  /** What a change costs, in visits of blocks. */
  private static final int STEPS = 20;

  private final Instance instance;
  private final Graph graph;
  private final Map<Instance, Conduct> conducts;
  private final Map<Handle, Map<Integer, Change>> changes = new LinkedHashMap<>();
  private final Map<Handle, Conduct.Left> left = new HashMap<>();
  private final Map<Resource, Place> doubts = new LinkedHashMap<>();
  private final Set<Resource> kinds = EnumSet.noneOf(Resource.class);
  private final Set<Integer> records = new HashSet<>();
  private final Map<Fixed, Handle> places = new HashMap<>();
  private final Map<Handle, Long> addresses = new HashMap<>();
  private final Fuel fuel;
  private boolean goesOn;

  /** Those of an instance; the conduct of its callees is known. */
  Handles(Instance instance, Map<Instance, Conduct> conducts, Fuel fuel) {
    this.fuel = fuel;
    this.instance = instance;
    this.graph = instance.graph();
    this.conducts = conducts;
    instance.running().forEach(this::begin);
    instance.running().forEach(this::handle);
    instance.running().forEach(this::touch);
  }

  /** The resources. */
  Set<Handle> all() {
    return changes.keySet();
  }

  /** What nodes do to a resource, by node. */
  Map<Integer, Change> changes(Handle handle) {
    return changes.getOrDefault(handle, Map.of());
  }

  /** Where something of a kind cannot be followed. */
  Map<Resource, Place> doubts() {
    return doubts;
  }

  /** Whether a node may go on in another entry. */
  boolean goesOn() {
    return goesOn;
  }

  /** What a callee may have left open; null if this function began it. */
  Conduct.@Nullable Left left(Handle handle) {
    return left.get(handle);
  }

  /** Whether a node's value is the address of a record, or lies near it. */
  private boolean isRecord(int node) {
    return records.contains(instance.anchors().anchor(node));
  }

  /** Notes where records come from. */
  private void begin(Node node) {
    if (node.op() instanceof Op.Syscall call && call.hash() == Syscall.SOL_RINGBUF_RESERVE.hash()) {
      begin(node, Change.of(node, Resource.RECORD, Event.BEGIN));
    } else if (node.op() instanceof Op.Call) {
      Conduct conduct = conduct(node);
      if (conduct.result() != 0) {
        Change change = Change.to(node, conduct.result());
        change.wrong()[Phase.OPEN.index()] = Misuse.BEGUN_AGAIN;
        begin(node, change);
      }
      for (int i = 0; i < conduct.left().size(); i++) {
        Conduct.Left one = conduct.left().get(i);
        Handle hidden = new Handle(one.resource(), node.id(), Long.MIN_VALUE + i);
        put(hidden, Change.to(node, Phase.UNBEGUN.only() | Phase.OPEN.only()));
        left.put(hidden, one);
      }
    }
  }

  private void begin(Node node, Change change) {
    int value = instance.ranges().numbers().of(node.id());
    records.add(value);
    put(new Handle(Resource.RECORD, value, 0), change);
  }

  private void put(Handle handle, Change change) {
    if (!fuel.take(STEPS)) {
      doubts.putIfAbsent(handle.resource(), change.node().place());
      return;
    }
    kinds.add(handle.resource());
    Map<Integer, Change> all = changes.computeIfAbsent(handle, h -> new HashMap<>());
    if (all.put(change.node().id(), change) != null) {
      doubts.putIfAbsent(handle.resource(), change.node().place());
    }
  }

  private Conduct conduct(Node call) {
    Instance callee = instance.calls().get(call.id());
    return callee == null ? Conduct.NOTHING : conducts.getOrDefault(callee, Conduct.NOTHING);
  }

  private void handle(Node node) {
    if (node.op() instanceof Op.Syscall call) {
      Optional<Act> act = Syscall.of(call.hash()).flatMap(Resource::act);
      boolean begins = act.filter(a -> a.resource() == Resource.RECORD).isPresent();
      if (act.isPresent() && !(begins && act.get().event() == Event.BEGIN)) {
        act(node, act.get());
      }
      goesOn |= Costs.has(node, Effect.REPLACES);
    } else if (node.op() instanceof Op.Call) {
      Conduct conduct = conduct(node);
      goesOn |= conduct.goesOn();
      conduct.taken().forEach((taken, pairs) -> pass(node, conduct, taken, pairs));
    }
  }

  private void act(Node node, Act act) {
    Handle handle = resolve(act.resource(), node.input(0), node.block(), 0);
    if (handle == null) {
      doubts.putIfAbsent(act.resource(), node.place());
      return;
    }
    if (act.resource() == Resource.RECORD && handle.distance() != 0) {
      Change change = Change.wrongIn(node, Phase.OPEN, Misuse.WRONG_ADDRESS);
      put(new Handle(Resource.RECORD, handle.anchor(), 0), change);
      return;
    }
    note(handle);
    put(handle, Change.of(node, act.resource(), act.event()));
  }

  /** What an argument leads to may be a record too, as what is done with it tells. */
  private void note(Handle handle) {
    if (handle.resource() == Resource.RECORD && handle.distance() == 0) {
      records.add(handle.anchor());
    }
  }

  /** The resource at a distance from a node's value; null if it cannot be followed. */
  private @Nullable Handle resolve(Resource resource, int node, int block, long distance) {
    Step step = instance.anchors().distance(node);
    int anchor = instance.anchors().anchor(node);
    Op op = graph.node(anchor).op();
    boolean known =
        switch (resource) {
          case RECORD -> records.contains(anchor) || op instanceof Op.Parameter;
          case ITERATOR ->
              op instanceof Op.Address
                  || op instanceof Op.Parameter
                  || Strays.isOne(instance, graph.node(anchor));
          case TIMER, QUEUE -> true;
        };
    if (!known || !step.isFixed()) {
      return null;
    }
    Handle handle = new Handle(resource, anchor, step.low() + distance);
    Word address = instance.ranges().in(node, block);
    if (!resource.lasts() || !address.isConstant()) {
      return handle;
    }
    long place = address.umin() + distance;
    Handle first = places.computeIfAbsent(new Fixed(resource, place), f -> handle);
    addresses.put(first, place);
    return first;
  }

  /** A place that the program knows as a number, however it comes to it. */
  private record Fixed(Resource resource, long address) {}

  /** What a callee does to a resource that an argument leads to. */
  private void pass(Node node, Conduct conduct, Taken taken, long pairs) {
    Word argument = instance.ranges().in(node.input(taken.argument()), node.block());
    if (taken.resource() == Resource.RECORD && argument.equals(Word.constant(0))) {
      return;
    }
    int input = node.input(taken.argument());
    Handle handle = resolve(taken.resource(), input, node.block(), taken.distance());
    if (handle == null) {
      doubts.putIfAbsent(taken.resource(), node.place());
      return;
    }
    note(handle);
    Change change = Change.nothing(node);
    for (Phase phase : Phase.values()) {
      int after = Conduct.after(pairs, phase);
      change.after()[phase.index()] = after;
      Conduct.Wrong wrong = conduct.wrong(taken, phase);
      if (wrong != null) {
        change.wrong()[phase.index()] = wrong.misuse();
        change.places()[phase.index()] = wrong.place();
      }
    }
    put(handle, change);
  }

  /** What else a node means for resources that are known by now. */
  private void touch(Node node) {
    if (node.op() instanceof Op.CallIndirect) {
      doubtAll(node);
    }
    for (int i = 0; i < node.inputs().length; i++) {
      if (isRecord(node.input(i))) {
        touch(node, i);
      }
    }
    boolean replaces =
        node.op() instanceof Op.Syscall
            ? Costs.has(node, Effect.REPLACES)
            : node.op() instanceof Op.Call && conduct(node).goesOn();
    if (replaces && hasFuel(node)) {
      for (Handle handle : all()) {
        if (handle.resource().mustEnd() && !changes(handle).containsKey(node.id())) {
          put(handle, Change.wrongIn(node, Phase.OPEN, Misuse.LEFT_OPEN));
        }
      }
    }
    prepare(node);
  }

  /** Whether it can be looked at all resources once more; if not, they are doubtful. */
  private boolean hasFuel(Node node) {
    boolean enough = fuel.take(all().size());
    if (!enough) {
      doubtAll(node);
    }
    return enough;
  }

  private void doubtAll(Node node) {
    kinds.forEach(kind -> doubts.putIfAbsent(kind, node.place()));
  }

  /** A record's address as an input: memory there is used, or the address is put away. */
  private void touch(Node node, int input) {
    Handle handle = new Handle(Resource.RECORD, instance.anchors().anchor(node.input(input)), 0);
    Op op = node.op();
    if (op instanceof Op.Store && input == 1) {
      if (!isSpill(node)) {
        doubts.putIfAbsent(Resource.RECORD, node.place());
      }
      return;
    }
    boolean uses =
        op instanceof Op.Load
            || op instanceof Op.Store
            || op instanceof Op.Copy
            || op instanceof Op.Zero
            || op instanceof Op.Syscall
            || op instanceof Op.Call;
    if (uses && !changes(handle).containsKey(node.id())) {
      Change change = Change.of(node, Resource.RECORD, Event.USE);
      if (op instanceof Op.Call || op instanceof Op.Syscall) {
        change.wrong()[Phase.NULL.index()] = null;
      }
      change.wrong()[Phase.UNBEGUN.index()] = null;
      put(handle, change);
    }
  }

  /** Whether a store goes to a fixed place of the own frame, from where it is followed. */
  private boolean isSpill(Node store) {
    int address = store.input(0);
    return instance.anchors().distance(address).isFixed()
        && graph.node(instance.anchors().anchor(address)).op() instanceof Op.Address;
  }

  /** After a callback was set somewhere, any handle of its kind may have one. */
  private void prepare(Node node) {
    for (Resource resource : List.of(Resource.TIMER, Resource.QUEUE)) {
      if (prepares(node, resource) && hasFuel(node)) {
        List<Handle> prepared =
            all().stream().filter(one -> changes(one).containsKey(node.id())).toList();
        for (Handle handle : List.copyOf(all())) {
          boolean other = prepared.stream().allMatch(one -> areApart(one, handle));
          if (handle.resource() == resource && !prepared.contains(handle) && !other) {
            put(handle, Change.to(node, Phase.READY.only()));
          }
        }
      }
    }
  }

  private boolean areApart(Handle one, Handle other) {
    Long place = addresses.get(one);
    Long away = addresses.get(other);
    if (place == null || away == null) {
      return one.isApart(other);
    }
    return !place.equals(away);
  }

  private boolean prepares(Node node, Resource resource) {
    if (node.op() instanceof Op.Syscall call) {
      return Syscall.of(call.hash())
          .flatMap(Resource::act)
          .filter(act -> act.equals(new Act(resource, Event.PREPARE)))
          .isPresent();
    }
    List<Taken> taken = new ArrayList<>();
    if (node.op() instanceof Op.Call) {
      conduct(node).taken().forEach((one, pairs) -> taken.add(one));
    }
    return taken.stream().anyMatch(one -> one.resource() == resource);
  }
}

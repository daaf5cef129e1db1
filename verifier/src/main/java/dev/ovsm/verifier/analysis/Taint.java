package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Effect;
import dev.ovsm.verifier.analysis.Trail.Kind;
import dev.ovsm.verifier.analysis.Trail.Spot;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where values that a callback must not depend on flow: through operations and memory, and through
 * decisions, since what runs only if a test went a certain way tells how it went.
 *
 * <p>Labels, a bit for each {@link Source}, only grow, in values, memory and decisions alike, so
 * that the order of execution does not matter and the result is one for all executions. A decision
 * that may end the execution counts for everything after it.
 */
final class Taint {
  private final Scope scope;
  private final Map<Integer, State> states = new HashMap<>();
  private final Trail trail = new Trail();
  private final Map<String, Flow> flows = new LinkedHashMap<>();
  private final TaintedMemory memory;
  private boolean changed;

  /**
   * Follows values through the functions of a scope.
   *
   * @param untyped whether any word may be an address
   */
  Taint(Scope scope, boolean untyped) {
    this.scope = scope;
    List<Integer> functions = scope.functions();
    this.memory = new TaintedMemory(scope, new Pointers(scope, untyped), trail, untyped);
    functions.forEach(function -> states.put(function, new State(scope.graph(function))));
    do {
      changed = false;
      functions.forEach(this::pass);
      changed |= memory.changed();
    } while (changed);
  }

  /** One flow for every source and kind of sink, in the order of discovery. */
  List<Flow> flows() {
    return List.copyOf(flows.values());
  }

  private State state(int function) {
    State state = states.get(function);
    if (state == null) {
      throw new IllegalArgumentException("function " + function + " is not reached");
    }
    return state;
  }

  private void pass(int function) {
    Graph graph = scope.graph(function);
    for (int id : graph.cfg().order()) {
      if (scope.ranges(function).reaches(id)) {
        new BlockPass(function, graph.block(id)).run();
      }
    }
  }

  /** One pass over a block. */
  private final class BlockPass {
    private final int function;
    private final State state;
    private final Block block;
    private final Graph graph;
    private long decided;
    private Spot decider;

    BlockPass(int function, Block block) {
      this.function = function;
      this.block = block;
      this.state = state(function);
      this.graph = scope.graph(function);
      this.decided = state.entry | state.decisions[block.id()];
      this.decider =
          state.decisions[block.id()] != 0
              ? new Spot(Kind.DECISION, function, block.id())
              : new Spot(Kind.ENTRY, function, 0);
    }

    void run() {
      long before = decided;
      for (int node : block.nodes()) {
        visit(graph.node(node));
      }
      long ended = decided & ~before;
      if (ended != 0) {
        decide(state.control.onEnd(block.id()), ended, decider, "whether control goes on");
      }
      leave();
    }

    private void leave() {
      Place place = block.place();
      switch (block.exit()) {
        case BRANCH -> {
          List<Integer> dependent = state.control.onBranch(block.id());
          Spot operand = new Spot(Kind.VALUE, function, block.operand());
          decide(dependent, state.values[block.operand()], operand, "a decision by it");
          decide(dependent, state.decisions[block.id()], decider, "what follows");
        }
        case RETURN -> {
          long value = block.operand() < 0 ? 0 : state.values[block.operand()];
          Spot result = new Spot(Kind.RESULT, function, 0);
          if (block.operand() >= 0) {
            Spot operand = new Spot(Kind.VALUE, function, block.operand());
            trail.extend(result, value, operand, place, "returned");
          }
          trail.extend(result, decided, decider, place, "returned here or not");
          state.result = grow(state.result, value | decided);
          if (function == scope.root()) {
            sink(Sink.OUTCOME, state.result, result, place);
          }
        }
        case FAIL -> {
          long value = block.operand() < 0 ? 0 : state.values[block.operand()];
          end(decided, decider, place);
          end(value, new Spot(Kind.VALUE, function, Math.max(block.operand(), 0)), place);
        }
        case JUMP, NONE -> {}
      }
    }

    /** Whether the whole execution ends here depends on labels. */
    private void end(long labels, Spot from, Place place) {
      Spot ending = new Spot(Kind.ENDING, function, 0);
      trail.extend(ending, labels, from, place, "ends the execution or not");
      state.ending = grow(state.ending, labels);
      sink(Sink.OUTCOME, labels, from, place);
    }

    private void decide(List<Integer> blocks, long labels, Spot from, String text) {
      if (labels == 0) {
        return;
      }
      for (int dependent : blocks) {
        Spot to = new Spot(Kind.DECISION, function, dependent);
        trail.extend(to, labels, from, graph.block(dependent).place(), text);
        state.decisions[dependent] = grow(state.decisions[dependent], labels);
      }
    }

    /** What may end the execution here decides on all that follows. */
    private void mayEnd(long labels, Spot from, Place place) {
      if ((labels & ~decided) != 0) {
        end(labels, from, place);
        decided |= labels;
        decider = from;
      }
    }

    /** Labels a value, unless it is the same in every execution and so tells nothing. */
    private void value(Node node, long labels, Spot from, String text) {
      if (scope.ranges(function).of(node.id()).isConstant()) {
        return;
      }
      trail.extend(new Spot(Kind.VALUE, function, node.id()), labels, from, node.place(), text);
      state.values[node.id()] = grow(state.values[node.id()], labels);
    }

    private void visit(Node node) {
      Op op = node.op();
      long inputs = 0;
      for (int input : node.inputs()) {
        inputs |= state.values[input];
      }
      if (op instanceof Op.Parameter parameter) {
        Spot spot = new Spot(Kind.PARAMETER, function, parameter.index());
        value(node, state.parameters[parameter.index()], spot, "passed");
      } else if (op instanceof Op.Phi) {
        merge(node);
      } else if (op instanceof Op.Call call) {
        call(node, call.callee());
      } else if (op instanceof Op.Syscall call) {
        syscall(node, call, inputs);
      } else if (op instanceof Op.SecondOf) {
        second(node);
      } else if (op instanceof Op.Second) {
        operands(node, "returned besides");
        state.second = grow(state.second, inputs | decided);
        Spot second = new Spot(Kind.SECOND, function, 0);
        trail.extend(second, inputs, first(node), node.place(), "returned besides");
        trail.extend(second, decided, decider, node.place(), "returned here or not");
      } else if (op instanceof Op.CallIndirect) {
        begin(node, Source.UNKNOWN_CALL);
      } else {
        operands(node, "computed from it");
        access(node, inputs);
        if (inputs != 0 && Arithmetics.canFail(scope.ranges(function), node)) {
          mayEnd(inputs, first(node), node.place());
        }
      }
    }

    /** The first tainted input of a node. */
    private Spot first(Node node) {
      for (int input : node.inputs()) {
        if (state.values[input] != 0) {
          return new Spot(Kind.VALUE, function, input);
        }
      }
      return decider;
    }

    private void operands(Node node, String text) {
      for (int input : node.inputs()) {
        value(node, state.values[input], new Spot(Kind.VALUE, function, input), text);
      }
    }

    private void merge(Node node) {
      operands(node, "one of several");
      for (int predecessor : block.predecessors()) {
        if (graph.cfg().isReachable(predecessor)) {
          Spot from = new Spot(Kind.DECISION, function, predecessor);
          value(node, state.decisions[predecessor], from, "set here or not");
        }
      }
    }

    private void access(Node node, long inputs) {
      Op op = node.op();
      long labels = inputs | decided;
      Spot from = inputs != 0 ? first(node) : decider;
      if (op instanceof Op.Load load) {
        mayEnd(state.values[node.input(0)], first(node), node.place());
        long found = read(node, 0, load.bytes());
        value(node, found, TaintedMemory.SPOT, "read");
      } else if (op instanceof Op.Store store) {
        write(node, store.bytes(), labels, from);
      } else if (op instanceof Op.Zero zero) {
        write(node, zero.bytes(), labels, from);
      } else if (op instanceof Op.Copy copy) {
        long found = read(node, 1, copy.bytes());
        write(node, copy.bytes(), labels | found, found == 0 ? from : TaintedMemory.SPOT);
      }
    }

    private long read(Node node, int input, long bytes) {
      return memory.read(function, node, node.input(input), bytes, id -> state.values[id]);
    }

    private void write(Node node, long bytes, long labels, Spot from) {
      mayEnd(state.values[node.input(0)], first(node), node.place());
      memory.write(function, node, node.input(0), bytes, labels, from);
      if (memory.isAccount(function, node.input(0))) {
        sink(Sink.ACCOUNT, labels, from, node.place());
      }
    }

    private void call(Node node, int callee) {
      if (!scope.has(callee)) {
        return;
      }
      State called = state(callee);
      for (int i = 0; i < Math.min(called.parameters.length, node.inputs().length); i++) {
        long labels = state.values[node.input(i)];
        Spot from = new Spot(Kind.VALUE, function, node.input(i));
        trail.extend(new Spot(Kind.PARAMETER, callee, i), labels, from, node.place(), "passed on");
        called.parameters[i] = grow(called.parameters[i], labels);
      }
      trail.extend(
          new Spot(Kind.ENTRY, callee, 0), decided, decider, node.place(), "called or not");
      called.entry = grow(called.entry, decided);
      value(node, called.result, new Spot(Kind.RESULT, callee, 0), "returned");
      mayEnd(called.ending, new Spot(Kind.ENDING, callee, 0), node.place());
    }

    private void second(Node node) {
      if (graph.node(node.input(0)).op() instanceof Op.Call call && scope.has(call.callee())) {
        Spot from = new Spot(Kind.SECOND, call.callee(), 0);
        value(node, state(call.callee()).second, from, "returned besides");
      } else {
        operands(node, "returned besides");
      }
    }

    private void syscall(Node node, Op.Syscall call, long inputs) {
      TaintedMemory.Call made = memory.call(function, node, call, id -> state.values[id]);
      long labels = inputs | made.read() | decided;
      Spot from = inputs != 0 ? first(node) : made.read() != 0 ? TaintedMemory.SPOT : decider;
      made.sinks().forEach(sink -> sink(sink, labels, from, node.place()));
      operands(node, "passed to the runtime");
      value(node, made.read(), TaintedMemory.SPOT, "read by the runtime");
      if (made.result() != null) {
        begin(node, made.result());
      }
      memory.write(function, node, call, labels, from);
      if (memory.writesAccount(function, node, call)) {
        sink(Sink.ACCOUNT, labels, from, node.place());
      }
      mayEnd(inputs, from, node.place());
      if (Costs.has(node, Effect.NO_RETURN)) {
        end(decided, decider, node.place());
      }
    }

    private void begin(Node node, Source source) {
      trail.begin(new Spot(Kind.VALUE, function, node.id()), source, node.place());
      state.values[node.id()] = grow(state.values[node.id()], source.label());
    }

    private long grow(long labels, long more) {
      changed |= (labels | more) != labels;
      return labels | more;
    }

    private void sink(Sink sink, long labels, Spot from, Place place) {
      for (Source source : Source.values()) {
        String key = source + " " + sink;
        if ((labels & source.label()) != 0 && !flows.containsKey(key)) {
          List<Flow.Step> path = new ArrayList<>(trail.path(from, source));
          path.add(new Flow.Step(place, sink.text()));
          flows.put(key, new Flow(source, sink, path));
        }
      }
    }
  }

  /** What is known of one function so far. */
  private static final class State {
    private final ControlDependence control;
    private final long[] values;
    private final long[] decisions;
    private final long[] parameters = new long[5];
    private long entry;
    private long result;
    private long second;
    private long ending;

    State(Graph graph) {
      this.control = new ControlDependence(graph);
      this.values = new long[graph.nodes().size()];
      this.decisions = new long[graph.blocks().size()];
    }
  }
}

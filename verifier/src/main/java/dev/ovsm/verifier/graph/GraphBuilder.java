package dev.ovsm.verifier.graph;

import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block.Exit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a {@link Graph} block by block; it keeps the promises of {@link Block} by splitting edges.
 *
 * <p>Blocks are made first, then filled, each once. Block 0 is the entry; control must not return
 * to it.
 */
public final class GraphBuilder {
  private final String name;
  private final int parameters;
  private final Place place;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Draft> drafts = new ArrayList<>();
  private final Map<Long, Integer> constants = new LinkedHashMap<>();
  private int current;

  public GraphBuilder(String name, int parameters, Place place) {
    this.name = name;
    this.parameters = parameters;
    this.place = place;
  }

  /** A new, empty block. */
  public int block(Place at) {
    drafts.add(new Draft(at));
    return drafts.size() - 1;
  }

  /** Makes a block the one that nodes are added to. */
  public void enter(int block) {
    current = block;
  }

  /** A node that was added. */
  public Node node(int id) {
    return nodes.get(id);
  }

  /** How many arguments the function takes. */
  public int parameters() {
    return parameters;
  }

  /** The block that nodes are added to. */
  public int current() {
    return current;
  }

  /** Adds an operation to the current block. */
  public int add(Op op, Place at, int... inputs) {
    return add(current, op, at, inputs);
  }

  private int add(int block, Op op, Place at, int... inputs) {
    int id = nodes.size();
    nodes.add(new Node(id, block, op, inputs, at));
    drafts.get(block).nodes.add(id);
    return id;
  }

  /** A constant, defined once at the beginning of the graph. */
  public int constant(long value) {
    return constants.computeIfAbsent(
        value,
        v -> {
          int id = nodes.size();
          nodes.add(new Node(id, 0, new Op.Constant(v), new int[0], place));
          drafts.get(0).leading.add(id);
          return id;
        });
  }

  /** Adds a phi of any words to a block; those who go there bring its inputs. */
  public int phi(int block, Place at) {
    return phi(block, at, Word.any());
  }

  /** Adds a phi whose inputs are within a set to a block; those who go there bring its inputs. */
  public int phi(int block, Place at, Word within) {
    int id = nodes.size();
    nodes.add(new Node(id, block, new Op.Phi(within), new int[0], at));
    drafts.get(block).phis.add(id);
    return id;
  }

  /** Adds compute units to the current block. */
  public void charge(long units) {
    drafts.get(current).cost += units;
  }

  /** Ends the current block in an unconditional jump; {@code arguments} are its target's phis'. */
  public void jump(int target, int... arguments) {
    end(Exit.JUMP, -1);
    edge(target, List.of(), arguments);
  }

  /** Ends the current block in a decision by {@code operand}; {@link #edge} adds the ways out. */
  public void branch(int operand) {
    end(Exit.BRANCH, operand);
  }

  /** Adds a way out of the current block, which is only taken if the facts hold. */
  public void edge(int target, List<Fact> facts, int... arguments) {
    drafts.get(current).edges.add(new Edge(target, facts, arguments));
  }

  /** Ends the current block without a successor. */
  public void end(Exit exit, int operand) {
    Draft draft = drafts.get(current);
    draft.exit = exit;
    draft.operand = operand;
  }

  /** The fact as it holds between nodes. */
  public static Fact fact(Relation relation, int left, int right) {
    return new Fact(relation, left, right);
  }

  /** The finished graph; the builder is of no further use. */
  public Graph build() {
    splitEdges();
    if (drafts.stream().anyMatch(draft -> draft.edges.stream().anyMatch(e -> e.target == 0))) {
      throw new IllegalStateException("control returns to the entry of " + name);
    }
    List<List<Integer>> predecessors = new ArrayList<>();
    drafts.forEach(draft -> predecessors.add(new ArrayList<>()));
    for (int block = 0; block < drafts.size(); block++) {
      for (Edge edge : drafts.get(block).edges) {
        predecessors.get(edge.target).add(block);
      }
    }
    List<Block> blocks = new ArrayList<>();
    for (int block = 0; block < drafts.size(); block++) {
      blocks.add(finish(block, predecessors.get(block)));
    }
    return new Graph(name, parameters, nodes, blocks, place);
  }

  /** Puts a block on every edge that carries facts or goes from several ways out to several in. */
  private void splitEdges() {
    int[] ways = new int[drafts.size()];
    drafts.forEach(draft -> draft.edges.forEach(edge -> ways[edge.target]++));
    int before = drafts.size();
    for (int block = 0; block < before; block++) {
      List<Edge> edges = drafts.get(block).edges;
      for (int i = 0; i < edges.size(); i++) {
        Edge edge = edges.get(i);
        boolean shared = ways[edge.target] > 1 || !drafts.get(edge.target).phis.isEmpty();
        if (edges.size() > 1 && shared) {
          int middle = block(drafts.get(edge.target).place);
          drafts.get(middle).facts.addAll(edge.facts);
          drafts.get(middle).edges.add(new Edge(edge.target, List.of(), edge.arguments));
          drafts.get(middle).exit = Exit.JUMP;
          edges.set(i, new Edge(middle, List.of(), new int[0]));
        } else {
          drafts.get(edge.target).facts.addAll(edge.facts);
        }
      }
    }
  }

  private Block finish(int block, List<Integer> predecessors) {
    Draft draft = drafts.get(block);
    for (int i = 0; i < draft.phis.size(); i++) {
      int phi = draft.phis.get(i);
      int[] inputs = new int[predecessors.size()];
      for (int p = 0; p < inputs.length; p++) {
        inputs[p] = drafts.get(predecessors.get(p)).edges.get(0).arguments[i];
      }
      Node empty = nodes.get(phi);
      nodes.set(phi, new Node(phi, block, empty.op(), inputs, empty.place()));
    }
    List<Integer> all = new ArrayList<>(draft.phis);
    all.addAll(draft.leading);
    all.addAll(draft.nodes);
    return new Block(
        block,
        ints(all),
        draft.edges.stream().mapToInt(edge -> edge.target).toArray(),
        ints(predecessors),
        draft.facts,
        draft.exit,
        draft.operand,
        draft.cost,
        draft.place);
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  private record Edge(int target, List<Fact> facts, int[] arguments) {}

  private static final class Draft {
    private final Place place;
    private final List<Integer> phis = new ArrayList<>();
    private final List<Integer> leading = new ArrayList<>();
    private final List<Integer> nodes = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private Exit exit = Exit.NONE;
    private int operand = -1;
    private long cost;

    Draft(Place place) {
      this.place = place;
    }
  }
}

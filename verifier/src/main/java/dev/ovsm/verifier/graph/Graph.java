package dev.ovsm.verifier.graph;

import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A function in SSA form: every node is dominated by its inputs, except that a phi's inputs
 * dominate the ends of the predecessors. Block 0 is the entry and has no predecessor.
 */
public final class Graph {
  private final String name;
  private final int parameters;
  private final List<Node> nodes;
  private final List<Block> blocks;
  private final Place place;
  private final Node[] nodeOf;
  private final Block[] blockOf;
  private final Cfg cfg;
  private final Dominators dominators;
  private final LoopForest loops;
  private final List<Part> parts;

  Graph(String name, int parameters, List<Node> nodes, List<Block> blocks, Place place) {
    this.name = name;
    this.parameters = parameters;
    this.nodes = List.copyOf(nodes);
    this.blocks = List.copyOf(blocks);
    this.nodeOf = nodes.toArray(Node[]::new);
    this.blockOf = blocks.toArray(Block[]::new);
    this.place = place;
    this.cfg = Cfg.of(blocks.stream().map(Block::successors).toArray(int[][]::new));
    this.dominators = new Dominators(cfg);
    this.loops = LoopForest.of(cfg);
    this.parts = parts(cfg);
  }

  public String name() {
    return name;
  }

  /** How many arguments it takes, at most five. */
  public int parameters() {
    return parameters;
  }

  public List<Node> nodes() {
    return nodes;
  }

  public Node node(int id) {
    return nodeOf[id];
  }

  public List<Block> blocks() {
    return blocks;
  }

  public Block block(int id) {
    return blockOf[id];
  }

  public Place place() {
    return place;
  }

  public Cfg cfg() {
    return cfg;
  }

  public Dominators dominators() {
    return dominators;
  }

  public LoopForest loops() {
    return loops;
  }

  /** The reachable blocks in parts, each after those from which control comes to it. */
  public List<Part> parts() {
    return parts;
  }

  /**
   * A block by itself, or the blocks that can be reached from each other.
   *
   * @param blocks in reverse postorder
   */
  public record Part(int[] blocks, boolean isCyclic) {}

  private static List<Part> parts(Cfg cfg) {
    int[][] successors = new int[cfg.size()][];
    for (int block = 0; block < successors.length; block++) {
      successors[block] = cfg.isReachable(block) ? cfg.successors(block) : new int[0];
    }
    Components components = new Components(successors);
    List<Part> parts = new ArrayList<>();
    for (int[] members : components.successorsFirst()) {
      if (cfg.isReachable(members[0])) {
        int[] places = IntStream.of(members).map(cfg::position).sorted().toArray();
        int[] blocks = IntStream.of(places).map(place -> cfg.order()[place]).toArray();
        parts.add(new Part(blocks, components.isCyclic(members[0])));
      }
    }
    Collections.reverse(parts);
    return List.copyOf(parts);
  }
}

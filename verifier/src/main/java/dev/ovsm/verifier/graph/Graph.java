package dev.ovsm.verifier.graph;

import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import java.util.List;

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
  private final Cfg cfg;
  private final Dominators dominators;
  private final LoopForest loops;

  Graph(String name, int parameters, List<Node> nodes, List<Block> blocks, Place place) {
    this.name = name;
    this.parameters = parameters;
    this.nodes = List.copyOf(nodes);
    this.blocks = List.copyOf(blocks);
    this.place = place;
    this.cfg = Cfg.of(blocks.stream().map(Block::successors).toArray(int[][]::new));
    this.dominators = new Dominators(cfg);
    this.loops = LoopForest.of(cfg);
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
    return nodes.get(id);
  }

  public List<Block> blocks() {
    return blocks;
  }

  public Block block(int id) {
    return blocks.get(id);
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
}

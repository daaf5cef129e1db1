package dev.ovsm.verifier.lift;

import dev.ovsm.elf.Manifest;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an entrypoint selects entries: by comparing a word that it loads with their discriminators.
 *
 * <p>Whatever a program tells of its entries, together with what is left of the entrypoint where no
 * comparison holds they are all that it executes.
 */
final class Dispatch {
  private final Map<Long, List<Node>> compared = new HashMap<>();

  Dispatch(Graph graph) {
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Compare
          && isLoadedOnce(graph, graph.node(node.input(0)))
          && graph.node(node.input(1)).op() instanceof Op.Constant constant) {
        compared.computeIfAbsent(constant.value(), value -> new ArrayList<>()).add(node);
      }
    }
  }

  private static boolean isLoadedOnce(Graph graph, Node node) {
    return node.op() instanceof Op.Load load
        && load.bytes() == Long.BYTES
        && graph.loops().innermost(node.block()) < 0;
  }

  /**
   * The comparisons of one word with a discriminator; none if there is no such word, or if there
   * are several.
   */
  private List<Node> selecting(long discriminator) {
    List<Node> all = compared.getOrDefault(discriminator, List.of());
    boolean one = all.stream().map(node -> node.input(0)).distinct().count() == 1;
    return one ? all : List.of();
  }

  /** The first comparison that selects an entry; without one all that is executed may be its. */
  Optional<Node> selecting(Manifest.Entry entry) {
    return selecting(entry.discriminator()).stream().findFirst();
  }

  /** What comparisons hold while none of some entries is selected. */
  Map<Integer, Word> others(List<Manifest.Entry> entries) {
    Map<Integer, Word> premises = new HashMap<>();
    for (Manifest.Entry entry : entries) {
      for (Node node : selecting(entry.discriminator())) {
        Relation relation = ((Op.Compare) node.op()).relation();
        if (relation == Relation.EQ || relation == Relation.NE) {
          premises.put(node.id(), Word.constant(relation == Relation.EQ ? 0 : 1));
        }
      }
    }
    return premises;
  }
}

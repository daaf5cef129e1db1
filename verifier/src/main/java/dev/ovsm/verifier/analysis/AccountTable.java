package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Fact;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A loop that goes once through the accounts of the input and notes in the heap where each has its
 * record, and the words of the heap where it does.
 *
 * <p>The loop begins at the first record and counts to the number of accounts. A record begins with
 * 255; after its 88 bytes come the data, 10,240 bytes to grow into and a word, all of it filled up
 * to whole words. An account that came before is 8 bytes instead, the first of which says where it
 * came; its word is then copied from that of the first time. So every word is the address of its
 * account's record, or still 0, as long as nothing but such loops writes there and the records'
 * lengths stay: however far a loop goes, and however often.
 *
 * @param instance what fills it, or null if that is not looked at
 * @param first the word of the first account
 * @param end the address after the last word
 * @param stores the nodes that write there
 */
record AccountTable(@Nullable Instance instance, long first, long end, Set<Integer> stores) {
  /** Where our compiler's library has its table. */
  private static final long LIBRARY = MemoryMap.HEAP + 0x7800;

  private static final long MOST_ACCOUNTS = 255;

  /** Where the record of the first account begins. */
  static final long FIRST_RECORD = MemoryMap.INPUT + Long.BYTES;

  static final long LENGTH = 80;
  static final long DATA = 88;

  /** How far data may grow, all of which belongs to the record. */
  static final long GROWTH = 10_240;

  private static final long HEAP_LIMIT = MemoryMap.HEAP + MemoryMap.MAX_HEAP_BYTES;
  private static final long WORD_SHIFT = 3;
  private static final long NO_DUPLICATE = 255;
  private static final long ROUNDED = DATA + GROWTH + Long.BYTES + Long.BYTES - 1;

  /** Masks that keep a length of at most 10 MiB and clear the last three bits. */
  private static final Set<Long> WHOLE_WORDS = Set.of(-8L, 0xfffff8L, 0xfffffff8L);

  AccountTable {
    stores = Set.copyOf(stores);
  }

  /** The table of programs that our compiler makes, as their IR uses it. */
  static AccountTable ofLibrary() {
    return new AccountTable(null, LIBRARY, LIBRARY + MOST_ACCOUNTS * Long.BYTES, Set.of());
  }

  /** The tables that an instance fills. */
  static List<AccountTable> of(Instance instance) {
    List<AccountTable> all = new ArrayList<>();
    for (int loop : instance.graph().loops().innermostFirst()) {
      if (instance.ranges().reaches(loop)) {
        new Walk(instance, loop).table().ifPresent(all::add);
      }
    }
    return all;
  }

  /** The account whose record's address is there, or -1 if it may be several's. */
  int account(Word address) {
    return address.isConstant() ? (int) ((address.umin() - first) / Long.BYTES) : Spot.SOME;
  }

  /** Whether a word at any of these addresses is one of the table's. */
  boolean has(Word address) {
    return isWithin(address, first, end) && address.isMultipleOf(Long.BYTES);
  }

  /** Whether bytes at one of these addresses may be some of the table's. */
  boolean meets(Word address, long bytes) {
    return !address.isEmpty()
        && Long.compareUnsigned(address.umin(), end) < 0
        && (address.umax() < 0 || address.umax() > first - bytes);
  }

  private static boolean isWithin(Word address, long from, long to) {
    return !address.isEmpty()
        && Long.compareUnsigned(address.umin(), from) >= 0
        && Long.compareUnsigned(address.umax(), to - Long.BYTES) <= 0;
  }

  /** One loop that may be such a walk. */
  private static final class Walk {
    private final Instance instance;
    private final Graph graph;
    private final Ranges ranges;
    private final int loop;

    Walk(Instance instance, int loop) {
      this.instance = instance;
      this.graph = instance.graph();
      this.ranges = instance.ranges();
      this.loop = loop;
    }

    Optional<AccountTable> table() {
      if (graph.loops().isIrreducible(loop) || !counts()) {
        return Optional.empty();
      }
      for (int id : graph.block(loop).nodes()) {
        if (graph.node(id).op() instanceof Op.Phi && isRecord(graph.node(id))) {
          return filled(id);
        }
      }
      return Optional.empty();
    }

    private boolean isInside(int block) {
      return graph.loops().contains(loop, block);
    }

    /** Whether each round needs a count that began at 0 to be below the number of accounts. */
    private boolean counts() {
      int body = -1;
      for (int successor : graph.block(loop).successors()) {
        if (isInside(successor)) {
          if (body >= 0 || graph.block(successor).predecessors().length != 1) {
            return false;
          }
          body = successor;
        }
      }
      return body >= 0 && graph.block(body).facts().stream().anyMatch(this::isBelowNumber);
    }

    private boolean isBelowNumber(Fact fact) {
      boolean below = fact.relation() == Relation.ULT || fact.relation() == Relation.NE;
      boolean above = fact.relation() == Relation.UGT || fact.relation() == Relation.NE;
      return (below && isNumber(fact.right()) && isCount(fact.left()))
          || (above && isNumber(fact.left()) && isCount(fact.right()));
    }

    /** Whether a node is the number of accounts, with which the input begins. */
    private boolean isNumber(int node) {
      Node load = graph.node(ranges.numbers().of(node));
      return load.op() instanceof Op.Load one
          && one.bytes() == Long.BYTES
          && ranges.in(load.input(0), load.block()).equals(Word.constant(MemoryMap.INPUT));
    }

    private boolean isCount(int node) {
      Node phi = graph.node(ranges.numbers().of(node));
      boolean isHere = phi.op() instanceof Op.Phi && phi.block() == loop;
      return isHere
          && begins(phi, 0)
          && rounds(phi)
              .allMatch(way -> Offset.of(instance, way.node).equals(new Offset(phi.id(), 1)));
    }

    /** What a phi becomes when control comes back to the header, and from where. */
    private record Way(int node, int block) {}

    private Stream<Way> rounds(Node phi) {
      return ways(phi).filter(way -> isInside(way.block));
    }

    private Stream<Way> ways(Node phi) {
      int[] from = graph.block(phi.block()).predecessors();
      return IntStream.range(0, from.length)
          .filter(i -> graph.cfg().isReachable(from[i]) && ranges.passes(from[i]))
          .mapToObj(i -> new Way(phi.input(i), from[i]));
    }

    private boolean begins(Node phi, long value) {
      return ways(phi)
          .filter(way -> !isInside(way.block))
          .allMatch(way -> ranges.in(way.node, way.block).equals(Word.constant(value)));
    }

    private boolean isRecord(Node phi) {
      return begins(phi, FIRST_RECORD)
          && rounds(phi).allMatch(way -> isNext(way, phi.id(), new HashSet<>()));
    }

    /** Whether a value is where the record after this one begins. */
    private boolean isNext(Way way, int record, Set<Integer> seen) {
      Node node = graph.node(ranges.numbers().of(way.node));
      if (node.op() instanceof Op.Phi && node.block() != loop && isInside(node.block())) {
        boolean inner = graph.loops().isHeader(node.block()) || !seen.add(node.id());
        return !inner && ways(node).allMatch(before -> isNext(before, record, seen));
      }
      Offset offset = Offset.of(instance, node.id());
      if (offset.base() == record) {
        return offset.distance() == Long.BYTES && isDuplicate(record, way.block, true);
      }
      return isDuplicate(record, way.block, false)
          && node.op() instanceof Op.Arithmetic sum
          && sum.operator() == Operator.ADD
          && (isSum(node, 0, record) || isSum(node, 1, record));
    }

    private boolean isSum(Node sum, int input, int record) {
      return ranges.numbers().of(sum.input(input)) == record
          && isSize(graph.node(ranges.numbers().of(sum.input(1 - input))), record);
    }

    /** Whether a node is the size of a record. */
    private boolean isSize(Node node, int record) {
      boolean masks =
          node.op() instanceof Op.Arithmetic and
              && and.operator() == Operator.AND
              && ranges.of(node.input(1)).isConstant()
              && WHOLE_WORDS.contains(ranges.of(node.input(1)).umin());
      if (!masks) {
        return false;
      }
      Offset size = Offset.of(instance, node.input(0));
      return size.distance() == ROUNDED && isField(size.base(), record, LENGTH, Long.BYTES);
    }

    private boolean isField(int node, int record, long distance, int bytes) {
      Node load = graph.node(node);
      return load.op() instanceof Op.Load one
          && one.bytes() == bytes
          && isInside(load.block())
          && Offset.of(instance, load.input(0)).equals(new Offset(record, distance));
    }

    /**
     * Whether it is known in a block that the record stands for one before it, or that it does not.
     */
    private boolean isDuplicate(int record, int block, boolean wanted) {
      for (Node node : graph.nodes()) {
        boolean marks =
            node.op() instanceof Op.Load load
                && !load.signed()
                && ranges.dominators().dominates(node.block(), block)
                && isField(node.id(), record, 0, 1);
        if (marks) {
          Word marker = ranges.in(node.id(), block);
          boolean known =
              wanted ? !marker.contains(NO_DUPLICATE) : marker.equals(Word.constant(NO_DUPLICATE));
          if (known) {
            return true;
          }
        }
      }
      return false;
    }

    /** The table that the loop's stores fill, if they do nothing else. */
    private Optional<AccountTable> filled(int record) {
      List<Node> stores = new ArrayList<>();
      for (Node node : instance.running()) {
        if (isInside(node.block())) {
          Op op = node.op();
          if (op instanceof Op.Store store && store.bytes() == Long.BYTES) {
            stores.add(node);
          } else if (Writing.mayWrite(op)) {
            return Optional.empty();
          }
        }
      }
      if (stores.isEmpty()) {
        return Optional.empty();
      }
      long from = Offset.of(instance, stores.get(0).input(0)).distance();
      long to = from;
      Set<Integer> ids = new HashSet<>();
      for (Node store : stores) {
        Word address = ranges.in(store.input(0), store.block());
        if (!isWithin(address, from, HEAP_LIMIT) || !isCounted(store.input(0), from)) {
          return Optional.empty();
        }
        to = Math.max(to, address.umax() + Long.BYTES);
        ids.add(store.id());
      }
      boolean all = stores.stream().allMatch(store -> isRight(store, record, from));
      return all && from >= MemoryMap.HEAP
          ? Optional.of(new AccountTable(instance, from, to, ids))
          : Optional.empty();
    }

    /** Whether an address is that of the count's word in a table. */
    private boolean isCounted(int address, long from) {
      return index(address, from).stream().anyMatch(this::isCount);
    }

    /** The node by which an address counts words from the first one of a table. */
    private OptionalInt index(int address, long from) {
      Offset offset = Offset.of(instance, address);
      Node scaled = graph.node(offset.base());
      if (offset.distance() != from || !(scaled.op() instanceof Op.Arithmetic by)) {
        return OptionalInt.empty();
      }
      Word amount = ranges.of(scaled.input(1));
      boolean words =
          (by.operator() == Operator.SHL && amount.equals(Word.constant(WORD_SHIFT)))
              || (by.operator() == Operator.MUL && amount.equals(Word.constant(Long.BYTES)));
      return words ? OptionalInt.of(scaled.input(0)) : OptionalInt.empty();
    }

    private boolean isRight(Node store, int record, long from) {
      Node value = graph.node(ranges.numbers().of(store.input(1)));
      if (value.id() == record) {
        return isDuplicate(record, store.block(), false);
      }
      return value.op() instanceof Op.Load load
          && load.bytes() == Long.BYTES
          && isDuplicate(record, store.block(), true)
          && isMarked(value.input(0), record, from);
    }

    /** Whether an address is that of the word of the account that a duplicate's record names. */
    private boolean isMarked(int address, int record, long from) {
      return index(address, from).stream()
          .map(ranges.numbers()::of)
          .anyMatch(node -> isField(node, record, 0, 1));
    }
  }
}

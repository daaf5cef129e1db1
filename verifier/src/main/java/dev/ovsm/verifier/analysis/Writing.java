package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.analysis.AccountWrite.Standing;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may change accounts, and whether the program makes sure first that it may.
 *
 * <p>An account may be written if the third byte of its record is not 0. That is sure as long as
 * nothing changes that byte, the records' lengths or the words that hold the records' addresses:
 * {@link #isIntact}.
 */
final class Writing extends Origins<Spot> {
  private static final Step WRITABLE = new Step(2, 2);
  private static final long OWNER = 40;
  private static final long REGION = 1L << 32;
  private static final long NEAR = 1L << 30;

  /** So many calls that pass one address are told apart. */
  private static final int MOST_WAYS = 64;

  private final List<AccountTable> tables = new ArrayList<>();
  private final Inspections inspections = new Inspections(this::callers);
  private boolean intact;

  /**
   * Follows addresses of accounts.
   *
   * @param instances all that run
   * @param isRecursive whether one of them calls itself
   * @param isCode whether it is machine code, which must show how it finds accounts
   */
  Writing(Collection<Instance> instances, boolean isRecursive, boolean isCode) {
    super(instances);
    if (isCode) {
      instances.forEach(one -> tables.addAll(AccountTable.of(one)));
    } else {
      tables.add(AccountTable.ofLibrary());
    }
    boolean one = tables.stream().mapToLong(AccountTable::first).distinct().count() <= 1;
    this.intact = !isRecursive && one;
    instances.forEach(this::look);
  }

  /** Whether what the program reads of accounts is what the machine wrote. */
  boolean isIntact() {
    return intact;
  }

  /** Whether an operation may write to memory. */
  static boolean mayWrite(Op op) {
    return op instanceof Op.Store
        || op instanceof Op.Copy
        || op instanceof Op.Zero
        || op instanceof Op.Call
        || op instanceof Op.CallIndirect
        || op instanceof Op.Syscall;
  }

  /** What may change accounts in some of the functions, entered for a root. */
  List<AccountWrite> writes(Collection<Instance> some, Root root) {
    List<AccountWrite> all = new ArrayList<>();
    for (Instance instance : some) {
      for (Node node : instance.running()) {
        for (Target target : targets(instance, node)) {
          write(target, root, all);
        }
      }
    }
    return all;
  }

  /**
   * A write, as the function sees it that makes it or one that passes the address.
   *
   * @param user the node that writes, or the call
   * @param bytes how many are written, 0 if it is no one address by which they are
   * @param spot where; null if that is not known, and so may be anywhere
   */
  private record Target(Instance instance, Node user, int input, long bytes, @Nullable Spot spot) {
    boolean isAside() {
      return spot != null && spot.kind() != Spot.Kind.RECORD;
    }

    /** Whether it is an address of which nothing is known. */
    boolean isLost() {
      return spot == null && bytes > 0;
    }

    /** Whether nothing changes but the owner, the lamports or the data of one account. */
    boolean isContent() {
      if (spot == null || spot.kind() != Spot.Kind.RECORD) {
        return false;
      }
      long from = spot.step().low();
      long to = spot.step().high() + bytes;
      return (from >= OWNER && to <= AccountTable.LENGTH)
          || (from >= AccountTable.DATA && to <= AccountTable.DATA + AccountTable.GROWTH);
    }

    /** Whether it is always at the same distance from the record's beginning. */
    boolean isFixed() {
      return spot != null && spot.step().isFixed();
    }

    /** The account, or {@link Spot#SOME} if it is not known. */
    int account() {
      return isContent() && spot != null ? spot.account() : Spot.SOME;
    }
  }

  private List<Target> targets(Instance instance, Node node) {
    Op op = node.op();
    if (op instanceof Op.Store store) {
      return List.of(target(instance, node, 0, store.bytes()));
    }
    if (op instanceof Op.Zero zero) {
      return List.of(target(instance, node, 0, zero.bytes()));
    }
    if (op instanceof Op.Copy copy) {
      return List.of(target(instance, node, 0, copy.bytes()));
    }
    if (op instanceof Op.CallIndirect) {
      return List.of(new Target(instance, node, 0, 0, null));
    }
    return op instanceof Op.Syscall call
        ? targets(instance, node, Syscall.of(call.hash()))
        : List.of();
  }

  private List<Target> targets(Instance instance, Node node, Optional<Syscall> syscall) {
    if (syscall.isEmpty()
        || syscall.get().effects().contains(Effect.INVOKES)
        || syscall.get().effects().contains(Effect.WRITES_INPUT)) {
      return List.of(new Target(instance, node, 0, 0, null));
    }
    List<Target> all = new ArrayList<>();
    List<Argument> arguments = syscall.get().arguments();
    for (int i = 0; i < Math.min(arguments.size(), node.inputs().length); i++) {
      if (arguments.get(i).kind().writes()) {
        all.add(target(instance, node, i, bytes(instance, node, arguments.get(i).extent())));
      }
    }
    return all;
  }

  /** How many bytes a syscall writes at most to what an argument leads to. */
  static long bytes(Instance instance, Node node, Argument.@Nullable Extent extent) {
    if (extent == null) {
      return REGION;
    }
    if (extent.times() == 0) {
      return extent.unit();
    }
    Word count = instance.ranges().in(node.input(extent.times() - 1), node.block());
    boolean small = count.umax() >= 0 && count.umax() < NEAR / extent.unit();
    return small ? count.umax() * extent.unit() : REGION;
  }

  private Target target(Instance instance, Node node, int input, long bytes) {
    return new Target(instance, node, input, bytes, of(instance, node, input));
  }

  /** Judges a write; where its account depends on who calls the function, for every call. */
  private void write(Target target, Root root, List<AccountWrite> all) {
    List<Target> open = new ArrayList<>(List.of(target));
    for (int i = 0; i < open.size(); i++) {
      Target one = open.get(i);
      if (one.isAside()) {
        continue;
      }
      Standing standing = standing(one, root);
      List<Target> passed = standing == Standing.OPEN ? passed(one) : List.of();
      if (passed.isEmpty() || open.size() + passed.size() > MOST_WAYS) {
        Place place = one.user.place();
        String function = one.instance.graph().name();
        all.add(new AccountWrite(standing, one.account(), one.isLost(), place, function));
      } else {
        open.addAll(passed);
      }
    }
  }

  /** The same write as each caller sees it, if the function is passed the address. */
  private List<Target> passed(Target target) {
    Anchors anchors = target.instance.anchors();
    int address = target.input < target.user.inputs().length ? target.user.input(target.input) : -1;
    if (address < 0
        || !(target.instance.graph().node(anchors.anchor(address)).op()
            instanceof Op.Parameter parameter)) {
      return List.of();
    }
    List<Target> all = new ArrayList<>();
    for (Caller caller : callers(target.instance)) {
      if (parameter.index() >= caller.call().inputs().length) {
        return List.of();
      }
      Spot from = of(caller.instance(), caller.call(), parameter.index());
      Spot spot = from == null ? null : from.plus(anchors.distance(address));
      all.add(new Target(caller.instance(), caller.call(), parameter.index(), target.bytes, spot));
    }
    return all;
  }

  private Standing standing(Target target, Root root) {
    Instance instance = target.instance;
    int block = target.user.block();
    int account = target.account();
    Standing standing = Standing.OPEN;
    if (target.isContent()) {
      int address = target.user.input(target.input);
      int base = target.isFixed() ? Offset.of(instance, address).base() : -1;
      standing = inspections.of(instance, block, account, base);
    }
    boolean declared = account >= 0 && account < root.accounts().size();
    boolean undeclared =
        standing == Standing.OPEN
            && declared
            && !root.accounts().get(account).writable()
            && !inspections.areMissed(instance, block, account);
    return undeclared ? Standing.UNDECLARED : standing;
  }

  /** Notes what the nodes of an instance read and write of accounts. */
  private void look(Instance instance) {
    for (Node node : instance.running()) {
      if (node.op() instanceof Op.Load load && load.bytes() == 1) {
        Spot spot = of(instance, node, 0);
        if (spot != null && spot.kind() == Spot.Kind.RECORD && spot.step().equals(WRITABLE)) {
          inspections.add(instance, node, spot.account());
        }
      }
      boolean walks = isWalk(instance, node);
      for (Target target : targets(instance, node)) {
        intact &= walks || isHarmless(target);
      }
    }
  }

  private boolean isWalk(Instance instance, Node node) {
    return tables.stream()
        .anyMatch(one -> instance.equals(one.instance()) && one.stores().contains(node.id()));
  }

  /** Whether the words of the tables stay, and all that says something of the accounts. */
  private boolean isHarmless(Target target) {
    if (target.spot == null || target.spot.kind() == Spot.Kind.RECORD) {
      return target.isContent();
    }
    boolean near = target.bytes <= NEAR;
    if (target.spot.kind() == Spot.Kind.FRAME) {
      return near;
    }
    int written = target.user.input(target.input);
    Word address = Outcomes.in(target.instance, written, target.user.block());
    return near && tables.stream().noneMatch(table -> table.meets(address, target.bytes));
  }

  @Override
  @Nullable Spot plain(Instance instance, int node, int block) {
    Word word = Outcomes.in(instance, node, block);
    if (word.isEmpty()) {
      return Spot.ELSEWHERE;
    }
    long region = word.umax() >>> 32;
    boolean near = word.umax() - (region << 32) < REGION / 2;
    if (near && region < MemoryMap.INPUT >>> 32) {
      return Spot.ELSEWHERE;
    }
    boolean one = near && region == word.umin() >>> 32;
    if (one && region != MemoryMap.INPUT >>> 32) {
      return region <= MemoryMap.RING_WINDOW >>> 32 ? Spot.ELSEWHERE : null;
    }
    long from = word.umin() - AccountTable.FIRST_RECORD;
    long to = word.umax() - AccountTable.FIRST_RECORD;
    boolean first = one && to <= AccountTable.DATA + AccountTable.GROWTH;
    return first ? Spot.record(0, new Step(from, to)) : null;
  }

  @Override
  @Nullable Spot origin(Instance instance, Node node) {
    if (node.op() instanceof Op.Address address) {
      return address.memory() == Op.Memory.FRAME ? Spot.FRAME : Spot.ELSEWHERE;
    }
    if (node.op() instanceof Op.Syscall call) {
      boolean reserves = Syscall.of(call.hash()).equals(Optional.of(Syscall.SOL_RINGBUF_RESERVE));
      return reserves ? Spot.ELSEWHERE : null;
    }
    if (node.op() instanceof Op.Load load && load.bytes() == Long.BYTES) {
      Word address = instance.ranges().in(node.input(0), node.block());
      for (AccountTable table : tables) {
        if (table.has(address)) {
          return Spot.record(table.account(address), Step.NONE);
        }
      }
    }
    return null;
  }

  @Override
  @Nullable Spot moved(Spot from, Step by) {
    return from.plus(by);
  }

  @Override
  @Nullable Spot either(Spot one, Spot other) {
    return one.join(other);
  }
}

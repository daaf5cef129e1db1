package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Result;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.analysis.Trail.Kind;
import dev.ovsm.verifier.analysis.Trail.Spot;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** The labels in memory, and what syscalls do with memory and labels. */
final class TaintedMemory {
  /** Where all memory is, for a trail. */
  static final Spot SPOT = new Spot(Kind.MEMORY, 0, 0);

  /** Two fields of the clock tell the time of day: when the epoch began, and now. */
  private static final long[] CLOCK_TIMES = {8, 32};

  private static final long UNKNOWN_EXTENT = Long.MAX_VALUE;
  private static final long ALL = -1;

  /** In so many bytes of one access it is looked who wrote them. */
  private static final long MOST_BYTES = 256;

  private final Scope scope;
  private final Pointers pointers;
  private final Trail trail;
  private final Cells cells = new Cells();
  private final Written written;
  private final Writers writers;
  private final boolean untyped;
  private long astray;
  private boolean changed;

  /**
   * Memory without labels.
   *
   * @param untyped whether any word may be an address, and frames hold what calls left in them
   */
  TaintedMemory(Scope scope, Pointers pointers, Trail trail, boolean untyped) {
    this.untyped = untyped;
    this.scope = scope;
    this.written = new Written(scope);
    this.writers = new Writers(scope);
    this.pointers = pointers;
    this.trail = trail;
  }

  /** Whether labels were added since the last time this was asked. */
  boolean changed() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /**
   * The labels of bytes that a node reads at an address.
   *
   * @param values the labels of the function's nodes
   */
  long read(int function, Node user, int address, long bytes, IntToLongFunction values) {
    long labels = 0;
    for (Written.Part part : written.of(function, user, address, bytes)) {
      if (part.value() == Written.Part.UNKNOWN) {
        labels |= read(function, user, address, part.from(), part.bytes());
      } else if (part.value() != Written.Part.ZERO) {
        labels |= values.applyAsLong(part.value());
      }
    }
    return labels;
  }

  private long read(int function, Node user, int address, long offset, long bytes) {
    Pointer pointer = pointers.of(function, address).plus(offset);
    long labels = cells.read(pointer, bytes);
    if (!untyped) {
      return labels;
    }
    long stray = mayStray(function, address) ? cells.inFrames() : 0;
    if (!pointer.targets().isEmpty()) {
      stray |= astray | cells.inOtherFrames(pointer, bytes);
    }
    if ((labels | stray) != 0 && !pointer.targets().isEmpty() && !pointer.elsewhere()) {
      long last = last(function, user, address, offset, bytes);
      labels &= last;
      stray &= last | astray;
    }
    for (Source source : Source.straying(stray)) {
      trail.begin(SPOT, source, user.place());
      labels |= source.label();
    }
    return labels;
  }

  /** The labels of bytes of the frame, less those that are overwritten before a node reads them. */
  private long last(int function, Node user, int address, long offset, long bytes) {
    long labels = bytes > MOST_BYTES ? ALL : 0;
    for (long at = offset; at < offset + bytes && labels != ALL; at += Long.BYTES) {
      Pointer pointer = pointers.of(function, address).plus(at);
      long size = Math.min(Long.BYTES, offset + bytes - at);
      Optional<BitSet> last = writers.of(function, user, address, at, (int) size);
      labels |= last.isPresent() ? cells.read(pointer, size, last.get()) : ALL;
    }
    return labels;
  }

  /** Whether an address that is not known to lead to a frame may do so all the same. */
  private boolean mayStray(int function, int address) {
    return pointers.of(function, address).elsewhere() && !avoidsFrames(function, address);
  }

  private boolean avoidsFrames(int function, int address) {
    Word word = scope.ranges(function).of(address);
    Word frames = Word.unsigned(MemoryMap.STACK, MemoryMap.HEAP - 1);
    return word.meet(frames).isEmpty();
  }

  void write(int function, Node node, int address, long bytes, long labels, Spot from) {
    write(function, node, address, 0, bytes, labels);
    trail.extend(SPOT, labels, from, node.place(), "written to memory");
  }

  private void write(int function, Node node, int address, long offset, long bytes, long labels) {
    int writer = writers.isOwn(function, address) ? node.id() : Cells.ANYONE;
    Pointer pointer = pointers.of(function, address);
    changed |= cells.write(pointer, offset, bytes, labels, function, writer);
    if (untyped && (labels & ~astray) != 0 && mayStray(function, address)) {
      astray |= labels;
      changed = true;
    }
  }

  /** Whether an address may lead to an account: it is known to lead neither to a frame nor heap. */
  boolean isAccount(int function, int address) {
    Word word = scope.ranges(function).of(address);
    boolean outside =
        Long.compareUnsigned(word.umin(), MemoryMap.STACK) >= 0
            && Long.compareUnsigned(word.umax(), MemoryMap.INPUT) < 0;
    return pointers.of(function, address).elsewhere() && !outside;
  }

  /**
   * What a syscall does.
   *
   * @param read the labels of the memory that it reads
   * @param sinks what its arguments decide
   * @param result what its result is a source of, or null
   */
  record Call(long read, List<Sink> sinks, @Nullable Source result) {}

  Call call(int function, Node node, Op.Syscall op, IntToLongFunction values) {
    Optional<Syscall> known = Syscall.of(op.hash());
    if (known.isEmpty()) {
      return new Call(0, List.of(Sink.values()), Source.UNKNOWN_CALL);
    }
    Syscall syscall = known.get();
    long read = 0;
    for (int i = 0; i < Math.min(syscall.arguments().size(), node.inputs().length); i++) {
      boolean reads =
          switch (syscall.arguments().get(i).kind()) {
            case READ, FOLLOW, UPDATE, TIMER, WORK_QUEUE -> true;
            case SCALAR, ZERO, LENGTH, COUNT, SLOT, BUDGET, MAP, ID -> false;
            case TIMER_OR_ID, RECORD, CONTEXT, WRITE -> false;
          };
      if (reads) {
        read |= read(function, node, node.input(i), extent(function, node, syscall, i), values);
      }
    }
    boolean meter =
        syscall.effects().contains(Effect.READS_METER) && syscall.result() != Result.NONE;
    return new Call(read, sinks(syscall), meter ? Source.METER : null);
  }

  private static List<Sink> sinks(Syscall syscall) {
    List<Sink> sinks = new ArrayList<>();
    for (Effect effect : syscall.effects()) {
      switch (effect) {
        case EMITS, RESERVES, RELEASES -> sinks.add(Sink.EVENT);
        case REGISTERS, CANCELS -> sinks.add(Sink.SCHEDULE);
        case INVOKES, REPLACES -> sinks.add(Sink.INVOCATION);
        case WRITES_INPUT -> sinks.add(Sink.ACCOUNT);
        case SETS_RETURN_DATA -> sinks.add(Sink.RETURN_DATA);
        case LOGS -> sinks.add(Sink.LOG);
        case NO_RETURN -> sinks.add(Sink.OUTCOME);
        case READS_RETURN_DATA, READS_CLOCK, READS_METER, READS_STATE -> {}
      }
    }
    return sinks;
  }

  /** Labels what a syscall writes, with those of its inputs and with what it tells. */
  void write(int function, Node node, Op.Syscall op, long labels, Spot from) {
    Optional<Syscall> known = Syscall.of(op.hash());
    long told = Source.UNIX_TIME.label();
    for (int i = 0; i < node.inputs().length; i++) {
      int address = node.input(i);
      if (known.isEmpty()) {
        long unknown = labels | Source.UNKNOWN_CALL.label();
        write(function, node, address, 0, UNKNOWN_EXTENT, unknown);
        trail.begin(SPOT, Source.UNKNOWN_CALL, node.place());
      } else if (i < known.get().arguments().size()
          && known.get().arguments().get(i).kind().writes()) {
        long extent = extent(function, node, known.get(), i);
        write(function, node, address, extent, labels, from);
        if (known.get() == Syscall.SOL_GET_CLOCK_SYSVAR) {
          trail.begin(SPOT, Source.UNIX_TIME, node.place());
          for (long field : CLOCK_TIMES) {
            write(function, node, address, field, Long.BYTES, told);
          }
        } else if (known.get() == Syscall.SOL_GET_SYSVAR && mayTellTime(function, node)) {
          trail.begin(SPOT, Source.UNIX_TIME, node.place());
          write(function, node, address, 0, extent, told);
        }
      }
    }
  }

  /** Whether the part of an unknown sysvar that is copied may be a time, if it is the clock. */
  private boolean mayTellTime(int function, Node node) {
    if (node.inputs().length < 4) {
      return true;
    }
    Ranges ranges = scope.ranges(function);
    Word offset = ranges.in(node.input(2), node.block());
    Word length = ranges.in(node.input(3), node.block());
    if (!offset.isConstant() || Long.compareUnsigned(length.umax(), Contents.CLOCK_BYTES) > 0) {
      return true;
    }
    for (long field : CLOCK_TIMES) {
      boolean meets = offset.umin() < field + Long.BYTES && field < offset.umin() + length.umax();
      if (meets) {
        return true;
      }
    }
    return false;
  }

  /** Whether a syscall writes to memory that may be an account's. */
  boolean writesAccount(int function, Node node, Op.Syscall op) {
    Optional<Syscall> known = Syscall.of(op.hash());
    for (int i = 0; i < node.inputs().length; i++) {
      boolean writes =
          known.isEmpty()
              || (i < known.get().arguments().size()
                  && known.get().arguments().get(i).kind().writes());
      if (writes && isAccount(function, node.input(i))) {
        return true;
      }
    }
    return false;
  }

  private long extent(int function, Node node, Syscall syscall, int index) {
    Argument.Extent extent = syscall.arguments().get(index).extent();
    if (extent == null) {
      return UNKNOWN_EXTENT;
    }
    if (extent.times() == 0) {
      return extent.unit();
    }
    if (extent.times() > node.inputs().length) {
      return UNKNOWN_EXTENT;
    }
    Word count = scope.ranges(function).in(node.input(extent.times() - 1), node.block());
    return count.umax() < 0 ? UNKNOWN_EXTENT : Saturated.product(extent.unit(), count.umax());
  }
}

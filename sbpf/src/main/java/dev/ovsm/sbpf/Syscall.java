package dev.ovsm.sbpf;

import static dev.ovsm.sbpf.Argument.budget;
import static dev.ovsm.sbpf.Argument.context;
import static dev.ovsm.sbpf.Argument.count;
import static dev.ovsm.sbpf.Argument.follow;
import static dev.ovsm.sbpf.Argument.id;
import static dev.ovsm.sbpf.Argument.length;
import static dev.ovsm.sbpf.Argument.map;
import static dev.ovsm.sbpf.Argument.number;
import static dev.ovsm.sbpf.Argument.queue;
import static dev.ovsm.sbpf.Argument.read;
import static dev.ovsm.sbpf.Argument.ringRecord;
import static dev.ovsm.sbpf.Argument.sized;
import static dev.ovsm.sbpf.Argument.slot;
import static dev.ovsm.sbpf.Argument.timer;
import static dev.ovsm.sbpf.Argument.timerOrId;
import static dev.ovsm.sbpf.Argument.update;
import static dev.ovsm.sbpf.Argument.write;
import static dev.ovsm.sbpf.Argument.zero;
import static dev.ovsm.sbpf.Availability.AUTONOMOUS;
import static dev.ovsm.sbpf.Availability.GATED;
import static dev.ovsm.sbpf.Availability.SOLANA;
import static dev.ovsm.sbpf.CostRule.atLeast;
import static dev.ovsm.sbpf.CostRule.base;
import static dev.ovsm.sbpf.CostRule.bothEndians;
import static dev.ovsm.sbpf.CostRule.choice;
import static dev.ovsm.sbpf.CostRule.each;
import static dev.ovsm.sbpf.CostRule.eachFurther;
import static dev.ovsm.sbpf.CostRule.fixed;
import static dev.ovsm.sbpf.CostRule.listed;
import static dev.ovsm.sbpf.CostRule.per;
import static dev.ovsm.sbpf.CostRule.sum;
import static dev.ovsm.sbpf.CostRule.unbounded;
import static dev.ovsm.sbpf.CostRule.varying;
import static dev.ovsm.sbpf.CostRule.when;

import dev.ovsm.sbpf.Argument.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every function that a machine offers to programs: name, arguments, result, cost, effects.
 *
 * <p>The symbol that a program imports is the constant's name in lower case; no two have the same
 * hash. Costs are charged before arguments are looked at.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists and sets are unmodifiable
public enum Syscall {
  ABORT(SOLANA, Result.NONE, fixed(0), "Fails the invocation.", List.of(), Effect.NO_RETURN),
  SOL_PANIC_(
      SOLANA,
      Result.NONE,
      each(1, 2),
      "Fails the invocation and logs a file name, a line and a column.",
      List.of(read("file", 1, 2), length("length"), number("line"), number("column")),
      Effect.NO_RETURN,
      Effect.LOGS),
  SOL_LOG_(
      SOLANA,
      Result.ZERO,
      atLeast(100, each(1, 2)),
      "Logs UTF-8 text.",
      List.of(read("message", 1, 2), length("length")),
      Effect.LOGS),
  SOL_LOG_64_(
      SOLANA,
      Result.ZERO,
      fixed(100),
      "Logs five numbers in hexadecimal.",
      List.of(number("a"), number("b"), number("c"), number("d"), number("e")),
      Effect.LOGS),
  SOL_LOG_COMPUTE_UNITS_(
      SOLANA,
      Result.ZERO,
      fixed(100),
      "Logs how many compute units remain after this call.",
      List.of(),
      Effect.LOGS),
  SOL_LOG_PUBKEY(
      SOLANA,
      Result.ZERO,
      fixed(100),
      "Logs an address in base 58.",
      List.of(read("address", 32)),
      Effect.LOGS),
  SOL_LOG_DATA(
      SOLANA,
      Result.ZERO,
      listed("100 + 100·count + bytes", 100, 100, 0, 1),
      "Logs byte strings in base 64; the first argument is an array of {address, length}.",
      List.of(follow("slices", 16, 2), count("count")),
      Effect.LOGS),
  SOL_CREATE_PROGRAM_ADDRESS(
      SOLANA,
      Result.STATUS,
      fixed(1500),
      "Derives a program address from at most 16 seeds of at most 32 bytes; 1 if it lies on the"
          + " curve.",
      List.of(follow("seeds", 16, 2), count("count"), read("program", 32), write("address", 32))),
  SOL_TRY_FIND_PROGRAM_ADDRESS(
      SOLANA,
      Result.STATUS,
      varying("1500 + 1500·failed bumps", fixed(1500 * 256)),
      "Derives a program address, trying bump seeds from 255 down.",
      List.of(
          follow("seeds", 16, 2),
          count("count"),
          read("program", 32),
          write("address", 32),
          write("bump", 1))),
  SOL_SHA256(SOLANA, "SHA-256", 32),
  SOL_KECCAK256(SOLANA, "Keccak-256", 32),
  SOL_BLAKE3(GATED, "BLAKE3", 32),
  SOL_SHA512(GATED, "SHA-512", 64),
  SOL_SECP256K1_RECOVER(
      SOLANA,
      Result.STATUS,
      fixed(25_000),
      "Recovers the public key of a secp256k1 signature; 1 bad hash, 2 bad recovery id, 3 bad"
          + " signature.",
      List.of(read("hash", 32), number("recovery_id"), read("signature", 64), write("key", 64))),
  SOL_POSEIDON(
      SOLANA,
      Result.STATUS,
      base(542, new CostRule.Square(4, 61)),
      "Hashes at most 12 field elements with Poseidon over BN254; endianness 0 is big, 1 little.",
      List.of(
          number("parameters"),
          number("endianness"),
          follow("slices", 16, 4),
          count("count"),
          write("hash", 32))),
  SOL_CURVE_VALIDATE_POINT(
      SOLANA,
      Result.STATUS,
      choice(
          1,
          fixed(0),
          when(0, 159),
          when(1, 169),
          when(5, 1565),
          when(0x85, 1565),
          when(6, 1968),
          when(0x86, 1968)),
      "Tells with 0 whether bytes are a point of curve 0 (edwards25519), 1 (ristretto255), 5 or 6"
          + " (BLS12-381 G1 and G2, 128 more is big-endian).",
      List.of(number("curve"), read("point", 32))),
  SOL_CURVE_GROUP_OP(
      SOLANA,
      Result.STATUS,
      choice(
          1,
          fixed(0),
          when(0, choice(2, fixed(0), when(0, 473), when(1, 475), when(2, 2177))),
          when(1, choice(2, fixed(0), when(0, 521), when(1, 519), when(2, 2208))),
          when(5, choice(2, fixed(0), when(0, 128), when(1, 129), when(2, 4627))),
          when(0x85, choice(2, fixed(0), when(0, 128), when(1, 129), when(2, 4627))),
          when(6, choice(2, fixed(0), when(0, 203), when(1, 204), when(2, 8255))),
          when(0x86, choice(2, fixed(0), when(0, 203), when(1, 204), when(2, 8255)))),
      "Adds (0) or subtracts (1) points or multiplies (2) the right point by the left scalar.",
      List.of(
          number("curve"),
          number("operation"),
          read("left", 32),
          read("right", 32),
          write("point", 32))),
  SOL_CURVE_MULTISCALAR_MUL(
      SOLANA,
      Result.STATUS,
      choice(
          1,
          fixed(0),
          when(0, base(2273, eachFurther(758, 4))),
          when(1, base(2303, eachFurther(788, 4)))),
      "Sums at most 512 products of scalars and points.",
      List.of(
          number("curve"),
          read("scalars", 32, 4),
          read("points", 32, 4),
          count("count"),
          write("point", 32))),
  SOL_CURVE_DECOMPRESS(
      SOLANA,
      Result.STATUS,
      choice(1, fixed(0), when(5, 2100), when(0x85, 2100), when(6, 3050), when(0x86, 3050)),
      "Decompresses a point of BLS12-381 (SIMD-0388).",
      List.of(number("curve"), read("compressed", 96), write("point", 192))),
  SOL_CURVE_PAIRING_MAP(
      SOLANA,
      Result.STATUS,
      base(25_445, eachFurther(13_023, 2)),
      "Multiplies pairings of points of BLS12-381 (SIMD-0388).",
      List.of(
          number("curve"),
          count("count"),
          read("g1_points", 96, 2),
          read("g2_points", 192, 2),
          write("product", 576))),
  SOL_ALT_BN128_GROUP_OP(
      SOLANA,
      Result.STATUS,
      bothEndians(
          when(0, 334),
          when(2, 3840),
          when(3, sum(fixed(36_364 + 85 + 32), new CostRule.Each(3, 192, 1, 12_121), each(1, 3))),
          when(4, 535),
          when(6, 15_670)),
      "Adds (0, in G2 4) or multiplies (2, in G2 6) points of BN254, or checks a pairing (3); 128"
          + " more is little-endian.",
      List.of(number("operation"), read("input", 1, 3), length("length"), write("output", 128))),
  SOL_ALT_BN128_COMPRESSION(
      SOLANA,
      Result.STATUS,
      bothEndians(when(0, 130), when(1, 498), when(2, 186), when(3, 13_710)),
      "Compresses (0, in G2 2) or decompresses (1, in G2 3) a point of BN254; 128 more is"
          + " little-endian.",
      List.of(number("operation"), read("input", 1, 3), length("length"), write("output", 128))),
  SOL_BIG_MOD_EXP(
      GATED,
      Result.ZERO,
      varying("422 + by lengths and exponent (SIMD-0529)", fixed(2_418_769)),
      "Raises a number of at most 512 bytes to a power modulo another; the first argument is"
          + " {base, length, exponent, length, modulus, length}.",
      List.of(follow("parameters", 48), write("power", 512))),
  SOL_GET_CLOCK_SYSVAR(SOLANA, 40, "the clock: slot, epoch, times"),
  SOL_GET_EPOCH_SCHEDULE_SYSVAR(SOLANA, 40, "the epoch schedule"),
  SOL_GET_FEES_SYSVAR(GATED, 8, "the fees of a signature"),
  SOL_GET_RENT_SYSVAR(SOLANA, 24, "the rent parameters"),
  SOL_GET_EPOCH_REWARDS_SYSVAR(SOLANA, 96, "the state of the epoch's rewards"),
  SOL_GET_LAST_RESTART_SLOT(SOLANA, 8, "the slot of the last restart"),
  SOL_GET_SYSVAR(
      SOLANA,
      Result.STATUS,
      base(100, atLeast(10, per(250, 4))),
      "Copies a part of a sysvar; 1 if it is too short, 2 if there is none of this id.",
      List.of(read("sysvar", 32), write("target", 1, 4), number("offset"), length("length")),
      Effect.READS_CLOCK),
  SOL_GET_EPOCH_STAKE(
      SOLANA,
      Result.NUMBER,
      choice(1, fixed(110), when(0, 100)),
      "The stake delegated to a vote account, or with address 0 all active stake, in lamports.",
      List.of(read("vote_account", 32)),
      Effect.READS_STATE),
  SOL_MEMCPY_(
      SOLANA,
      Result.ZERO,
      atLeast(10, per(250, 3)),
      "Copies bytes between ranges that do not overlap.",
      List.of(write("target", 1, 3), read("source", 1, 3), length("length"))),
  SOL_MEMMOVE_(
      SOLANA,
      Result.ZERO,
      atLeast(10, per(250, 3)),
      "Copies bytes between ranges that may overlap.",
      List.of(write("target", 1, 3), read("source", 1, 3), length("length"))),
  SOL_MEMCMP_(
      SOLANA,
      Result.ZERO,
      atLeast(10, per(250, 3)),
      "Writes the difference of the first bytes that differ, or 0, as an i32.",
      List.of(read("left", 1, 3), read("right", 1, 3), length("length"), write("difference", 4))),
  SOL_MEMSET_(
      SOLANA,
      Result.ZERO,
      atLeast(10, per(250, 3)),
      "Sets bytes to the low byte of a number.",
      List.of(write("target", 1, 3), number("value"), length("length"))),
  SOL_ALLOC_FREE_(
      SOLANA,
      Result.ADDRESS,
      fixed(0),
      "Allocates from the heap if the second argument is 0; nothing is ever freed. Programs that"
          + " import it can be executed but no longer deployed.",
      List.of(length("size"), number("freed"))),
  SOL_INVOKE_SIGNED_C("C", 40, 56),
  SOL_INVOKE_SIGNED_RUST("Rust", 80, 48),
  SOL_SET_RETURN_DATA(
      SOLANA,
      Result.ZERO,
      base(100, per(250, 2)),
      "Sets the return data, at most 1,024 bytes.",
      List.of(read("data", 1, 2), length("length")),
      Effect.SETS_RETURN_DATA),
  SOL_GET_RETURN_DATA(
      SOLANA,
      Result.NUMBER,
      varying("100, and ⌊(copied + 32)/250⌋ if anything is copied", fixed(104)),
      "Copies the return data last set and the program that set it; r0 is its full length.",
      List.of(write("target", 1, 2), length("length"), write("program", 32)),
      Effect.READS_RETURN_DATA),
  SOL_GET_PROCESSED_SIBLING_INSTRUCTION(
      SOLANA,
      Result.NUMBER,
      fixed(100),
      "Copies an instruction that the same caller processed before this one; 1 if there is one.",
      List.of(
          number("index"),
          update("lengths", 16),
          write("program", 32),
          sized("data", Kind.WRITE),
          sized("accounts", Kind.WRITE))),
  SOL_GET_STACK_HEIGHT(
      SOLANA,
      Result.NUMBER,
      fixed(100),
      "How deeply invocations are nested; 1 for a transaction's own instruction.",
      List.of()),
  SOL_REMAINING_COMPUTE_UNITS(
      GATED,
      Result.NUMBER,
      fixed(100),
      "How many compute units remain after this call.",
      List.of(),
      Effect.READS_METER),

  SOL_TIMER_INIT(
      AUTONOMOUS,
      Result.CODE,
      fixed(1000),
      "Makes a zeroed handle in a value of a map an initialised timer.",
      List.of(timer(), map("map"), zero("flags"))),
  SOL_TIMER_SET_CALLBACK(
      AUTONOMOUS,
      Result.CODE,
      base(200, per(250, 3)),
      "Sets the instruction that a timer executes when it fires.",
      List.of(timer(), read("instruction", 1, 3), length("length"))),
  SOL_TIMER_START(
      AUTONOMOUS,
      Result.CODE,
      fixed(200),
      "Arms a timer for a number of slots from now, 1 to 1,000,000; an armed one anew.",
      List.of(timer(), slot("slots"), zero("flags")),
      Effect.REGISTERS,
      Effect.READS_CLOCK),
  SOL_TIMER_CANCEL(
      AUTONOMOUS,
      Result.CODE,
      fixed(200),
      "Cancels a timer by its handle, or by its id (a value below 2^32).",
      List.of(timerOrId()),
      Effect.CANCELS),
  SOL_WQ_INIT(
      AUTONOMOUS,
      Result.CODE,
      fixed(1000),
      "Makes a zeroed handle in a value of a map an initialised work queue.",
      List.of(queue(), map("map"), zero("flags"))),
  SOL_WQ_SET_CALLBACK(
      AUTONOMOUS,
      Result.CODE,
      base(200, per(250, 3)),
      "Sets the instruction that a work queue executes.",
      List.of(queue(), read("instruction", 1, 3), length("length"))),
  SOL_WQ_START(
      AUTONOMOUS,
      Result.CODE,
      fixed(200),
      "Queues the work for as soon as possible after this invocation.",
      List.of(queue(), zero("flags")),
      Effect.REGISTERS),
  SOL_RINGBUF_RESERVE(
      AUTONOMOUS,
      Result.ADDRESS,
      base(100, per(250, 2)),
      "Reserves a record in a ring buffer; it must be submitted or discarded.",
      List.of(map("ring"), length("size"), zero("flags")),
      Effect.RESERVES),
  SOL_RINGBUF_SUBMIT(
      AUTONOMOUS,
      Result.CODE,
      fixed(100),
      "Publishes a reserved record.",
      List.of(ringRecord(), zero("flags")),
      Effect.RELEASES,
      Effect.EMITS),
  SOL_RINGBUF_DISCARD(
      AUTONOMOUS,
      Result.CODE,
      fixed(200),
      "Drops a reserved record.",
      List.of(ringRecord(), zero("flags")),
      Effect.RELEASES),
  SOL_RINGBUF_OUTPUT(
      AUTONOMOUS,
      Result.CODE,
      base(100, per(250, 3)),
      "Copies a record into a ring buffer.",
      List.of(map("ring"), read("data", 1, 3), length("length"), zero("flags")),
      Effect.EMITS),
  SOL_TAIL_CALL(
      AUTONOMOUS,
      Result.CODE,
      fixed(150),
      "Goes on in an entry of a program array and does not return; with a code in r0 where there"
          + " is no such entry or 33 calls were made.",
      List.of(context(), map("array"), number("index")),
      Effect.REPLACES),
  SOL_WATCH_ACCOUNT(
      AUTONOMOUS,
      Result.ID,
      base(1000, per(250, 4)),
      "Executes an instruction whenever an account comes to fulfil criteria.",
      List.of(
          read("account", 32),
          read("criteria", 32),
          read("instruction", 1, 4),
          length("length"),
          budget()),
      Effect.REGISTERS),
  SOL_ITER_NUM_NEW(
      AUTONOMOUS,
      Result.CODE,
      fixed(100),
      "Begins an iteration over the numbers from start up to, but without, end.",
      List.of(write("iterator", 24), number("start"), number("end"))),
  SOL_ITER_NUM_NEXT(
      AUTONOMOUS,
      Result.ADDRESS,
      fixed(100),
      "Goes to the next number and gives its address, or 0 after the last.",
      List.of(update("iterator", 24))),
  SOL_ITER_NUM_CURRENT(
      AUTONOMOUS,
      Result.NUMBER,
      fixed(100),
      "The number at which an iteration stands.",
      List.of(read("iterator", 24))),
  SOL_ITER_NUM_DESTROY(
      AUTONOMOUS, Result.ZERO, fixed(100), "Ends an iteration.", List.of(update("iterator", 24))),
  SOL_SUBSCRIBE_EVENT(
      AUTONOMOUS,
      Result.ID,
      base(1000, per(250, 3)),
      "Executes an instruction on every event of a type; the fourth argument is {instruction,"
          + " length}.",
      List.of(
          number("type"),
          read("trigger", 1, 3),
          length("length"),
          follow("callback", 16),
          budget()),
      Effect.REGISTERS),
  SOL_EMIT_EVENT(
      AUTONOMOUS,
      Result.CODE,
      base(100, per(250, 4)),
      "Emits an event and logs it.",
      List.of(read("event", 1, 2), length("event_length"), read("data", 1, 4), length("length")),
      Effect.EMITS,
      Effect.LOGS),
  SOL_SCHEDULE_EXECUTION(
      AUTONOMOUS,
      Result.ID,
      base(1000, per(250, 3)),
      "Executes an instruction once, in a later slot.",
      List.of(slot("slot"), read("instruction", 1, 3), length("length"), budget()),
      Effect.REGISTERS,
      Effect.READS_CLOCK),
  SOL_QUERY_SUBSCRIPTIONS(
      AUTONOMOUS,
      Result.NUMBER,
      base(100, each(20, 3)),
      "Copies at most so many 64-byte descriptions of a program's registrations.",
      List.of(read("program", 32), write("entries", 64, 3), count("most")),
      Effect.READS_STATE),
  SOL_TIMER_CREATE(
      AUTONOMOUS,
      Result.ID,
      base(1000, per(250, 3)),
      "Calls this program with instruction data once, in a later slot.",
      List.of(slot("slot"), read("data", 1, 3), length("length"), budget()),
      Effect.REGISTERS,
      Effect.READS_CLOCK),
  SOL_TIMER_CREATE_PERIODIC(
      AUTONOMOUS,
      Result.ID,
      base(1000, per(250, 4)),
      "Calls this program with instruction data in a slot and every period after it.",
      List.of(slot("slot"), slot("period"), read("data", 1, 4), length("length"), budget()),
      Effect.REGISTERS,
      Effect.READS_CLOCK),
  SOL_TIMER_CREATE_DEADLINE(
      AUTONOMOUS,
      Result.ID,
      base(1000, per(250, 4)),
      "Calls this program with instruction data once, between two slots, or not at all.",
      List.of(slot("earliest"), slot("deadline"), read("data", 1, 4), length("length"), budget()),
      Effect.REGISTERS,
      Effect.READS_CLOCK),
  SOL_WATCHER_CREATE(
      AUTONOMOUS,
      Result.ID,
      base(1000, per(250, 4)),
      "Calls this program with instruction data whenever an account changes: 0 anything, 1"
          + " lamports, 2 data, 3 owner.",
      List.of(read("account", 32), number("type"), read("data", 1, 4), length("length"), budget()),
      Effect.REGISTERS),
  SOL_WATCHER_CREATE_THRESHOLD(
      AUTONOMOUS,
      Result.ID,
      fixed(1000),
      "Calls this program when a number in an account rises above (4) or falls below (5) a"
          + " threshold; the last argument is {data, length, budget}.",
      List.of(
          read("account", 32),
          number("type"),
          number("offset"),
          number("threshold"),
          follow("callback", 24)),
      Effect.REGISTERS),
  SOL_WATCHER_CREATE_PATTERN(
      AUTONOMOUS,
      Result.ID,
      base(1000, per(250, 4)),
      "Calls this program when bytes of an account come to equal a pattern; the last argument is"
          + " {data, length, budget}.",
      List.of(
          read("account", 32),
          number("offset"),
          read("pattern", 1, 4),
          length("length"),
          follow("callback", 24)),
      Effect.REGISTERS),
  SOL_REGISTRATION_SET(
      AUTONOMOUS,
      Result.CODE,
      fixed(200),
      "Sets a property of a registration: 1 overdue policy, 2 priority, 3 minimum slots between"
          + " triggers, 4 fire if it already holds, 5 open ring, 6 retries, 7 completion event.",
      List.of(id("registration"), number("key"), number("value"))),
  SOL_WATCHER_REMOVE(
      AUTONOMOUS,
      Result.CODE,
      fixed(200),
      "Ends a watcher or a subscription.",
      List.of(id("watcher")),
      Effect.CANCELS),
  SOL_RING_BUFFER_CREATE(
      AUTONOMOUS,
      Result.ID,
      fixed(1000),
      "Creates a ring buffer of 64 to 1,048,576 bytes.",
      List.of(length("size")),
      Effect.REGISTERS),
  SOL_RING_BUFFER_PUSH(
      AUTONOMOUS,
      Result.CODE,
      base(100, per(250, 3)),
      "Appends a record to a ring buffer.",
      List.of(id("ring"), read("data", 1, 3), length("length")),
      Effect.EMITS),
  SOL_RING_BUFFER_POP(
      AUTONOMOUS,
      Result.NUMBER,
      base(100, per(250, 3)),
      "Takes the oldest record of a ring buffer if it fits; r0 is its length, 0 if there is none.",
      List.of(id("ring"), write("target", 1, 3), length("length")),
      Effect.READS_STATE),
  SOL_RING_BUFFER_DESTROY(
      AUTONOMOUS,
      Result.CODE,
      fixed(200),
      "Frees a ring buffer.",
      List.of(id("ring")),
      Effect.CANCELS),
  SOL_GET_SLOT(AUTONOMOUS, Result.NUMBER, fixed(100), "The slot.", List.of(), Effect.READS_CLOCK),
  SOL_GET_TRIGGER_CONTEXT(
      AUTONOMOUS,
      Result.NUMBER,
      base(100, per(250, 3)),
      "Copies a part of what triggered this callback; r0 is its full length, 0 in other"
          + " invocations.",
      List.of(write("target", 1, 3), number("offset"), length("length"))),
  SOL_ASYNC_LAST_ERROR(
      AUTONOMOUS,
      Result.CODE,
      fixed(100),
      "The code of the last call of this invocation that failed.",
      List.of()),
  SOL_ML_FORWARD(
      AUTONOMOUS,
      Result.CODE,
      varying("1000 + multiply-adds", base(1000, each(1, 2))),
      "Evaluates a neural network in fixed-point arithmetic.",
      List.of(
          read("model", 1, 2),
          length("length"),
          read("features", 8, 4),
          count("count"),
          sized("output", Kind.WRITE))),
  SOL_ML_DECISION_TREE(
      AUTONOMOUS,
      Result.CODE,
      varying("500 + 10·levels", base(500, each(10, 2))),
      "Evaluates a decision tree in fixed-point arithmetic.",
      List.of(
          read("model", 1, 2),
          length("length"),
          read("features", 8, 4),
          count("count"),
          write("output", 8)));

  private static final Map<String, Syscall> BY_SYMBOL = index(Syscall::symbol);
  private static final Map<Integer, Syscall> BY_HASH = index(Syscall::hash);

  private final Availability availability;
  private final List<Argument> arguments;
  private final Result result;
  private final CostRule cost;
  private final Set<Effect> effects;
  private final String doc;
  private final String symbol;
  private final int hash;

  Syscall(
      Availability availability,
      Result result,
      CostRule cost,
      String doc,
      List<Argument> arguments,
      Effect... effects) {
    this.availability = availability;
    this.arguments = arguments;
    this.result = result;
    this.cost = cost;
    Set<Effect> all = EnumSet.noneOf(Effect.class);
    Collections.addAll(all, effects);
    this.effects = Collections.unmodifiableSet(all);
    this.doc = doc;
    this.symbol = name().toLowerCase(Locale.ROOT);
    this.hash = Murmur3.hash(symbol);
  }

  /** A hash of byte strings. */
  Syscall(Availability availability, String algorithm, long bytes) {
    this(
        availability,
        Result.ZERO,
        listed("85 + Σ max(10, ⌊length/2⌋)", 85, 0, 10, 2),
        "Hashes the concatenation of at most 20,000 byte strings with " + algorithm + ".",
        List.of(follow("slices", 16, 2), count("count"), write("hash", bytes)));
  }

  /** A sysvar that is copied whole. */
  Syscall(Availability availability, long bytes, String what) {
    this(
        availability,
        Result.ZERO,
        fixed(100 + bytes),
        "Copies " + what + ".",
        List.of(write("target", bytes)),
        Effect.READS_CLOCK);
  }

  /** An invocation of another program. */
  Syscall(String language, long instructionBytes, long accountBytes) {
    this(
        SOLANA,
        Result.STATUS,
        unbounded(
            "946 + ⌊data/250⌋ + ⌊34·metas/250⌋ + ⌊80·accounts/250⌋ + Σ ⌊account data/250⌋ + the"
                + " callee's"),
        "Invokes another program; structures have the layout of the " + language + " interface.",
        List.of(
            follow("instruction", instructionBytes),
            follow("accounts", accountBytes, 3),
            count("account_count"),
            follow("signers", 16, 5),
            count("signer_count")),
        Effect.INVOKES,
        Effect.WRITES_INPUT,
        Effect.LOGS,
        Effect.SETS_RETURN_DATA);
  }

  /** The name that programs import. */
  public String symbol() {
    return symbol;
  }

  /** The murmur3 hash of the symbol, which calls name. */
  public int hash() {
    return hash;
  }

  public Availability availability() {
    return availability;
  }

  /** Whether only the autonomous runtime has it. */
  public boolean autonomous() {
    return availability == AUTONOMOUS;
  }

  /** What r1, r2, … hold: at most five. */
  public List<Argument> arguments() {
    return arguments;
  }

  public Result result() {
    return result;
  }

  public CostRule cost() {
    return cost;
  }

  public Set<Effect> effects() {
    return effects;
  }

  /** One or two sentences for reference documents. */
  public String doc() {
    return doc;
  }

  public static Optional<Syscall> of(String symbol) {
    return Optional.ofNullable(BY_SYMBOL.get(symbol));
  }

  public static Optional<Syscall> of(int hash) {
    return Optional.ofNullable(BY_HASH.get(hash));
  }

  private static <K> Map<K, Syscall> index(Function<Syscall, K> key) {
    return Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(key, Function.identity()));
  }
}

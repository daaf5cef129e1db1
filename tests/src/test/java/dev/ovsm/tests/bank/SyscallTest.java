package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.crypto.Bn254;
import dev.ovsm.runtime.crypto.CurvePoints;
import dev.ovsm.runtime.crypto.Endianness;
import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each system call with good, bad and odd arguments, drawn with a seed from a pool of both; more of
 * them with {@code -Dcalls=N}, others with {@code -Dseed=N}.
 */
@ComparedWithRealVm(minimum = 11_000)
class SyscallTest {
  private static final int CALLS = Integer.getInteger("calls", 60);
  private static final Pubkey PAYER = key(1);
  private static final Pubkey OWN = key(2);
  private static final Pubkey IMAGE = key(3);
  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    12,
    13,
    16,
    17,
    31,
    32,
    33,
    40,
    48,
    63,
    64,
    65,
    80,
    96,
    128,
    129,
    132,
    133,
    134,
    192,
    250,
    255,
    256,
    512,
    513,
    1000,
    1024,
    1025,
    4096,
    10_000,
    20_000,
    20_001,
    32_768,
    1L << 31,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -8
  };

  private static final long[] SELECTORS = {
    0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 5, 6, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86
  };
  private static final long[] LENGTHS = {0, 1, 32, 64, 96, 128, 160, 192, 256, 384, 576};
  private static final int IMAGE_BYTES = 4096;
  private static final List<Pubkey> SYSVARS =
      List.of(
          SysvarIds.CLOCK,
          SysvarIds.RENT,
          SysvarIds.EPOCH_SCHEDULE,
          SysvarIds.EPOCH_REWARDS,
          SysvarIds.LAST_RESTART_SLOT,
          SysvarIds.STAKE_HISTORY,
          SysvarIds.FEES,
          SysvarIds.RECENT_BLOCKHASHES);

  /** Whatever a Solana cluster may register, and a name that none does. */
  static Stream<String> syscalls() {
    return Stream.concat(
        Arrays.stream(Syscall.values()).filter(call -> !call.autonomous()).map(Syscall::symbol),
        Stream.of("sol_no_such_call"));
  }

  @ParameterizedTest
  @MethodSource("syscalls")
  void equalsTheRealVm(String syscall, RealVm vm, Comparisons comparisons) {
    compare(syscall, Features.MAINNET, vm, comparisons);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SOL_BLAKE3", "SOL_SHA512", "SOL_BIG_MOD_EXP", "SOL_REMAINING_COMPUTE_UNITS"})
  void equalsTheRealVmThatRegistersMore(Syscall syscall, RealVm vm, Comparisons comparisons) {
    compare(syscall.symbol(), Features.SYSCALLS, vm, comparisons);
  }

  private static void compare(
      String syscall, Features features, RealVm vm, Comparisons comparisons) {
    Random random = new Random(syscall.hashCode() + Long.getLong("seed", 0));
    for (Loader loader : Loader.values()) {
      Probe probe = new Probe(key(100), syscall, random.nextBoolean(), loader);
      Ledger ledger = new Ledger(vm, PAYER, features).program(probe.id(), probe.elf(), loader);
      ledger.account(OWN, probe.ownAccount());
      ledger.account(IMAGE, Account.of(1_000_000_000, image(random), ProgramIds.SYSTEM));
      for (int i = 0; i < CALLS / Loader.values().length; i++) {
        long[] arguments = new long[5];
        for (int j = 0; j < arguments.length; j++) {
          arguments[j] = argument(probe, j, random);
        }
        ledger.send(
            syscall + " " + Arrays.toString(arguments),
            probe.call(OWN, IMAGE, returned(random), 128, IMAGE_BYTES, arguments));
      }
      ledger.compare(comparisons);
    }
  }

  private static long returned(Random random) {
    return random.nextBoolean() ? Probe.HEAP + 128L * random.nextInt(16) : Probe.STACK;
  }

  /** What the register should hold, most of the time, or anything. */
  private static long argument(Probe probe, int index, Random random) {
    List<Argument> arguments =
        Syscall.of(probe.syscall()).map(Syscall::arguments).orElse(List.of());
    if (index >= arguments.size() || random.nextInt(5) == 0) {
      return anything(probe, random);
    }
    return switch (arguments.get(index).kind()) {
      case FOLLOW -> Probe.HEAP + 16L * random.nextInt(24);
      case READ, UPDATE -> Probe.HEAP + 32L * random.nextInt(128);
      case WRITE -> Probe.HEAP + 4096 + 8L * random.nextInt(64);
      case COUNT -> random.nextInt(6);
      case LENGTH -> LENGTHS[random.nextInt(LENGTHS.length)];
      default -> SELECTORS[random.nextInt(SELECTORS.length)];
    };
  }

  private static long anything(Probe probe, Random random) {
    int kind = random.nextInt(16);
    if (kind < 6) {
      return NUMBERS[random.nextInt(NUMBERS.length)];
    }
    if (kind < 12) {
      return Probe.HEAP + 8L * random.nextInt(256);
    }
    return switch (kind) {
      case 12 -> Probe.HEAP + random.nextInt(Probe.HEAP_BYTES + 16);
      case 13 -> Probe.STACK + random.nextInt(3) * 4096L + random.nextInt(64) - 32;
      case 14 -> probe.ownData() + random.nextInt(Probe.OWN_BYTES);
      default -> ((long) random.nextInt(7) << 32) | random.nextInt(64);
    };
  }

  /** Slices at the front, then keys of sysvars, text, noise, points and zeros. */
  private static byte[] image(Random random) {
    ByteBuffer image = ByteBuffer.allocate(IMAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    random.nextBytes(image.array());
    for (int i = 0; i < 32; i++) {
      image.putLong(Probe.HEAP + 512 + 32L * random.nextInt(90));
      image.putLong(
          random.nextInt(20) == 0
              ? random.nextInt(100_000)
              : 32 - Math.max(0, random.nextInt(60) - 30));
    }
    for (Pubkey id : SYSVARS) {
      image.put(id.bytes());
    }
    image.put("Grüße, 世界! 🎉 plain text follows here for a while".getBytes(StandardCharsets.UTF_8));
    byte[] basepoint = HexFormat.of().parseHex("58" + "66".repeat(31));
    byte[] ristretto =
        HexFormat.of().parseHex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76");
    image.position(2048);
    for (int i = 0; i < 8; i++) {
      byte[] scalar = new byte[32];
      random.nextBytes(scalar);
      scalar[31] = 0;
      image.put(Objects.requireNonNull(CurvePoints.EDWARDS.multiply(scalar, basepoint)));
      image.put(Objects.requireNonNull(CurvePoints.RISTRETTO.multiply(scalar, ristretto)));
      image.put(scalar);
    }
    for (int i = 0; i < 8; i++) {
      byte[] operands = new byte[96];
      operands[31] = 1;
      operands[63] = 2;
      operands[95] = (byte) random.nextInt(100);
      image.put(Objects.requireNonNull(Bn254.multiplyG1(operands, Endianness.BIG)));
    }
    image.put(new byte[IMAGE_BYTES - image.position()]);
    return image.array();
  }
}

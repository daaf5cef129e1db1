package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Syscall;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A script for the {@link Puppet}: operations, and bytes that their arguments point to.
 *
 * <p>Addresses of bytes are known when the instruction is made, since those depend on the accounts
 * before it.
 */
final class Script {
  /** An argument: a number, the result of an operation, or the place of some bytes. */
  sealed interface Argument {
    record Value(long value) implements Argument {}

    record Result(int operation) implements Argument {}

    record Bytes(int offset) implements Argument {}
  }

  private record Operation(int number, List<Argument> arguments) {}

  private static final int HEADER_BYTES = 32;

  private final List<Operation> operations = new ArrayList<>();
  private final ByteArrayOutputStream blob = new ByteArrayOutputStream();
  private final List<Integer> patches = new ArrayList<>();
  private final Map<Integer, Script> alternatives = new TreeMap<>();

  static Argument value(long value) {
    return new Argument.Value(value);
  }

  /** The result of an operation, counted from 0. */
  static Argument result(int operation) {
    return new Argument.Result(operation);
  }

  /** Adds bytes; the argument is their address. */
  Argument bytes(byte[] value) {
    while (blob.size() % 8 != 0) {
      blob.write(0);
    }
    int offset = blob.size();
    blob.writeBytes(value);
    return new Argument.Bytes(offset);
  }

  /** Adds {address of bytes, their length, further words}. */
  Argument structure(byte[] pointee, Object... words) {
    List<Object> all = new ArrayList<>(List.of(bytes(pointee), pointee.length));
    all.addAll(Arrays.asList(words));
    return record(all.toArray());
  }

  /** Adds words, of which each is a number or the address of some bytes. */
  Argument record(Object... words) {
    LittleEndian all = new LittleEndian(8 * words.length);
    for (Object word : words) {
      all.u64(word instanceof Argument.Bytes b ? b.offset() : ((Number) word).longValue());
    }
    Argument.Bytes place = (Argument.Bytes) bytes(all.bytes());
    for (int i = 0; i < words.length; i++) {
      if (words[i] instanceof Argument.Bytes) {
        patches.add(place.offset() + 8 * i);
      }
    }
    return place;
  }

  /** Adds a system call; the result of this method is its number. */
  int call(Syscall syscall, Object... arguments) {
    return add(syscall.hash(), arguments);
  }

  /** Adds an operation of the puppet's own. */
  int add(int number, Object... arguments) {
    List<Argument> all = new ArrayList<>();
    for (Object argument : arguments) {
      all.add(argument instanceof Argument a ? a : value(((Number) argument).longValue()));
    }
    while (all.size() < 5) {
      all.add(value(0));
    }
    operations.add(new Operation(number, all));
    return operations.size() - 1;
  }

  int size() {
    return operations.size();
  }

  /** What the program does instead when the discriminator is 1 or 2. */
  Script orElse(int discriminator, Script other) {
    alternatives.put(discriminator, other);
    return this;
  }

  /**
   * The instruction data.
   *
   * @param accountBytes data lengths of the accounts before it, all different accounts
   */
  byte[] data(long... accountBytes) {
    long address = Layout.instructionData(accountBytes);
    byte[] main = image(address + HEADER_BYTES);
    LittleEndian header = new LittleEndian(HEADER_BYTES);
    header.u64(0).u64(HEADER_BYTES);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(main);
    for (int discriminator = 1; discriminator <= 2; discriminator++) {
      Script other = alternatives.get(discriminator);
      int at = HEADER_BYTES + out.size();
      header.u64(other == null ? HEADER_BYTES : at);
      if (other != null) {
        out.writeBytes(other.image(address + at));
      }
    }
    byte[] images = out.toByteArray();
    return new LittleEndian(HEADER_BYTES + images.length).raw(header.bytes()).raw(images).bytes();
  }

  /** The operations and the bytes they point to, for an address at which they will stand. */
  private byte[] image(long address) {
    int start = 8 + operations.size() * Puppet.OPERATION_BYTES;
    byte[] more = Arrays.copyOf(blob.toByteArray(), (blob.size() + 7) & -8);
    for (int patch : patches) {
      long offset = LittleEndian.u64(more, patch);
      LittleEndian.put64(more, patch, address + start + offset);
    }
    LittleEndian out = new LittleEndian(start + more.length);
    out.u64(operations.size());
    for (Operation operation : operations) {
      out.u64(operation.number);
      for (Argument argument : operation.arguments) {
        if (argument instanceof Argument.Value value) {
          out.u64(0).u64(value.value());
        } else if (argument instanceof Argument.Result result) {
          out.u64(1).u64(result.operation());
        } else if (argument instanceof Argument.Bytes bytes) {
          out.u64(0).u64(address + start + bytes.offset());
        }
      }
    }
    return out.raw(more).bytes();
  }

  /** The instruction with these accounts, of these data lengths. */
  Instruction instruction(Pubkey program, List<AccountMeta> accounts, long... accountBytes) {
    return new Instruction(program, accounts, data(accountBytes));
  }
}

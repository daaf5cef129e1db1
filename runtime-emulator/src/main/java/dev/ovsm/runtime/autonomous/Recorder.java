package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.sbpf.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is put into a simulation, in which slot, and a digest of what comes of it, so
 * that the same can be done again.
 *
 * <p>A recording is {"OVSMREC2", the simulation's state when it began, inputs, end, SHA-256 of all
 * that}. When writing fails the simulation goes on without it.
 */
public final class Recorder implements Tape {
  static final String MAGIC = "OVSMREC2";

  private final OutputStream file;
  private final MessageDigest whole = Sha256.digest();
  private final StateWriter out = new StateWriter(this::write);
  private final Digest told = new Digest();
  private @Nullable IOException failure;

  /** A recorder that writes to a file, which is left open. */
  public Recorder(OutputStream file) {
    this.file = file;
  }

  /** Why the recording is not whole; empty if it is. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  void begin(SavedState saved) {
    out.text(MAGIC).bytes(saved.settings()).bytes(saved.state()).bytes(saved.tally());
  }

  @Override
  public void put(Pubkey key, Account account) {
    tag(InputTag.PUT).key(key).account(account);
  }

  @Override
  public void file(InputTag tag, Pubkey program, byte[] elf) {
    tag(tag).key(program).bytes(elf);
  }

  @Override
  public void send(Instruction instruction) {
    RegistrationState.write(instruction, tag(InputTag.SEND));
  }

  @Override
  public void close(Pubkey program) {
    tag(InputTag.CLOSE).key(program);
  }

  @Override
  public void fault(Pubkey program, long callbacks, Fault fault) {
    Faults.write(program, callbacks, fault, tag(InputTag.FAULT));
  }

  @Override
  public void lamports(InputTag tag, Pubkey program, long lamports) {
    tag(tag).key(program).u64(lamports);
  }

  @Override
  public void number(InputTag tag, long value) {
    tag(tag).u64(value);
  }

  @Override
  public void enter() {
    tag(InputTag.ENTER);
  }

  @Override
  public void mark() {
    tag(InputTag.MARK);
  }

  @Override
  public void finish() {
    tag(InputTag.FINISH).u64(told.value());
  }

  @Override
  public void fate(FateRecord fate) {
    told.fate(fate);
  }

  @Override
  public void transaction(TransactionOutcome outcome) {
    told.transaction(outcome);
  }

  @Override
  public void end(Simulation simulation) {
    tag(InputTag.END).text(simulation.stateHash());
    out.u64(simulation.executions()).u64(simulation.failures()).u64(simulation.units());
    byte[] hash = whole.digest();
    write(hash, 0, hash.length);
  }

  private StateWriter tag(InputTag tag) {
    return out.u8(tag.number());
  }

  private void write(byte[] bytes, int offset, int length) {
    if (failure == null) {
      try {
        whole.update(bytes, offset, length);
        file.write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  /** One number for everything that was told so far, in order. */
  static final class Digest {
    private final MessageDigest digest = Sha256.digest();
    private final StateWriter out = new StateWriter(digest::update);

    void fate(FateRecord fate) {
      out.u64(fate.slot()).u64(fate.registration()).u8(fate.kind().number());
      out.u8(fate.fate().number()).u64(fate.seq()).u64(fate.nominal()).u64(fate.cause());
      out.u8(fate.origin().number())
          .u64(fate.made())
          .u64(fate.attempt())
          .u64(fate.count())
          .u64(fate.units())
          .text(fate.reason());
    }

    void transaction(TransactionOutcome outcome) {
      TransactionError error = outcome.error();
      out.u64(outcome.units()).text(error == null ? "" : ErrorText.of(error));
    }

    /** The first eight bytes of SHA-256 of what came since the last value, and of that value. */
    long value() {
      byte[] hash = digest.digest();
      digest.update(hash);
      return LittleEndian.u64(hash, 0);
    }
  }
}

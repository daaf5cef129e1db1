package dev.ovsm.runtime.invoke;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One frame: a program with its accounts and data, and the rules for what it may do to them.
 *
 * <p>An account is named by its position in the instruction. The same account may appear several
 * times; all its appearances have the same privileges.
 */
public final class InstructionContext {
  private final TransactionContext transaction;
  private final @Nullable InstructionContext parent;
  private final int height;
  private final int program;
  private final int[] accounts;
  private final Privileges privileges;
  private final byte[] data;
  private AccountPlace[] places = {};
  private boolean aligned = true;

  private InstructionContext(
      TransactionContext transaction,
      @Nullable InstructionContext parent,
      int program,
      int[] accounts,
      Privileges privileges,
      byte[] data) {
    this.transaction = transaction;
    this.parent = parent;
    this.height = parent == null ? 1 : parent.height + 1;
    this.program = program;
    this.accounts = accounts;
    this.privileges = privileges;
    this.data = data;
  }

  /**
   * A frame that the current one calls, or a top-level one.
   *
   * @param program index of the program in the transaction
   * @param accounts indices of the accounts in the transaction
   */
  public static InstructionContext of(
      TransactionContext transaction,
      int program,
      int[] accounts,
      Privileges privileges,
      byte[] data) {
    return new InstructionContext(
        transaction, transaction.current(), program, accounts, privileges, data);
  }

  public TransactionContext transaction() {
    return transaction;
  }

  /** The frame that called this one, or null at the top level. */
  public @Nullable InstructionContext parent() {
    return parent;
  }

  /** 1 at the top level, one more for each call. */
  public int height() {
    return height;
  }

  public Pubkey program() {
    return programAccount().key();
  }

  public WorkingAccount programAccount() {
    return transaction.account(program);
  }

  /** The instruction's data; not to be written to. */
  public byte[] data() {
    return data;
  }

  public int accountCount() {
    return accounts.length;
  }

  /** The index in the transaction of an account, or a failure if there are not so many. */
  public int transactionIndex(int index) {
    if (index >= accounts.length) {
      throw new InstructionFailure(Kind.MISSING_ACCOUNT);
    }
    return accounts[index];
  }

  /** The account at a position, or a failure if there are not so many. */
  public WorkingAccount account(int index) {
    return transaction.account(transactionIndex(index));
  }

  public Pubkey key(int index) {
    return account(index).key();
  }

  public boolean isSigner(int index) {
    transactionIndex(index);
    return privileges.signs(index);
  }

  public boolean isWritable(int index) {
    transactionIndex(index);
    return privileges.writes(index);
  }

  /** The first position of an account of the transaction, or -1. */
  public int positionOf(int transactionIndex) {
    for (int i = 0; i < accounts.length; i++) {
      if (accounts[i] == transactionIndex) {
        return i;
      }
    }
    return -1;
  }

  /** The first position that has the same account as this one: itself unless it is a repetition. */
  public int firstPosition(int index) {
    return positionOf(accounts[index]);
  }

  /** Whether any of the accounts that sign has this key. */
  public boolean isSignedBy(Pubkey key) {
    for (int i = 0; i < accounts.length; i++) {
      if (privileges.signs(i) && key(i).equals(key)) {
        return true;
      }
    }
    return false;
  }

  /** Fails unless the instruction names at least so many accounts. */
  public void requireAccounts(int count) {
    if (accounts.length < count) {
      throw new InstructionFailure(Kind.MISSING_ACCOUNT);
    }
  }

  public boolean isOwned(int index) {
    return account(index).owner().equals(program());
  }

  /** Sets a balance (unsigned): only the owner takes away, and only writable accounts change. */
  public void setLamports(int index, long lamports) {
    WorkingAccount account = account(index);
    long old = account.lamports();
    if (!isOwned(index) && Long.compareUnsigned(lamports, old) < 0) {
      throw new InstructionFailure(Kind.EXTERNAL_ACCOUNT_LAMPORT_SPEND);
    }
    if (!isWritable(index)) {
      throw new InstructionFailure(Kind.READONLY_LAMPORT_CHANGE);
    }
    transaction.moved(old, lamports);
    account.lamports(lamports);
  }

  public void addLamports(int index, long lamports) {
    long sum = account(index).lamports() + lamports;
    if (Long.compareUnsigned(sum, lamports) < 0) {
      throw new InstructionFailure(Kind.ARITHMETIC_OVERFLOW);
    }
    setLamports(index, sum);
  }

  public void takeLamports(int index, long lamports) {
    long old = account(index).lamports();
    if (Long.compareUnsigned(old, lamports) < 0) {
      throw new InstructionFailure(Kind.ARITHMETIC_OVERFLOW);
    }
    setLamports(index, old - lamports);
  }

  /** Sets the owner: only the owner gives an account away, and only when its data is all zero. */
  public void setOwner(int index, Pubkey owner) {
    WorkingAccount account = account(index);
    if (!isOwned(index) || !isWritable(index) || !isZero(account.data())) {
      throw new InstructionFailure(Kind.MODIFIED_PROGRAM_ID);
    }
    account.owner(owner);
  }

  /** Whether the program may write an account's data; if not, the error it would get. */
  public @Nullable Kind dataChangeRefused(int index) {
    if (!isWritable(index)) {
      return Kind.READONLY_DATA_MODIFIED;
    }
    return isOwned(index) ? null : Kind.EXTERNAL_ACCOUNT_DATA_MODIFIED;
  }

  /** Fails unless the program may write an account's data. */
  public void requireDataChange(int index) {
    Kind refused = dataChangeRefused(index);
    if (refused != null) {
      throw new InstructionFailure(refused);
    }
  }

  /** Fails unless the program may give an account's data this length. */
  public void requireResize(int index, int length) {
    requireDataChange(index);
    transaction.checkResize(account(index).data().length, length);
  }

  /**
   * Makes an account's data equal to a range of an array. A range equal to the data needs no right
   * to change it.
   */
  public void setDataFrom(int index, byte[] from, int begin, int length) {
    WorkingAccount account = account(index);
    byte[] old = account.data();
    if (old.length == length && Arrays.equals(old, 0, length, from, begin, begin + length)) {
      return;
    }
    requireResize(index, length);
    transaction.resized(old.length, length);
    account.data(Arrays.copyOfRange(from, begin, begin + length));
  }

  /** Replaces an account's data by an array that the caller gives away. */
  public void setData(int index, byte[] data) {
    requireResize(index, data.length);
    WorkingAccount account = account(index);
    transaction.resized(account.data().length, data.length);
    account.data(data);
  }

  /** Grows an account's data with zeros or cuts its end off. */
  public void resize(int index, int length) {
    requireResize(index, length);
    WorkingAccount account = account(index);
    if (account.data().length != length) {
      transaction.resized(account.data().length, length);
      account.data(Arrays.copyOf(account.data(), length));
    }
  }

  /** Marks an account as a program, or as none; its owner may, once it is rent exempt. */
  public void setExecutable(int index, boolean executable) {
    WorkingAccount account = account(index);
    if (!transaction
        .environment()
        .sysvars()
        .rent()
        .isExempt(account.lamports(), account.data().length)) {
      throw new InstructionFailure(Kind.EXECUTABLE_ACCOUNT_NOT_RENT_EXEMPT);
    }
    if (!isOwned(index) || !isWritable(index)) {
      throw new InstructionFailure(Kind.EXECUTABLE_MODIFIED);
    }
    account.executable(executable);
  }

  /** Where an account lies in the running program's memory; not to be asked of a builtin. */
  public AccountPlace place(int index) {
    return places[index];
  }

  /** Whether the program's loader wants pointers that it passes to system calls to be aligned. */
  public boolean isAligned() {
    return aligned;
  }

  void places(AccountPlace[] where, boolean alignment) {
    places = where;
    aligned = alignment;
  }

  private static boolean isZero(byte[] data) {
    for (byte b : data) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}

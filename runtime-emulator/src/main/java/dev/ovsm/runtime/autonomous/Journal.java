package dev.ovsm.runtime.autonomous;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation did to the registry: taken back in reverse order if it fails, completed in
 * order when it commits.
 *
 * <p>What is done often is remembered as how to take it back, of what, and what was there before:
 * three places of an array that stays, where a closure would be an object for each step.
 */
final class Journal {
  private static final int FIRST_CAPACITY = 64;
  private static final int STEP = 3;

  private static final Consumer<Runnable> RUN = Runnable::run;

  /** How to take a step back, of what, and what was there before; step by step. */
  private @Nullable Object[] undo = new Object[STEP * FIRST_CAPACITY];

  private int size;
  private final List<Runnable> completions = new ArrayList<>();
  private boolean open;

  boolean isOpen() {
    return open;
  }

  void open() {
    if (open) {
      throw new IllegalStateException("an invocation is open");
    }
    open = true;
  }

  /** Remembers how to take back what was just done; nothing to do outside an invocation. */
  void onRollback(Runnable takeBack) {
    push(RUN, takeBack, null);
  }

  /** The same for something that was done to {@code subject}. */
  <S> void onRollback(Consumer<S> takeBack, S subject) {
    push(takeBack, subject, null);
  }

  /** The same for something of {@code subject} that was {@code before}. */
  <S, B> void onRollback(BiConsumer<S, B> takeBack, S subject, B before) {
    push(takeBack, subject, before);
  }

  private void push(Object takeBack, Object subject, @Nullable Object before) {
    if (!open) {
      return;
    }
    if (size == undo.length) {
      undo = Arrays.copyOf(undo, 2 * size);
    }
    undo[size] = takeBack;
    undo[size + 1] = subject;
    undo[size + 2] = before;
    size += STEP;
  }

  /** Does something when the invocation commits, or now if there is none. */
  void onCommit(Runnable completion) {
    if (open) {
      completions.add(completion);
    } else {
      completion.run();
    }
  }

  /** Ends an invocation that stands; {@link #complete} is to follow. */
  void close() {
    open = false;
    Arrays.fill(undo, 0, size, null);
    size = 0;
  }

  /** Does what was put off until the commit. */
  void complete() {
    if (completions.isEmpty()) {
      return;
    }
    List<Runnable> all = List.copyOf(completions);
    completions.clear();
    all.forEach(Runnable::run);
  }

  void rollback() {
    open = false;
    completions.clear();
    for (int at = size - STEP; at >= 0; at -= STEP) {
      takeBack(undo[at], undo[at + 1], undo[at + 2]);
    }
    Arrays.fill(undo, 0, size, null);
    size = 0;
  }

  /** What remembers a step has seen that what takes it back fits what it is taken back with. */
  @SuppressWarnings("unchecked")
  private static void takeBack(
      @Nullable Object how, @Nullable Object subject, @Nullable Object before) {
    if (how instanceof BiConsumer<?, ?> two) {
      ((BiConsumer<@Nullable Object, @Nullable Object>) two).accept(subject, before);
    } else if (how instanceof Consumer<?> one) {
      ((Consumer<@Nullable Object>) one).accept(subject);
    }
  }
}

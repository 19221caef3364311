package tsugiki.features;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import tsugiki.base.Uninterrupted;

/** Work on several threads whose results are taken in the order in which it was given. */
final class OrderedWork<T> implements AutoCloseable {
  private final ExecutorService threads;
  private final Deque<Future<T>> given = new ArrayDeque<>();

  OrderedWork(String name, int threads) {
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            new ThreadFactoryBuilder().setNameFormat(name + "-%d").setDaemon(true).build());
  }

  void give(Callable<T> work) {
    given.add(threads.submit(work));
  }

  /** Work given whose result was not taken. */
  int size() {
    return given.size();
  }

  /**
   * Waits for the result of what was given first, or throws what it threw. A thread that is
   * interrupted waits too, and stays interrupted: a training stops where it can go on.
   */
  T take() {
    return Uninterrupted.of(given.remove());
  }

  /** Gives up what did not begin, and waits for the rest: it uses what the caller closes next. */
  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

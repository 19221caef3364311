package tsugiki.base;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Work that comes to its end although the thread that wants it is interrupted. What waits for other
 * threads, and what reads and writes through channels, otherwise gives up half-way.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /**
   * Does work in a thread of its own and waits for its end.
   *
   * @return what it gave; what it throws is thrown here. The caller's thread is interrupted
   *     afterwards if it was before, or was meanwhile
   */
  public static <T> T get(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    new Thread(task, Thread.currentThread().getName()).start();
    return of(task);
  }

  /**
   * Waits for the end of work that another thread does.
   *
   * @return what it gave; what it throws is thrown here. The thread that waits stays interrupted
   */
  public static <T> T of(Future<T> work) {
    try {
      return Uninterruptibles.getUninterruptibly(work);
    } catch (ExecutionException e) {
      Throwables.throwIfUnchecked(e.getCause());
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The same of work that gives nothing. */
  public static void run(Runnable work) {
    get(
        () -> {
          work.run();
          return true;
        });
  }
}

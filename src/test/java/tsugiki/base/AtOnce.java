package tsugiki.base;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Work that several threads begin at the same moment. */
public final class AtOnce {
  private AtOnce() {}

  /**
   * Does it, and waits for its end.
   *
   * @param count of the threads
   * @param work of each, by its number from 0
   * @return what each gave or threw
   */
  public static <T> List<Future<T>> run(int count, IntFunction<Callable<T>> work)
      throws InterruptedException {
    CyclicBarrier together = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      return threads.invokeAll(
          IntStream.range(0, count)
              .mapToObj(work)
              .map(
                  each ->
                      (Callable<T>)
                          () -> {
                            together.await();
                            return each.call();
                          })
              .toList());
    } finally {
      threads.shutdown();
    }
  }
}

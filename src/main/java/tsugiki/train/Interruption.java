package tsugiki.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/**
 * What Ctrl-C, or a system that ends the process, does to a training: the step is finished and
 * saved. A program asks for it by {@link #finishStepsAtExit}; without that Java stops at once.
 */
public final class Interruption {
  private static final AtomicInteger LOOPS = new AtomicInteger();
  private static final CountDownLatch END = new CountDownLatch(1);
  private static volatile boolean requested;

  private Interruption() {}

  /**
   * Lets a training finish its step before Java stops. The caller says by {@link #programEnds} when
   * everything has been said and written.
   */
  public static void finishStepsAtExit() {
    Runtime.getRuntime().addShutdownHook(new Thread(Interruption::awaitEnd, "interruption"));
  }

  /** Says that Java may stop. */
  public static void programEnds() {
    END.countDown();
  }

  private static void awaitEnd() {
    requested = true;
    if (LOOPS.get() == 0) {
      return;
    }
    LoggerFactory.getLogger(Interruption.class).info("stopping: the step is finished and saved");
    try {
      END.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the training is to stop. */
  static boolean requested() {
    return requested;
  }

  /** Begins steps. */
  static void enter() {
    LOOPS.incrementAndGet();
  }

  /** Ends steps. */
  static void leave() {
    LOOPS.decrementAndGet();
  }
}

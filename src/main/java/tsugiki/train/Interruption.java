package tsugiki.train;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * What Ctrl-C, or a system that ends the process, does to a run. A step that is under way is
 * finished and saved. Between steps everything is saved already: other work, such as the export of
 * the model, has a few seconds to come to its end or to a place where it can stop, and is then cut
 * as by a kill. Either way the user reads the command that goes on. A program asks for this by
 * {@link #finishStepsAtExit}; without that Java stops at once.
 *
 * <p>Where a thread that trains is interrupted, its training alone stops, in the same way; its
 * thread stays interrupted.
 */
public final class Interruption {
  /** What work between steps is given. */
  private static final long GRACE_MS = 5_000;

  private static int loops;
  private static boolean ended;
  private static volatile boolean requested;
  private static volatile String command = "";

  private Interruption() {}

  /**
   * Lets a run come to a place where it can go on before Java stops. The caller says by {@link
   * #programEnds} when everything has been said and written.
   *
   * @param say prints a sentence for the user, where the program itself is not given the time to
   */
  public static void finishStepsAtExit(Consumer<String> say) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(say, GRACE_MS), "interruption"));
  }

  /**
   * Says how the run is gone on with that is begun now.
   *
   * @param typed a command, as a user types it
   */
  public static void goesOnWith(String typed) {
    command = typed;
  }

  /** Says that Java may stop. */
  public static synchronized void programEnds() {
    ended = true;
    Interruption.class.notifyAll();
  }

  /**
   * Stops here, at a place where a run can go on, if the process is asked to end or this thread is
   * interrupted.
   *
   * @param saved what has been done, in words
   * @throws StoppedException if it is
   */
  public static void check(String saved) {
    if (requested()) {
      throw new StoppedException(saved);
    }
  }

  /** The same between the steps of a training. */
  static void check(long done, long steps) {
    if (requested()) {
      throw new StoppedException(done, steps);
    }
  }

  /** Waits for the end, once the process is asked to end or has come to it by itself. */
  static synchronized void awaitEnd(Consumer<String> say, long graceMillis) {
    request(true);
    if (ended || loops == 0 && command.isEmpty()) {
      return;
    }
    // Looked up here, so that a verb that only shows its help does not load the logging library.
    LoggerFactory.getLogger(Interruption.class)
        .info(
            "stopping: {}", loops > 0 ? "the step is finished and saved" : "no step is under way");
    try {
      while (loops > 0 && !ended) {
        Interruption.class.wait();
      }
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(graceMillis);
      for (long left = graceMillis; left > 0 && !ended; ) {
        Interruption.class.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended && !command.isEmpty()) {
      say.accept("stopped before the run was whole; go on with " + command);
    }
  }

  /** Asks all trainings of this process to stop, or takes that back. */
  static void request(boolean wanted) {
    requested = wanted;
  }

  /** Whether the training of this thread is to stop. */
  static boolean requested() {
    return requested || Thread.currentThread().isInterrupted();
  }

  /**
   * Begins steps.
   *
   * @throws StoppedException if there are to be none
   */
  static synchronized void enter(long done, long steps) {
    check(done, steps);
    loops++;
  }

  /** Ends steps. */
  static synchronized void leave() {
    loops--;
    Interruption.class.notifyAll();
  }
}

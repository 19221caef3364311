package tsugiki.cluster;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import tsugiki.base.BadInputException;
import tsugiki.base.Phase;
import tsugiki.base.ProcessLock;
import tsugiki.base.Reason;

/**
 * The executors of an Apache Spark application. Parts go to them in windows, of which two are under
 * way at a time: while the last parts of one are done, executors that are free begin the next.
 */
final class SparkEngine implements BulkEngine {
  /** What a master and its first executor may take until they are there. */
  private static final int START_SECONDS = 60;

  private static final long PAUSE_MS = 100;
  private static final int WINDOWS = 2;

  /** Parts of a window for every one that can be done at a time. */
  private static final int PARTS_PER_TASK = 4;

  private final JavaSparkContext context;
  private final boolean elsewhere;

  private SparkEngine(JavaSparkContext context, boolean elsewhere) {
    this.context = context;
    this.elsewhere = elsewhere;
  }

  /**
   * Starts the application.
   *
   * @throws BadInputException if the master does not take it, or gives no executor in time
   */
  static SparkEngine start(SparkMaster master, SparkConf conf) {
    try (Phase starting = Phase.begin("waiting for executors of " + master.url())) {
      FutureTask<JavaSparkContext> start =
          new FutureTask<>(() -> new JavaSparkContext(new SparkContext(conf)));
      Thread thread = new Thread(start, "spark-start");
      thread.setDaemon(true);
      thread.start();
      SparkEngine engine = new SparkEngine(started(start, master), !master.local());
      if (!master.local()) {
        engine.awaitExecutor(master);
      }
      return engine;
    }
  }

  private static JavaSparkContext started(FutureTask<JavaSparkContext> start, SparkMaster master) {
    try {
      return start.get(START_SECONDS / 2, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new BadInputException(
          "⟨master⟩ %s answers, but takes no application within %d s; it has to be a master of Spark %s"
              .formatted(
                  master.url(),
                  START_SECONDS / 2,
                  org.apache.spark.package$.MODULE$.SPARK_VERSION()),
          e);
    } catch (ExecutionException e) {
      throw new BadInputException(
          "⟨master⟩ %s cannot be used (%s); check it and the settings of Spark"
              .formatted(master.url(), Reason.of(e.getCause())),
          e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void awaitExecutor(SparkMaster master) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    // The driver is in the list too.
    while (context.sc().statusTracker().getExecutorInfos().length < 2) {
      if (context.sc().isStopped()) {
        throw new BadInputException(
            "⟨master⟩ %s has given the work up, since no executor stays; the workers' logs say why"
                .formatted(master.url()));
      }
      if (System.nanoTime() > end) {
        close();
        throw new BadInputException(
            "⟨master⟩ %s gives no executor within %d s; start workers that have free processors and memory (spark.executor.memory), or see in their logs why executors end"
                .formatted(master.url(), START_SECONDS));
      }
      ProcessLock.pause(PAUSE_MS);
    }
  }

  /** Does one part in an executor. */
  private record Call<P extends Serializable, T extends Serializable>(
      PartWork<P, T> work, String build) implements Function<P, PartOutcome<T>> {
    @Override
    public PartOutcome<T> call(P part) {
      return PartOutcome.of(work, part, build);
    }
  }

  @Override
  public <P extends Serializable, T extends Serializable> void run(
      List<P> parts, PartWork<P, T> work, Consumer<T> results) {
    Call<P, T> call = new Call<>(work, ProgramDigest.here());
    Deque<JavaFutureAction<List<PartOutcome<T>>>> running = new ArrayDeque<>();
    try {
      int next = 0;
      while (next < parts.size() || !running.isEmpty()) {
        while (next < parts.size() && running.size() < WINDOWS) {
          int end = Math.min(parts.size(), next + PARTS_PER_TASK * context.defaultParallelism());
          List<P> window = new ArrayList<>(parts.subList(next, end));
          running.add(context.parallelize(window, window.size()).map(call).collectAsync());
          next = end;
        }
        for (PartOutcome<T> outcome : running.element().get()) {
          results.accept(outcome.require(elsewhere));
        }
        running.remove();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          context.sc().isStopped()
              ? "the master has given the work up, since it is gone or no executor stays; its log and the workers' say why"
              : "a part failed in every executor that tried it (%s)"
                  .formatted(Reason.of(e.getCause())),
          e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      if (!context.sc().isStopped()) {
        running.forEach(window -> window.cancel(true));
      }
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while executors work", e);
  }

  @Override
  public void close() {
    context.close();
    KeptOpen.closeAll();
  }
}

package tsugiki.cluster;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import tsugiki.runtime.ClusterServer;
import tsugiki.train.RunDirectory;

/**
 * A training that loses a worker of its cluster goes on from its last checkpoint, once the worker
 * is there again. TensorFlow's session is of no more use then, even when the worker is back.
 */
public final class LostWorkers {
  private static final Logger LOG = LoggerFactory.getLogger(LostWorkers.class);

  /** Losses one after another without a new checkpoint in between: something else is wrong. */
  private static final int MOST = 5;

  private final Supplier<RunDirectory> first;
  private final BooleanSupplier chief;
  private Optional<Path> run = Optional.empty();

  /**
   * Watches over a training.
   *
   * @param directory makes its run directory
   */
  public LostWorkers(Supplier<RunDirectory> directory) {
    this(directory, ClusterServer::isChief);
  }

  /**
   * The same.
   *
   * @param chief whether this process is the chief of a cluster
   */
  LostWorkers(Supplier<RunDirectory> directory, BooleanSupplier chief) {
    first = directory;
    this.chief = chief;
  }

  /**
   * Trains until the training ends, or fails for another reason.
   *
   * @param training builds the networks and trains them in the run directory that it is given
   * @return what it gives
   */
  public <T> T survive(Function<Supplier<RunDirectory>, T> training) {
    long reached = 0;
    int losses = 0;
    while (true) {
      try {
        return training.apply(this::directory);
      } catch (TFResourceExhaustedException e) {
        // No worker was lost, and memory would run out again.
        throw e;
      } catch (TensorFlowException e) {
        if (!chief.getAsBoolean()) {
          throw e;
        }
        long done = run.map(RunDirectory::stepsDone).orElse(0L);
        losses = done > reached ? 1 : losses + 1;
        reached = done;
        if (losses > MOST) {
          throw e;
        }
        LOG.warn("a worker was lost; the training goes on from step {}", done);
        LOG.debug("a worker was lost", e);
      }
    }
  }

  private RunDirectory directory() {
    RunDirectory directory = run.map(RunDirectory::resume).orElseGet(first);
    run = Optional.of(directory.path());
    return directory;
  }
}

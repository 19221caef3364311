package tsugiki.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs steps: progress, metrics, checkpoints, and whatever else wants to look after a step. A step
 * that was finished counts: after {@code n} steps the state is that of step n, in files as in
 * names.
 */
public final class TrainingLoop {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

  /**
   * How long and how often.
   *
   * @param steps the step to stop at
   * @param images images seen a step, for the progress line
   * @param measureEvery steps between lines of {@code metrics.jsonl}
   * @param checkpointEvery steps between checkpoints
   */
  public record Plan(long steps, int images, long measureEvery, long checkpointEvery) {}

  /** Looks at the trainee between steps. */
  @FunctionalInterface
  public interface Observer {
    /**
     * Looks.
     *
     * @param done the number of finished steps
     * @param scalars what the last step measured
     */
    void after(long done, Map<String, Double> scalars);
  }

  private record Occasional(long every, Observer observer) {}

  private final Plan plan;
  private final RunDirectory run;
  private final Trainee trainee;
  private final Checkpoints checkpoints;
  private final List<Occasional> observers = new ArrayList<>();

  /** Makes the loop of a run. */
  public TrainingLoop(Plan plan, RunDirectory run, Trainee trainee) {
    this.plan = plan;
    this.run = run;
    this.trainee = trainee;
    this.checkpoints = new Checkpoints(run.resolve("checkpoints"));
  }

  /** Adds an observer that looks every so many steps and at the end. */
  public TrainingLoop every(long steps, Observer observer) {
    observers.add(new Occasional(steps, observer));
    return this;
  }

  /**
   * Fills the trainee's state from the newest checkpoint and returns its step, or −1 where there is
   * none.
   */
  public long restore() {
    long step = checkpoints.restoreLatest(trainee.session(), trainee.state());
    if (step >= 0) {
      run.forgetAfter(step);
      LOG.info("going on from step {}", step);
    }
    return step;
  }

  /**
   * Trains.
   *
   * @param from the number of steps done already
   * @throws IllegalStateException if a measured value is no longer a number
   */
  public void run(long from) {
    try (Progress progress = new Progress(from, plan.steps(), plan.images())) {
      for (long step = from; step < plan.steps(); step++) {
        Map<String, Double> scalars = trainee.step(step);
        refuseDivergence(step, scalars);
        long done = step + 1;
        boolean last = done == plan.steps();
        progress.done(done, scalars);
        if (last || done % plan.measureEvery() == 0) {
          run.metrics(done, scalars);
        }
        for (Occasional occasional : observers) {
          if (last || done % occasional.every() == 0) {
            occasional.observer().after(done, scalars);
          }
        }
        if (last || done % plan.checkpointEvery() == 0) {
          checkpoints.save(done, trainee.session(), trainee.state());
        }
      }
    }
  }

  private static void refuseDivergence(long step, Map<String, Double> scalars) {
    scalars.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalStateException(
                "the training diverged: "
                    + name
                    + " is "
                    + value
                    + " at step "
                    + step
                    + "; lower the learning rates and resume from the last checkpoint");
          }
        });
  }
}

package tsugiki.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.base.Phase;
import tsugiki.base.Uninterrupted;
import tsugiki.runtime.WeightValues;

/**
 * Runs steps: progress, metrics, checkpoints, and other observers after a step. A step that was
 * finished counts: after {@code n} steps the state is that of step n, in files as in names.
 */
public final class TrainingLoop {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
  private static final String SECONDS = "seconds";

  /**
   * How long and how often.
   *
   * @param steps the step to stop at
   * @param images images per step, for the progress line
   * @param measureEvery steps between lines of {@code metrics.jsonl}
   * @param checkpointEvery steps between checkpoints
   * @param keep how many of the last checkpoints stay
   * @param turn the step whose checkpoint always stays, 0 for none
   */
  public record Plan(
      long steps, int images, long measureEvery, long checkpointEvery, int keep, long turn) {
    /** Without a checkpoint that always stays. */
    public Plan(long steps, int images, long measureEvery, long checkpointEvery, int keep) {
      this(steps, images, measureEvery, checkpointEvery, keep, 0);
    }

    /** With as many checkpoints as are usually kept. */
    public Plan(long steps, int images, long measureEvery, long checkpointEvery) {
      this(steps, images, measureEvery, checkpointEvery, Checkpoints.KEPT);
    }

    /** The same by a training's intervals. */
    public static Plan of(long steps, int images, Intervals intervals) {
      return new Plan(
          steps, images, intervals.measureEvery(), intervals.checkpointEvery(), intervals.keep());
    }

    /** The same whose checkpoint of that step stays. */
    public Plan turningAt(long step) {
      return new Plan(steps, images, measureEvery, checkpointEvery, keep, step);
    }

    /** Whether what is done every so many steps, and at the end, follows that step. */
    boolean isDue(long done, long every) {
      return done == steps || done % every == 0;
    }

    boolean isKept(long done) {
      return done == turn || isDue(done, checkpointEvery);
    }

    /** The step that the first checkpoint follows, in a run that has not ended before. */
    long firstCheckpoint() {
      return turn > 0 ? Math.min(checkpointEvery, turn) : checkpointEvery;
    }
  }

  /** Looks at the trainee between steps. */
  @FunctionalInterface
  public interface Observer {
    /**
     * Looks.
     *
     * @param done the number of finished steps
     * @return what it measured, by name; empty if it only drew or wrote something
     */
    Map<String, Double> after(long done);
  }

  /** Keeps what was measured, beside {@code metrics.jsonl}. */
  @FunctionalInterface
  public interface Recorder {
    /** Keeps the values of a step. */
    void record(long done, Map<String, Double> values);
  }

  private record Occasional(LongPredicate due, Observer observer) {}

  private final Plan plan;
  private final RunDirectory run;
  private final Trainee trainee;
  private final Checkpoints checkpoints;
  private final List<Occasional> observers = new ArrayList<>();
  private final List<Recorder> recorders = new ArrayList<>();
  private final LeastCost cost = new LeastCost();
  private LongPredicate ending = done -> false;
  private LongConsumer afterSteps = done -> {};
  private double seconds;

  /** Makes the loop of a run. */
  public TrainingLoop(Plan plan, RunDirectory run, Trainee trainee) {
    this.plan = plan;
    this.run = run;
    this.trainee = trainee;
    this.checkpoints = new Checkpoints(run.resolve(Checkpoints.FOLDER), plan.keep(), plan.turn());
  }

  /** Adds an observer that looks every so many steps and at the end. */
  public TrainingLoop every(long steps, Observer observer) {
    return when(done -> plan.isDue(done, steps), observer);
  }

  /** Adds an observer that looks after the steps that a predicate accepts. */
  TrainingLoop when(LongPredicate due, Observer observer) {
    observers.add(new Occasional(due, observer));
    return this;
  }

  /** Adds a recorder of everything that goes into {@code metrics.jsonl}. */
  public TrainingLoop recordedBy(Recorder recorder) {
    recorders.add(recorder);
    return this;
  }

  /**
   * Sets when the training ends before its last step.
   *
   * @param ended whether it does after so many finished steps; asked after the observers of that
   *     step
   */
  public TrainingLoop endingWhen(LongPredicate ended) {
    ending = ended;
    return this;
  }

  /**
   * Sets what is done after each step, before all observers and checkpoints.
   *
   * @param action takes the number of finished steps
   */
  TrainingLoop afterSteps(LongConsumer action) {
    afterSteps = action;
    return this;
  }

  /**
   * Sets what the best checkpoint is chosen by. It is written after the step that was measured.
   *
   * @param of what was measured after a step: the less the better; empty where that tells nothing
   */
  public TrainingLoop best(Function<Map<String, Double>, Optional<Double>> of) {
    cost.by(of);
    return this;
  }

  /** Makes an earlier checkpoint the newest; see {@link Checkpoints#returnTo}. */
  void returnTo(long step) {
    checkpoints.returnTo(step);
  }

  /**
   * Fills the trainee's state from the newest checkpoint, and forgets what was measured after it.
   *
   * @return the number of steps done, 0 where there is no checkpoint
   * @throws BadInputException if all checkpoints are damaged, or the newest is another network's,
   *     or they are lost, or if the run is past the step to stop at
   */
  public long restore() {
    long found = checkpoints.restoreLatest(trainee);
    if (found < 0) {
      refuseLostCheckpoints();
    }
    long done = Math.max(0, found);
    Checkpoints.refuseFewer(plan.steps(), done, run.path());
    run.forgetAfter(done);
    seconds = 0;
    for (JsonNode line : run.metrics()) {
      seconds = Math.max(seconds, line.path(SECONDS).asDouble());
    }
    checkpoints.bestStep().ifPresent(best -> cost.goOnFrom(run.measuredAt(best)));
    LOG.info("going on from step {}", done);
    return done;
  }

  /** Beginning anew would overwrite what the lost checkpoints have led to. */
  private void refuseLostCheckpoints() {
    long measured =
        run.metrics().stream().mapToLong(line -> line.get("step").asLong()).max().orElse(0);
    // A kill while the first checkpoint was written leaves none, and its step measured.
    if (measured > plan.firstCheckpoint() || Files.exists(run.resolve(TrainingReport.PAGE))) {
      throw new BadInputException(
          "⟨resume⟩ %s has measured %d steps and has no whole checkpoint; put the folder checkpoints back, or begin a new run"
              .formatted(run.path(), measured));
    }
  }

  /**
   * Trains. The metric {@code seconds} is the time spent in steps since the run began, without that
   * for pictures, scores and checkpoints.
   *
   * @param from the number of steps done already
   * @return the number of steps done then
   * @throws DivergedException if a measured value is no longer a number
   * @throws StoppedException if the process is asked to end or this thread is interrupted; see
   *     {@link Interruption}
   */
  public long run(long from) {
    if (from > 0 && ending.test(from)) {
      return from;
    }
    StepProfile.warnOfNone(run, from, plan.steps());
    Interruption.enter(from, plan.steps());
    try (TrainingProgress progress =
        new TrainingProgress(from, plan.steps(), plan.images(), trainee.course())) {
      for (long step = from; step < plan.steps(); step++) {
        long start = System.nanoTime();
        Map<String, Double> scalars = StepProfile.step(run, trainee, step);
        seconds += (System.nanoTime() - start) / 1e9;
        DivergedException.check(step, scalars, checkpoints::latestStep);
        long done = step + 1;
        progress.done(done, scalars);
        afterSteps.accept(done);
        checkObserved(done);
        Map<String, Double> observed = observe(done, true);
        boolean ended = done < plan.steps() && ending.test(done);
        if (ended) {
          observed.putAll(observe(done, false));
        }
        Map<String, Double> values = values(scalars, observed);
        if (ended || plan.isDue(done, plan.measureEvery()) || !observed.isEmpty()) {
          run.addMetrics(done, values);
          recorders.forEach(recorder -> recorder.record(done, values));
        }
        run.listener().after(done, plan.steps(), Collections.unmodifiableMap(values));
        boolean stopped = Interruption.requested() && done < plan.steps();
        boolean best = cost.isBest(observed);
        if (ended || stopped || best || plan.isKept(done)) {
          checkpoints.save(done, trainee.session(), trainee.state(), best);
        }
        if (ended) {
          return done;
        }
        if (stopped) {
          throw new StoppedException(done, plan.steps());
        }
      }
    } finally {
      Interruption.leave();
    }
    return plan.steps();
  }

  /** The losses of a step are those of the weights before it; others will see those after it. */
  private void checkObserved(long done) {
    if (observers.stream().anyMatch(one -> one.due().test(done))) {
      Map<String, float[]> state = WeightValues.get(trainee.session(), trainee.state());
      DivergedException.checkWeights(done - 1, state, checkpoints::latestStep);
    }
  }

  /** Lets the observers look that are due after this step, or the others. */
  private Map<String, Double> observe(long done, boolean wanted) {
    Map<String, Double> observed = new LinkedHashMap<>();
    List<Occasional> due =
        observers.stream().filter(one -> one.due().test(done) == wanted).toList();
    if (due.isEmpty()) {
      return observed;
    }
    try (Phase measuring = Phase.begin("measuring and drawing after step " + done)) {
      // A training that is interrupted meanwhile has to have all of the step that it saves.
      Uninterrupted.run(() -> due.forEach(one -> observed.putAll(one.observer().after(done))));
    }
    return observed;
  }

  private Map<String, Double> values(Map<String, Double> scalars, Map<String, Double> observed) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(SECONDS, seconds);
    values.putAll(scalars);
    values.putAll(observed);
    return values;
  }
}

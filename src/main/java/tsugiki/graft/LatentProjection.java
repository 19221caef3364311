package tsugiki.graft;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Adam;
import tsugiki.train.LossSum;
import tsugiki.train.Schedule;
import tsugiki.train.Step;
import tsugiki.train.StepBuilder;
import tsugiki.train.StepInputs;

/**
 * The projection that latent vectors may start at: steps of the graft's own loss that move them
 * alone, through the rootstock as it is.
 */
final class LatentProjection {
  /** The last learning rate over the first. */
  private static final double LAST_RATE = 0.1;

  private final Step step;
  private final long steps;

  private LatentProjection(Step step, long steps) {
    this.step = step;
    this.steps = steps;
  }

  /**
   * Adds its step to a graph.
   *
   * @param tf its scope
   * @return empty where the latent vectors start otherwise
   */
  static Optional<LatentProjection> of(
      Ops tf, LearningOptions learning, StepInputs inputs, LossSum loss, Weight latents) {
    StartOptions start = learning.start();
    if (start.latentStart() != LatentStart.PROJECTION) {
      return Optional.empty();
    }
    Schedule falling =
        Schedule.halfCosine(learning.latentRate(), start.projectionSteps(), LAST_RATE);
    Step moving =
        new StepBuilder(inputs, loss)
            .group(List.of(latents), Adam.standard(), falling)
            // Other random numbers than those of the training's steps.
            .key(number -> -1 - number)
            .build(tf);
    return Optional.of(new LatentProjection(moving, start.projectionSteps()));
  }

  /**
   * Moves the latent vectors.
   *
   * @param batches the images of each step
   */
  void run(Session session, GraftGraph training, LongFunction<int[]> batches) {
    WeightValues.initialise(session, step.slots());
    for (long number = 0; number < steps; number++) {
      training.train(step, session, number, batches.apply(number));
    }
  }
}

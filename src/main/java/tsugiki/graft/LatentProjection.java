package tsugiki.graft;

import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.train.Adam;
import tsugiki.train.LossSum;
import tsugiki.train.Optimiser;
import tsugiki.train.Schedule;
import tsugiki.train.Step;
import tsugiki.train.StepBuilder;
import tsugiki.train.StepInputs;

/**
 * The projection of the training images into the latent space: steps that move the latent vectors
 * alone, through the generator as it is.
 */
final class LatentProjection {
  /** The last learning rate over the first. */
  private static final double LAST_RATE = 0.1;

  /** With slots apart from those of other steps, since a run may keep both. */
  private static final Optimiser ADAM = Adam.standard().named("projection_adam");

  private final Step step;
  private final long steps;

  /**
   * Adds its step to a graph.
   *
   * @param tf its scope
   * @param rate the first learning rate; it falls to a tenth
   * @param steps how many there are
   * @param parts of a step
   * @param key of the random numbers of a step, others than those of other steps
   */
  LatentProjection(
      Ops tf,
      float rate,
      long steps,
      int parts,
      LongUnaryOperator key,
      StepInputs inputs,
      LossSum loss,
      Weight latents) {
    Schedule falling = Schedule.halfCosine(rate, steps, LAST_RATE);
    step =
        new StepBuilder(inputs, loss)
            .group(List.of(latents), ADAM, falling)
            .parts(parts)
            .key(key)
            .build(tf);
    this.steps = steps;
  }

  /** How many steps there are. */
  long steps() {
    return steps;
  }

  /** What the optimiser keeps. */
  Weights slots() {
    return step.slots();
  }

  /** Carries out a step, its number from 0, on the images of these indices. */
  Map<String, Double> train(Session session, GraftGraph graph, long number, int[] images) {
    return graph.train(step, session, number, images);
  }
}

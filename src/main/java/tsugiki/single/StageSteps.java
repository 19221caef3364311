package tsugiki.single;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Reduce;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.loss.GradientPenalty;
import tsugiki.loss.WassersteinLoss;
import tsugiki.train.Adam;
import tsugiki.train.LossSum;
import tsugiki.train.Optimiser;
import tsugiki.train.Repeated;
import tsugiki.train.Step;
import tsugiki.train.StepBuilder;
import tsugiki.train.StepInputs;

/**
 * The losses and steps of a stage: a Wasserstein GAN with gradient penalty on patches, and the
 * squared error of the reconstruction.
 */
final class StageSteps {
  /** The squared error of the reconstruction, without its weight. */
  static final String RECONSTRUCTION = "reconstruction";

  /** A random image and the reconstruction [2, h, w, 3]. */
  static final String IMAGES = "images";

  private static final Adam ADAM = new Adam(0.5f, 0.999f, 1e-8f);

  private final StageTrainingOptions options;
  private final int generatorRuns;
  private final Step discriminator;
  private final Step generator;

  /**
   * Builds them.
   *
   * @param renews whether each update of the generator has a gradient of its own
   * @param scores builds the discriminator on images [N, h, w, 3]
   * @param images what the generator draws
   * @param real the image that is learned [1, h, w, 3]
   * @param fake the image that was drawn for this step [1, h, w, 3]
   * @param critic the discriminator's weights, which there are once the scores are built
   * @param byRate the generator's trained weights by the factor on their rate
   */
  StageSteps(
      Ops tf,
      StepInputs inputs,
      StageTrainingOptions options,
      boolean renews,
      UnaryOperator<Operand<TFloat32>> scores,
      StageImages images,
      Operand<TFloat32> real,
      Operand<TFloat32> fake,
      Weights critic,
      Map<Float, List<Weight>> byRate) {
    this.options = options;
    generatorRuns = renews ? options.generatorUpdates() : 1;
    Ops lossD = tf.withSubScope("LossOfDiscriminator");
    List<Operand<TFloat32>> pair =
        halves(lossD, scores.apply(lossD.concat(List.of(real, fake), lossD.constant(0))));
    Operand<TFloat32> share = inputs.random().uniform(lossD, "share", Shape.of(1, 1, 1, 1));
    Operand<TFloat32> between = GradientPenalty.between(lossD, real, fake, share);
    LossSum ofD =
        new LossSum(lossD, "loss_d")
            .add(WassersteinLoss.discriminator(lossD, pair.get(0), pair.get(1)))
            .add(
                "gradient_penalty",
                GradientPenalty.perPixel(lossD, between, scores.apply(between)),
                options.gradientPenalty());
    discriminator =
        new StepBuilder(inputs, ofD)
            .trace("share", share)
            .measure("score_real", Reduce.mean(lossD, pair.get(0)))
            .measure("score_fake", Reduce.mean(lossD, pair.get(1)))
            .group(critic.trained(), ADAM, n -> options.rateAt(n / options.discriminatorSteps()))
            .build(tf.withSubScope("StepOfDiscriminator"));

    Ops lossG = tf.withSubScope("LossOfGenerator");
    List<Operand<TFloat32>> drawn = halves(lossG, images.both());
    LossSum ofG =
        new LossSum(lossG, "loss_g")
            .add("adversarial", WassersteinLoss.generator(lossG, scores.apply(drawn.get(0))))
            .add(
                RECONSTRUCTION,
                Reduce.mean(lossG, lossG.math.square(lossG.math.sub(drawn.get(1), real))),
                options.reconstructionWeight());
    StepBuilder ofGenerator =
        new StepBuilder(inputs, ofG).trace(IMAGES, images.both()).updates(images.statistics());
    Optimiser optimiser = renews ? ADAM : new Repeated(ADAM, options.generatorUpdates());
    byRate.forEach(
        (factor, weights) ->
            ofGenerator.group(weights, optimiser, n -> options.rateAt(n / generatorRuns) * factor));
    generator = ofGenerator.build(tf.withSubScope("StepOfGenerator"));
  }

  private static List<Operand<TFloat32>> halves(Ops tf, Operand<TFloat32> pair) {
    List<Operand<TFloat32>> halves = new ArrayList<>();
    tf.split(tf.constant(0), pair, 2L).forEach(halves::add);
    return halves;
  }

  /**
   * Carries out a step of either network.
   *
   * @param images what the generator draws
   * @param number of the stage, from 0
   * @return what was measured last, by name
   */
  Map<String, Double> run(
      Session session,
      StageImages images,
      long number,
      Map<? extends Operand<?>, ? extends Tensor> feeds) {
    Map<String, Double> measured = new LinkedHashMap<>();
    for (int k = 0; k < options.discriminatorSteps(); k++) {
      long update = number * options.discriminatorSteps() + k;
      images.ready(session, update);
      measured.putAll(discriminator.run(session, update, Map.of()));
    }
    for (int k = 0; k < generatorRuns; k++) {
      measured.putAll(generator.run(session, number * generatorRuns + k, feeds));
    }
    return measured;
  }

  /** The squared error of the reconstruction as the weights are. */
  float reconstructionError(Session session, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    return generator.trace(session, 0, feeds, RECONSTRUCTION).get(RECONSTRUCTION)[0];
  }

  /** The discriminator's step. */
  Step discriminator() {
    return discriminator;
  }

  /** The generator's step. */
  Step generator() {
    return generator;
  }

  /** The optimisers' own state. */
  List<Weights> slots() {
    return List.of(discriminator.slots(), generator.slots());
  }
}
